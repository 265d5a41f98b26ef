/** Functional dependencies and what follows from them: closures, candidate keys, prime attributes, normal forms. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.normal;
