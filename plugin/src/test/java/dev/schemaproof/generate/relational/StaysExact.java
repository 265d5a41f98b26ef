package dev.schemaproof.generate.relational;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a test that shows copies to stay exact under what also simple triggers get right; by its name in {@code docs/pitfalls.md}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface StaysExact {
    String[] value();
}
