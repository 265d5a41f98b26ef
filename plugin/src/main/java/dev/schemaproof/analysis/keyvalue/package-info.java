/** Key-value stores: what key templates mean, which keys can collide, which request serves which access pattern. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.keyvalue;
