/** SQL text to a small tree of its own with positions, and named parameters to positional ones; the only room that knows JSqlParser. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.sql;
