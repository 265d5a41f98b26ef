/** What looks like a rule and what like an accident, which normal form follows, and what the data refutes. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.discover.judge;
