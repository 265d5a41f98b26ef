/** Texts of the language that a team can paste into its model: entities taken apart, contracts to fill in. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.check.draft;
