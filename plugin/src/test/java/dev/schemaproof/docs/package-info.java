/** Documents that are made from the code or run as tests. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.docs;
