/** What is no single value: repeating groups, lists in one attribute, and attributes that hold two facts. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.atomic;
