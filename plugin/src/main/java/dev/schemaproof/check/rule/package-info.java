/** One class a rule. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.check.rule;
