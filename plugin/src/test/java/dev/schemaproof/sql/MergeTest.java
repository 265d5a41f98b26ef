package dev.schemaproof.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.FromItem.JoinKind;
import dev.schemaproof.sql.SqlStatement.Match;
import dev.schemaproof.sql.SqlStatement.MergeAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of a MERGE. */
class MergeTest {

    private static final String BEGIN = "merge into stock s using delivery d on s.sku = d.sku ";

    private static SqlStatement.Merge merge(String sql) {
        var parsed = SqlParser.statement(SourceText.of(sql, new Location("model.yaml", 1, 1, 1)));
        assertThat(parsed.problems()).as(sql).isEmpty();
        return (SqlStatement.Merge) parsed.tree().orElseThrow();
    }

    @Test
    void hasATargetASourceAndWhatJoinsThem() {
        var merge = merge("with d as (select 1 as sku) merge into only shop.stock as s using d on (s.sku = d.sku)"
                + " when matched then delete returning merge_action(), s.*");

        assertThat(merge.with()).hasSize(1);
        assertThat(merge.target().called().value()).isEqualTo("s");
        assertThat(merge.target().schema().map(SqlName::value)).contains("shop");
        assertThat(((FromItem.Table) merge.source()).name().value()).isEqualTo("d");
        assertThat(SqlPrinter.print(merge.on())).isEqualTo("s.sku = d.sku");
        assertThat(merge.returning()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            when matched then delete                                                   | BOTH        | Delete
            when matched and case when s.n > 1 then true else d.n = 2 end then delete  | BOTH        | Delete
            when matched then do nothing                                               | BOTH        | Nothing
            when not matched then do   nothing                                         | SOURCE_ONLY | Nothing
            when not matched by target and d.n > 1 then do nothing                     | SOURCE_ONLY | Nothing
            when not matched by source then do nothing                                 | TARGET_ONLY | Nothing
            when not matched by source and s.n = 0 then delete                         | TARGET_ONLY | Delete
            when not matched by source then update set n = 0                           | TARGET_ONLY | Update
            when not matched then insert (sku, n) values (d.sku, default)              | SOURCE_ONLY | Insert
            when not matched then insert values (d.sku, 1)                             | SOURCE_ONLY | Insert
            when not matched by target then insert default values                      | SOURCE_ONLY | Insert
            when not matched then insert (sku) overriding user value values (d.sku)    | SOURCE_ONLY | Insert
            when not matched then insert overriding system value values (d.sku)        | SOURCE_ONLY | Insert
            """)
    void knowsItsBranches(String branch, Match match, String action) {
        assertThat(merge(BEGIN + branch).branches()).singleElement().satisfies(found -> {
            assertThat(found.match()).isEqualTo(match);
            assertThat(found.action().getClass().getSimpleName()).isEqualTo(action);
            assertThat(found.condition().isPresent()).isEqualTo(branch.contains(" and "));
        });
    }

    @Test
    void knowsWhatItWrites() {
        var merge = merge(BEGIN + "when matched and d.n = 0 then do nothing"
                + " when matched then update set (at, by) = (now(), 'x'), n = s.n + d.n"
                + " when not matched and d.n = 0 then do nothing"
                + " when not matched then insert (sku, n) values (d.sku, -d.n)");

        assertThat(merge.set()).hasSize(2);
        assertThat(merge.branches())
                .extracting(branch -> branch.action().values().stream()
                        .map(SqlPrinter::print)
                        .toList()
                        .toString())
                .containsExactly("[]", "[now(), 'x', s.n + d.n]", "[]", "[d.sku, -d.n]");
        assertThat(((MergeAction.Insert) merge.branches().get(3).action()).columns())
                .extracting(column -> column.name().value())
                .containsExactly("sku", "n");
        assertThat(merge.does(MergeAction.Delete.class)).isFalse();
        assertThat(merge(BEGIN + "when not matched then insert default values")
                        .branches()
                        .get(0)
                        .action()
                        .values())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            when matched then delete                                                          | INNER
            when not matched then do nothing                                                  | LEFT
            when not matched by source then delete                                            | RIGHT
            when matched then delete when not matched then insert default values              | LEFT
            when not matched by source then delete when not matched then insert values (1)    | FULL
            """)
    void joinsWhatItsBranchesNeed(String branches, JoinKind kind) {
        assertThat(merge(BEGIN + branches).kind()).isEqualTo(kind);
    }
}
