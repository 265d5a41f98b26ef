/** The SQL inside a model: read once, its tables and columns resolved to entities and attributes. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.sql;
