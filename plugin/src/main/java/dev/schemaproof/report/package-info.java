/** Findings, plans and proofs as the console, JSON, SARIF and Markdown show them: the only room that decides how things look. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.report;
