/** Tables in a database, which is only read. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.discover.jdbc;
