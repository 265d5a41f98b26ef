/** The folder of Flyway migrations: names and versions; a released file is never rewritten. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.migrate;
