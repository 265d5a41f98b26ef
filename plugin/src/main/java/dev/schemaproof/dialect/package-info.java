/** Facts about databases: types, quoting, limits and reserved words; one sub-package a database. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.dialect;
