/** Key-value stores to the requests that make their tables and serve their access patterns. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.generate.keyvalue;
