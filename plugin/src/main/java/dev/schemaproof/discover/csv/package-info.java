/** Tables in CSV files; the only room that knows FastCSV. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.discover.csv;
