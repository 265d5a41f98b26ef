/** The statements that an application runs, as files, statistics and logs have them, brought together to access patterns. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.discover.statement;
