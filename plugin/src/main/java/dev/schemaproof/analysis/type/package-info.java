/** The types of SQL expressions in a model, by PostgreSQL's rules; what is not certain has none. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.type;
