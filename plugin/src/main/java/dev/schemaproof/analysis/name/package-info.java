/** Where a model uses names, and which of them name nothing. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.name;
