/** What PostgreSQL 15 to 18 understand. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.dialect.postgresql;
