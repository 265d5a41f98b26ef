package dev.schemaproof.discover.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.discover.Rows;
import dev.schemaproof.discover.judge.Analyst.Bounds;
import dev.schemaproof.discover.judge.Claim.Kind;
import dev.schemaproof.discover.judge.ModelLookup.Known;
import dev.schemaproof.discover.judge.Verdict.Holds;
import dev.schemaproof.discover.judge.Verdict.NotRefuted;
import dev.schemaproof.discover.judge.Verdict.Refuted;
import dev.schemaproof.discover.judge.Verdict.Unjudged;
import dev.schemaproof.model.NormalForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules are told from accidents, normal forms follow from rules, and what the model says is held against the rows. */
class AnalystTest {

    private static final long MEMORY = 64 << 20;

    @Test
    void findsTheRulesBehindOrderLines() throws Exception {
        var advice = advise(orderLines(3_000));

        assertThat(cover(advice))
                .containsExactlyInAnyOrder(
                        "order_id -> customer_id",
                        "customer_id -> customer_name, zip_code",
                        "zip_code -> city",
                        "product_id -> product_name, unit_price");
        assertThat(advice.names(advice.keys().get(0).columns())).containsExactly("order_id", "line");
        assertThat(advice.byRules().reached()).contains(NormalForm.FIRST);
    }

    @Test
    void ranksRulesAboveAccidents() throws Exception {
        var rules = advise(orderLines(3_000)).rules();

        assertThat(rules).extracting(Rule::likely).isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
        assertThat(rules).anyMatch(rule -> !rule.likely());
    }

    @Test
    void doesNotTakeCustomersForZipCodesWhereEachLivesAlone() throws Exception {
        var rows = new String[400][];
        for (var i = 0; i < rows.length; i++) {
            var customer = i / 8;
            rows[i] = new String[] {"" + i, "c" + customer, "" + (10_000 + customer * 7), "city " + customer / 3};
        }
        var advice = advise(new Rows(new String[] {"id", "customer_id", "zip_code", "city"}, rows));

        assertThat(cover(advice)).containsExactly("customer_id -> zip_code, city");
    }

    @Test
    void takesChanceForNoRule() throws Exception {
        var random = new Random(4711);
        for (var table = 0; table < 300; table++) {
            var width = 3 + random.nextInt(6);
            var rows = new String[5 + random.nextInt(200)][width];
            var values = random.ints(width, 2, 60).toArray();
            for (var row : rows) {
                Arrays.setAll(row, column -> random.nextInt(20) == 0 ? null : "" + random.nextInt(values[column]));
            }
            var advice = advise(Rows.of(rows));

            assertThat(advice.likely())
                    .as(() -> Arrays.deepToString(rows) + cover(advice))
                    .isEmpty();
        }
    }

    @Test
    void takesNothingForARuleThatIsHardlyTested() throws Exception {
        var rows = new String[1_000][];
        for (var i = 0; i < rows.length; i++) {
            rows[i] = new String[] {"" + i, "" + i / 2, i % 400 == 7 ? "yes" : "no", "" + i % 13};
        }
        var advice = advise(new Rows(new String[] {"id", "pair", "deleted", "c"}, rows));

        assertThat(cover(advice)).isEmpty();
    }

    @Test
    void judgesTheNormalFormByTheRules() throws Exception {
        // Of [student, course] the student decides on the name: not even the second
        assertThat(form("student", "course", "name", (s, c) -> "name " + s)).contains(NormalForm.FIRST);
        // The key alone decides
        assertThat(form("student", "course", "mark", (s, c) -> "" + new Random(s * 31L + c).nextInt(5)))
                .contains(NormalForm.BOYCE_CODD);
    }

    private interface Third {

        String of(int first, int second);
    }

    private static Optional<NormalForm> form(String first, String second, String third, Third rule) throws Exception {
        var rows = new ArrayList<String[]>();
        for (var s = 0; s < 40; s++) {
            for (var c = 0; c < 15; c++) {
                rows.add(new String[] {first + s, second + c, rule.of(s, c)});
            }
        }
        return advise(new Rows(new String[] {first + "_id", second + "_id", third}, rows.toArray(String[][]::new)))
                .byRules()
                .reached();
    }

    @Test
    void judgesTheNormalFormByAllThatHolds() throws Exception {
        var advice = advise(Rows.of("""
                a b c d e
                1 1 1 x -
                1 2 1 x -
                2 1 2 x -
                2 2 2 x -
                """));

        assertThat(advice.constants()).containsExactly("d");
        assertThat(advice.empties()).containsExactly("e");
        // a and c decide on each other, and are in keys with b
        assertThat(advice.byAll().reached()).contains(NormalForm.THIRD);
        assertThat(advice.byAll().breaks()).extracting(broken -> broken.form()).containsOnly(NormalForm.BOYCE_CODD);
        assertThat(advice.byRules().breaks()).isEmpty();
    }

    @Test
    void saysThatThereIsNoKeyWhenRowsAreRepeated() throws Exception {
        var advice = advise(Rows.of("a b\n1 2\n1 2\n2 2"));

        assertThat(advice.repeatedRows()).isEqualTo(1);
    }

    @Test
    void saysNothingOfATableWithoutRows() throws Exception {
        var advice = advise(Rows.of("a b"));

        assertThat(advice.rows()).isZero();
        assertThat(advice.byRules().reached()).isEmpty();
        assertThat(advice.byAll().reached()).isEmpty();
        assertThat(advice.rules()).isEmpty();
    }

    @Test
    void refutesClaimsByTheFirstRowsThatDo() throws Exception {
        var rows = Rows.of("""
                id zip city
                1 10 A
                2 - B
                3 - C
                4 10 A
                5 11 B
                6 10 D
                5 10 A
                """);
        var verdicts = advise(
                        rows,
                        new Claim("key [id]", Kind.PRIMARY_KEY, List.of("id"), List.of()),
                        new Claim("key [zip]", Kind.PRIMARY_KEY, List.of("zip"), List.of()),
                        new Claim("unique [zip]", Kind.UNIQUE, List.of("zip"), List.of()),
                        new Claim("zip -> city", Kind.DEPENDENCY, List.of("zip"), List.of("city")),
                        new Claim("id, zip -> city", Kind.DEPENDENCY, List.of("id", "zip"), List.of("city")),
                        new Claim("id -> nation", Kind.DEPENDENCY, List.of("id"), List.of("nation")))
                .verdicts();

        assertThat(lines(verdicts.get(0))).containsExactly("6 {id=5}", "8 {id=5}");
        assertThat(lines(verdicts.get(1))).containsExactly("3 {zip=null}");
        assertThat(lines(verdicts.get(2))).containsExactly("2 {zip=10}", "5 {zip=10}");
        assertThat(lines(verdicts.get(3))).containsExactly("2 {zip=10, city=A}", "7 {zip=10, city=D}");
        assertThat(verdicts.get(4)).isInstanceOf(Holds.class);
        assertThat(verdicts.get(5))
                .isEqualTo(new Unjudged(verdicts.get(5).claim(), "there is no column `nation` in the data"));
    }

    @Test
    void refutesExactlyWhatTheRowsContradict() throws Exception {
        var random = new Random(5);
        for (var table = 0; table < 500; table++) {
            var rows = new String[1 + random.nextInt(30)][4];
            for (var row : rows) {
                Arrays.setAll(row, column -> random.nextInt(6) == 0 ? null : "" + random.nextInt(2 + 4 * column));
            }
            var left = random.nextBoolean() ? List.of("a") : List.of("a", "c");
            var verdict = advise(Rows.of(rows), new Claim("", Kind.DEPENDENCY, left, List.of("b")))
                    .verdicts()
                    .get(0);
            var contradicted = false;
            for (var row : rows) {
                for (var other : rows) {
                    contradicted |= row[0] != null
                            && row[0].equals(other[0])
                            && (left.size() == 1 || row[2] != null && row[2].equals(other[2]))
                            && !Objects.equals(row[1], other[1]);
                }
            }
            assertThat(verdict instanceof Refuted)
                    .as(() -> Arrays.deepToString(rows) + left)
                    .isEqualTo(contradicted);
            if (verdict instanceof Refuted refuted) {
                var first = refuted.rows().get(0).values();
                var second = refuted.rows().get(1).values();
                assertThat(left)
                        .allSatisfy(column -> assertThat(first.get(column)).isEqualTo(second.get(column)));
                assertThat(first.get("b")).isNotEqualTo(second.get("b"));
            }
        }
    }

    @Test
    void onlyRefutesBySamples() throws Exception {
        var claim = new Claim("a -> b", Kind.DEPENDENCY, List.of("a"), List.of("b"));
        var bounds = new Bounds(2, 9, Duration.ofHours(1), MEMORY);
        var advice = new Analyst(bounds, known(claim)).advise(Rows.of("a b\n1 2\n1 2\n1 3"));

        assertThat(advice.verdicts()).containsExactly(new NotRefuted(claim));
    }

    @Test
    void repeatsNothingThatTheModelSays() throws Exception {
        var advice = advise(
                orderLines(3_000),
                new Claim("", Kind.PRIMARY_KEY, List.of("order_id", "line"), List.of()),
                new Claim("", Kind.DEPENDENCY, List.of("zip_code"), List.of("city")),
                new Claim("", Kind.DEPENDENCY, List.of("customer_id"), List.of("customer_name", "zip_code")));

        assertThat(advice.verdicts()).allMatch(Holds.class::isInstance);
        assertThat(cover(advice))
                .containsExactlyInAnyOrder("order_id -> customer_id", "product_id -> product_name, unit_price");
    }

    private static List<String> lines(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Refuted.class);
        return ((Refuted) verdict)
                .rows().stream().map(row -> row.line() + " " + row.values()).toList();
    }

    private static List<String> cover(TableAdvice advice) {
        return advice.cover().stream()
                .map(dependency -> String.join(", ", advice.names(dependency.determinant())) + " -> "
                        + String.join(", ", advice.names(dependency.dependents())))
                .toList();
    }

    private static TableAdvice advise(Rows rows, Claim... claims) throws Exception {
        var bounds = new Bounds(Long.MAX_VALUE, 99, Duration.ofHours(1), MEMORY);
        return new Analyst(bounds, claims.length == 0 ? ModelLookup.none() : known(claims)).advise(rows);
    }

    private static ModelLookup known(Claim... claims) {
        return (table, columns) -> Optional.of(new Known("Rows", Map.of(), List.of(claims)));
    }

    /** Lines of orders in which everything about the order, the customer, the zip code and the product is repeated. */
    private static Rows orderLines(int count) {
        var random = new Random(1);
        var zips = random.ints(60, 0, 80).toArray();
        var names = random.ints(60, 0, 500).toArray();
        var cities = random.ints(80, 0, 15).toArray();
        var prices = random.ints(90, 100, 140).toArray();
        var products = random.ints(90, 0, 70).toArray();
        var buyers = random.ints(count, 0, 60).toArray();
        var rows = new String[count][];
        for (var i = 0; i < count; i++) {
            var order = i / 3;
            var buyer = buyers[order];
            var product = random.nextInt(90);
            rows[i] = new String[] {
                "" + order,
                "" + (i % 3 + 1),
                "c" + buyer,
                "name " + names[buyer],
                "" + (10_000 + zips[buyer]),
                "city " + cities[zips[buyer]],
                "p" + product,
                "product " + products[product],
                "" + prices[product],
                "" + (1 + random.nextInt(8))
            };
        }
        return new Rows(
                new String[] {
                    "order_id",
                    "line",
                    "customer_id",
                    "customer_name",
                    "zip_code",
                    "city",
                    "product_id",
                    "product_name",
                    "unit_price",
                    "quantity"
                },
                rows);
    }
}
