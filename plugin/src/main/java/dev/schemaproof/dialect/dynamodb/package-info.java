/** What DynamoDB understands. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.dialect.dynamodb;
