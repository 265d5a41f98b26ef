/** Benchmarks, run by {@code mvn -pl plugin -Pbench test-compile exec:exec}. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.bench;
