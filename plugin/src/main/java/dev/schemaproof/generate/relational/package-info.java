/** Model and analysis to PostgreSQL: the schema, what keeps its copies in sync, and what finds and repairs drift. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.generate.relational;
