package dev.schemaproof.prove.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.Model;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredStatisticsTest {

    private static final Model MODEL = Models.read("""
            schema: s
            types:
              mood: {enum: [good, bad, none]}
              email: {domain: text, check: "value ~ '@'"}
            entities:
              User:
                rows: 10M
                attributes:
                  id: uuid
                  email: {type: email, values: {width: 24}}
                  mood: mood
                  plan: {type: text, optional: true, values: {nulls: 50%, skew: {free: 80%, paid: 20%}}}
                  country: {type: text, values: {distinct: 195}}
                  active: boolean
                  visits: int
                key: [id]
                unique: [[email]]
              Follow:
                rows: 1G
                attributes: {follower_id: uuid, following_id: uuid, at: {type: timestamptz, default: now()}}
                key: [follower_id, following_id]
                references:
                  follower: {entity: User, attributes: [follower_id], perParent: 200}
                  following: {entity: User, attributes: [following_id]}
              Note:
                attributes: {id: {type: bigint, identity: always}, user_id: uuid}
                key: [id]
                references: {user: {entity: User}}
              Country:
                rows: 195
                attributes: {code: text}
                key: [code]
              Visit:
                rows: 100M
                attributes:
                  id: bigint
                  user_id: {type: uuid, values: {distinct: 8M}}
                  country_code: {type: text, values: {distinct: 150}}
                  status: {type: text, values: {distinct: 5}}
                key: [id]
                references: {user: {entity: User}, country: {entity: Country}}
            """);

    @ParameterizedTest
    @CsvSource({
        // a key and a unique attribute differ from row to row
        "User, id, 10000000, 0, 16",
        "User, email, 10000000, 0, 24",
        // a type with few values has no more
        "User, mood, 3, 0, 4",
        "User, active, 2, 0, 1",
        "User, plan, 2, 0.5, 32",
        "User, country, 195, 0, 32",
        "User, visits, 10000, 0, 4",
        // references: by declared fan-out, else every row of the other entity
        "Follow, follower_id, 5000000, 0, 16",
        "Follow, following_id, 10000000, 0, 16",
        "Follow, at, 1000000000, 0, 8",
        // undeclared rows count as a million, and no more parents than rows are referred to
        "Note, id, 1000000, 0, 8",
        "Note, user_id, 1000000, 0, 16"
    })
    void knowsColumns(String entity, String column, double distinct, double nulls, int width) {
        assertThat(column(entity, column)).satisfies(statistics -> {
            assertThat(statistics.distinct()).isEqualTo(distinct);
            assertThat(statistics.nulls()).isEqualTo(nulls);
            assertThat(statistics.width()).isEqualTo(width);
        });
    }

    @ParameterizedTest
    @CsvSource({
        // as many visits of each user, and users who don't visit, as before
        "Visit, id, 1000000",
        "Visit, user_id, 80000",
        "Follow, follower_id, 50000",
        "Note, user_id, 10000",
        // neither more countries nor more kinds of visits
        "Visit, country_code, 150",
        "Visit, status, 5",
        "Country, code, 195"
    })
    void knowsWhatGrows(String entity, String column, double distinct) {
        assertThat(new DeclaredStatistics(new Facts(MODEL), Volume.times(0.01))
                        .of(MODEL.entity(entity).orElseThrow()).columns().stream()
                                .filter(statistics -> statistics.column().equals(column)))
                .singleElement()
                .satisfies(statistics -> assertThat(statistics.distinct()).isEqualTo(distinct));
    }

    @Test
    void knowsFrequentValues() {
        assertThat(column("User", "plan").frequent()).isEqualTo(Map.of("free", 0.8, "paid", 0.2));
        assertThat(column("User", "mood").frequent().keySet()).containsExactly("good", "bad", "none");
        assertThat(column("User", "visits").frequent()).isEmpty();
    }

    @Test
    void sizesTablesAsPostgresDoes() {
        // 24 bytes of header, 16 + 16 + 8 of data, 4 of line pointer: 120 rows in a page of 8192 bytes less 24
        assertThat(table("Follow").pages()).isEqualTo((1_000_000_000L + 119) / 120);
    }

    @Test
    void sizesIndexesWithEqualEntriesOnce() {
        TableStatistics follows = table("Follow");
        long unique = follows.indexPages("btree", 32, 1e9);
        long repeated = follows.indexPages("btree", 16, 1e7);

        assertThat(unique / 1e6).isCloseTo(5.99, within(0.05));
        assertThat(repeated / 1e6).isCloseTo(0.85, within(0.05));
        assertThat(follows.indexPages("brin", 8, 1e9)).isLessThan(1_000);
    }

    private static TableStatistics table(String entity) {
        return new DeclaredStatistics(new Facts(MODEL)).of(MODEL.entity(entity).orElseThrow());
    }

    private static ColumnStatistics column(String entity, String name) {
        return table(entity).columns().stream()
                .filter(column -> column.column().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
