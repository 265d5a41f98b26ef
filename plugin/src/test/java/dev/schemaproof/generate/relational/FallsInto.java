package dev.schemaproof.generate.relational;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a test that shows a trigger as one would write it, or the database, to fall into pitfalls, by their numbers in {@code docs/pitfalls.md}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface FallsInto {
    int[] value();
}
