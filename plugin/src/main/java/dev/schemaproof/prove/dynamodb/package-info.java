/** DynamoDB as a service that is called: one that runs somewhere, and an evaluator of our own that knows its rules. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.prove.dynamodb;
