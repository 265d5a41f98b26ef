/** Templates to text: FreeMarker, hardened, once. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.template;
