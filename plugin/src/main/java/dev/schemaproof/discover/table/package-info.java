/** Rows of CSV files and databases, read once each and kept as numbers. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.discover.table;
