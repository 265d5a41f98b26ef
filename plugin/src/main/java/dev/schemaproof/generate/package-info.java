/** Model and analysis to named texts. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.generate;
