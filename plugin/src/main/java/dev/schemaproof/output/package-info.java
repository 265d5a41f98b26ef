/** Writing files: whole or not at all, only when they change, and knowing when nothing has to be done. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.output;
