/** Records for everything the model language can say, linked by names, each keeping where it was read. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.model;
