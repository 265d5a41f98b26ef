/** What is wrong and where: locations, severities, rule ids and findings. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.diagnostic;
