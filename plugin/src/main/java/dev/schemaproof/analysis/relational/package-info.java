/** What a model becomes in a relational database, as far as the model alone tells. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.relational;
