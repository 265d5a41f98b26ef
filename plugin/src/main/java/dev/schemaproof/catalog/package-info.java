/** A live database's catalog, read through JDBC, and how it differs from the model's. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.catalog;
