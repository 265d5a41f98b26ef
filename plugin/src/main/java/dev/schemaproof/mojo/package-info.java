/** The goals and their parameters: the only room that knows Maven. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.mojo;
