package dev.schemaproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.prove.MeasuredGain;
import dev.schemaproof.prove.MeasuredGain.Step;
import dev.schemaproof.prove.Price;
import dev.schemaproof.prove.Price.Kind;
import dev.schemaproof.prove.Price.Write;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofResult;
import dev.schemaproof.prove.Timing;
import dev.schemaproof.prove.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractRegisterTest {

    private static final String MODEL = """
            schema: shop
            entities:
              User:
                table: users
                attributes:
                  id: uuid
                  spent: {type: bigint, default: 0}
                key: [id]
              Order:
                table: orders
                attributes: {id: uuid, user_id: uuid, total: int, state: text}
                key: [id]
                references: {user: {entity: User}}
            denormalizations:
              spent-by-user:
                duplicates:
                  into: User.spent
                  from: {sum: Order.total, by: user, where: state = 'paid'}
                sync: {by: trigger}
                staleness: {allowed: none, effect: "A <b>wrong</b> sum | in red", repair: nightly}
                gain:
                  pattern: profile
                  instead: |
                    SELECT u.id, (SELECT coalesce(sum(o.total), 0) FROM orders o WHERE o.user_id = u.id)
                    FROM users u WHERE u.id = :user
                  atLeast: 50x
                  measured: {before: 12.4 ms, after: 0.08 ms, rows: 100M, on: 2026-05-02, where: staging}
              half-told:
                duplicates: {into: User.spent}
            """;

    private static final List<ProofReport> REPORTS = List.of(new ProofReport(
            "main",
            "PostgreSQL",
            List.of(
                    ProofResult.of("copies-stay-exact", "spent-by-user", Verdict.PROVEN, "`User.spent` is exact"),
                    ProofResult.of("copies-stay-exact", "another", Verdict.FAILED, "it is not")),
            List.of(),
            List.of(new MeasuredGain(
                    "spent-by-user",
                    "profile",
                    List.of(
                            new Step("orders", 1_000, 0.001, 4.25, 3, 8, new Timing(0.2, 0.1, 1.5, 2.5, 40)),
                            new Step("orders", 10_000, 0.01, 102.4, 3, 8, new Timing(0.9, 0.1, 8, 10, 40))),
                    Optional.of(55.04),
                    new Price(
                            8,
                            List.of(
                                    new Write(Kind.INSERT, "orders", 1, 4.5, 180.2, 0.05, 0.1),
                                    new Write(Kind.BULK_INSERT, "orders", 500, 1, 1_234, 0.01, 0.02)),
                            List.of("another"),
                            Optional.empty(),
                            Optional.empty())))));

    @Test
    void answersTheFourQuestionsOnAPage() {
        assertThat(ContractMarkdown.of(register(MODEL))).isEqualTo("""
                        # Denormalization contracts of `shop`

                        | contract | copy | kept by | stale at most | claimed gain | shown gain | price | proofs |
                        | --- | --- | --- | --- | ---: | ---: | --- | --- |
                        | `spent-by-user` | `User.spent` | trigger, deferred | none | 50x | 34.1x | 4.5 pages an insert; 8 bytes a row | copies-stay-exact: proven |

                        ## `spent-by-user`

                        1. *What is duplicated*: `User.spent` is made of sum `Order.total`, by `user`, where `state = 'paid'`.
                        2. *How it is kept in sync*: by trigger, deferred.
                        3. *What happens if it goes stale*: A \\<b\\>wrong\\</b\\> sum \\| in red. Allowed is none. Repair: nightly.
                        4. *Which query it serves, and the gain*: `profile`, claimed to gain 50x at least; measured 155x (12.4ms before, 0.08ms after, at 100,000,000 rows, on 2026-05-02, `staging`).

                        Without the copy it would be

                        ```sql
                        SELECT u.id, (SELECT coalesce(sum(o.total), 0) FROM orders o WHERE o.user_id = u.id)
                        FROM users u WHERE u.id = :user
                        ```

                        On synthetic rows, in pages read on average:

                        | table | rows | without | with the copy | gain |
                        | --- | ---: | ---: | ---: | ---: |
                        | `orders` | 1,000 | 4.3 | 3 | 1.4x |
                        | `orders` | 10,000 | 102 | 3 | 34.1x |

                        At the declared rows the planner takes it to cost 55x as much without the copy.

                        The price: 8 bytes a row; 4.5 pages more for each insert; 1 page more for each row of an insert of many; writes pay it once for `another` too.

                        | proof | verdict | what was shown |
                        | --- | --- | --- |
                        | copies-stay-exact | proven | `User.spent` is exact |
                        """);
    }

    @Test
    void answersThemForOtherTools() {
        assertThat(ContractJson.of(register(MODEL)))
                .contains("\"contract\" : \"spent-by-user\"")
                .contains("\"sum\" : \"Order.total\"")
                .contains("\"factor\" : 155.0")
                .contains("\"verdict\" : \"proven\"")
                .contains("\"factor\" : 34.13")
                .contains("\"plannedFactor\" : 55.04")
                .contains("\"pages\" : 4.5")
                .contains("\"sharedWith\" : [")
                .doesNotContain("half-told")
                .doesNotContain("it is not");
    }

    /** What somebody has to schedule has its price, too; without times and bytes of the log, which vary. */
    @Test
    void saysWhatARunCosts() {
        var gain = REPORTS.get(0).gains().get(0);
        var price = new Price(
                8,
                List.of(new Write(Kind.INSERT, "orders", 1, 4.5, 180.2, 0.05, 0.1)),
                List.of(),
                Optional.of(new Price.Run(Price.Means.CONSUMER, 100, 1_234.25, 98_765, 7.7)),
                Optional.empty());
        var register = ContractRegister.of(
                Models.read(MODEL),
                List.of(new ProofReport(
                        "main",
                        "PostgreSQL",
                        List.of(),
                        List.of(),
                        List.of(new MeasuredGain(
                                gain.contract(), gain.pattern(), gain.steps(), gain.planned(), price)))));

        assertThat(ContractMarkdown.of(register))
                .contains("| 34.1x | 4.5 pages an insert; 1,234 pages a call of the consumer; 8 bytes a row |")
                .contains("The price: 8 bytes a row; 4.5 pages more for each insert;"
                        + " 1,234 pages for each call of the consumer after 100 rows of its source were changed.\n");
        assertThat(ContractJson.of(register).replaceAll("\\s+", " "))
                .contains("\"run\" : { \"of\" : \"call of the consumer\", \"changedRows\" : 100, \"pages\" : 1234.25 }")
                .doesNotContain("98765", "7.7");
        assertThat(GainTable.lines(register.contracts().get(0).shown().stream().toList()))
                .last()
                .asString()
                .contains("1,234.3 pages, 98,765 bytes of WAL, 7.700 ms a call of the consumer");
    }

    /** Somebody has to schedule it, and others may not want to wait for it. */
    @Test
    void saysWhatFoldsAndWhatIsExactBefore() {
        var register = register(MODEL.replace("by: trigger", "by: trigger, mode: ledger, every: 2s")
                .replace("allowed: none", "allowed: 10s"));

        assertThat(ContractMarkdown.of(register))
                .contains("| `spent-by-user` | `User.spent` | trigger, ledger every 2s | 10s | 50x |")
                .contains(
                        "2. *How it is kept in sync*: by trigger, ledger every 2s, which runs `CALL schemaproof_fold_ledger_users()`;"
                                + " `schemaproof_exact_users` gives it as it will be then.");
        assertThat(ContractJson.of(register))
                .contains("\"call\" : \"CALL schemaproof_fold_ledger_users()\"")
                .contains("\"exact\" : \"schemaproof_exact_users\"");
    }

    /** Somebody has to schedule it. */
    @Test
    void saysWhatAJobRuns() {
        var register =
                register(MODEL.replace("by: trigger", "by: job, every: 5m").replace("allowed: none", "allowed: 10m"));

        assertThat(ContractMarkdown.of(register))
                .contains("| `spent-by-user` | `User.spent` | job every 5m | 10m | 50x |")
                .contains(
                        "2. *How it is kept in sync*: by job every 5m, which runs `CALL schemaproof_job_spent_by_user()`.");
        assertThat(ContractJson.of(register))
                .contains("\"keptBy\" : \"job\"")
                .contains("\"every\" : \"5m\"")
                .contains("\"call\" : \"CALL schemaproof_job_spent_by_user()\"");
    }

    /** And to be told when nobody calls it. */
    @Test
    void saysWhatConsumesAnOutboxAndWhatWatchesIt() {
        var register = register(MODEL.replace("by: trigger", "by: outbox").replace("allowed: none", "allowed: 10s"));

        assertThat(ContractMarkdown.of(register))
                .contains("| `spent-by-user` | `User.spent` | outbox every 5s | 10s | 50x |")
                .contains("by outbox every 5s, which runs `CALL schemaproof_consume_spent_by_user()`;"
                        + " the view `schemaproof_staleness` says how stale it is.");
        assertThat(ContractJson.of(register))
                .contains("\"keptBy\" : \"outbox\"")
                .contains("\"call\" : \"CALL schemaproof_consume_spent_by_user()\"")
                .contains("\"clock\" : \"schemaproof_staleness\"");
    }

    @Test
    void saysSoWhereNothingIsStoredTwice() {
        assertThat(ContractMarkdown.of(register("schema: s\nentities: {A: {attributes: {id: int}, key: [id]}}\n")))
                .contains("None: nothing is stored twice.");
    }

    private static ContractRegister register(String yaml) {
        return ContractRegister.of(Models.tryRead(yaml).model().orElseThrow(), REPORTS);
    }
}
