/** What data says of itself: the rows of a table in, its dependencies, keys and normal form out. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.discover;
