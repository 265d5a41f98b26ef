package dev.schemaproof.dialect.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"status", "Name", "USER", "abort", "zone", "remove", "_id", "1st", "a-b", "a.b", "größe"})
    void needAnAlias(String name) {
        assertThat(DynamoNames.needsAlias(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK", "GSI1PK", "id", "created_at", "username", "statuses"})
    void standAsTheyAre(String name) {
        assertThat(DynamoNames.needsAlias(name)).isFalse();
    }
}
