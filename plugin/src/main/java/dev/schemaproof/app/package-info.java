/** The use cases, and the lists of everything there is one of many of. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.app;
