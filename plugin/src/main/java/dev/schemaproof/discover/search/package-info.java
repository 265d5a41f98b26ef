/** The search for the minimal functional dependencies and unique column combinations of a table. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.discover.search;
