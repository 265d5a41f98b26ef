package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other attributes of a row seem to tell, and what only looks like it. */
class DerivableAttributeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unit_price: int, quantity: int, total: int            | total      | {type: int, generated: unit_price * quantity}
            line_price: int, line_qty: int, line_total: int       | line_total | {type: int, generated: line_price * line_qty}
            net: int, tax: int, gross: int null                   | gross      | {type: int null, generated: net + tax}
            subtotal: int, tax_amount: int, total_amount: int     | total_amount | {type: int, generated: subtotal + tax_amount}
            price: int, discount_amount: int, final_price: int    | final_price | {type: int, generated: price - discount_amount}
            price: int, discount: int, final_price: int           | final_price |
            first_name: text, last_name: text, full_name: text    | full_name  | {type: text, generated: "first_name || ' ' || last_name"}
            birth_date: date, age: int                            | age        |
            started_at: timestamptz, ended_at: timestamptz null, duration: interval | duration | {type: interval null, generated: ended_at - started_at}
            start_date: date, end_date: date, duration_days: int  | duration_days |
            width: float, height: float, area: float              | area       | {type: float, generated: width * height}
            is_deleted: boolean, deleted_at: timestamptz null     | is_deleted | {type: boolean, generated: deleted_at IS NOT NULL}
            published: boolean, published_at: timestamp null      | published  | {type: boolean, generated: published_at IS NOT NULL}
            order_date: date, order_year: int                     | order_year | {type: int, generated: extract(year FROM order_date)}
            ordered_at: timestamptz, ordered_year: int            | ordered_year |
            price: int, price_cents: int                          | price_cents | {type: int, generated: price * 100}
            email: text, email_lower: text                        | email_lower | {type: text, generated: lower(email)}
            latitude: float, longitude: float, place: {native: point} | place  | {native: point, generated: "point(longitude, latitude)"}
            """)
    void whatOthersTell(String attributes, String derived, String cure) {
        assertThat(findings(attributes, "")).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("E." + derived);
            assertThat(finding.severity()).hasToString("WARNING");
            assertThat(finding.help().orElseThrow())
                    .contains(cure == null ? "remove it and compute it" : derived + ": " + cure);
        });
    }

    /** The proposal is taken up, and there is nothing left to say. */
    @Test
    void aGeneratedColumnIsNoFlaw() {
        var proposal = findings("unit_price: int, quantity: int, total: int", "")
                .get(0)
                .help()
                .orElseThrow()
                .lines()
                .filter(line -> line.startsWith("total: "))
                .findFirst()
                .orElseThrow();
        assertThat(Findings.briefly(model("unit_price: int, quantity: int, " + proposal, "")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "price: int, total: int",
                "unit_price: text, quantity: int, total: int",
                "unit_price: int, quantity: int, line_total: text",
                "first_name: text, full_name: text",
                "age: int",
                "is_deleted: boolean, deleted_at: timestamptz",
                "order_date: date, shipped_year: int",
                "price_cents: int",
                "latitude: float, place: {native: point}",
                "home_latitude: float, home_longitude: float, work_place: {native: point}",
            })
    void whatSaysSomethingOfItsOwn(String attributes) {
        assertThat(findings(attributes, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "unit_price, quantity -> total", "quantity, unit_price, id -> total"})
    void theTeamsWordRefutesIt(String of) {
        assertThat(findings(
                        "unit_price: int, quantity: int, total: int",
                        "    independent: [{of: \"" + of + "\", reason: agreed on by hand}]\n"))
                .isEmpty();
    }

    /** A check holds it, so that it cannot drift. */
    @Test
    void whatACheckHoldsIsAHint() {
        var model = model("unit_price: int, quantity: int, total: int", """
                    checks: {product: total = unit_price * quantity AND total >= 0}
                    dependencies: ["unit_price, quantity -> total"]
                """);
        assertThat(Findings.briefly(model))
                .containsExactly("info[derivable-attribute] E.total", "info[implied-dependency] E.total");
        assertThat(Findings.in(model).get(0).help().orElseThrow())
                .contains("total: {type: int, generated: unit_price * quantity}");
    }

    /** Where the check lets rows without a value pass, it holds nothing. */
    @Test
    void whatACheckMayLetPassIsSuspectedAllTheSame() {
        assertThat(Findings.briefly(model(
                        "unit_price: int null, quantity: int, total: int",
                        "    checks: {product: total = unit_price * quantity}\n")))
                .containsExactly("warning[derivable-attribute] E.total");
    }

    @Test
    void ofTwoThatEqualEachOtherTheLaterOneIsFound() {
        assertThat(Findings.briefly(model("one: int, other: int", "    checks: {same: one = other}\n")))
                .containsExactly("info[derivable-attribute] E.other");
    }

    /** What is declared is another rule's, and what is generated or held is no violation of it. */
    @Test
    void declaredDependenciesOfWhatCannotDriftBreakNothing() {
        var declared = "    dependencies: [\"a, b -> c\"]\n";
        assertThat(Findings.briefly(model("a: int, b: int, c: int", declared)))
                .containsExactly("error[transitive-dependency] E.c");
        assertThat(Findings.briefly(model("a: int, b: int, c: {type: int, generated: a + b}", declared)))
                .containsExactly("info[implied-dependency] E.c");
        assertThat(Findings.briefly(model("a: int, b: int, c: {type: int, check: c = a + b}", declared)))
                .containsExactlyInAnyOrder("info[derivable-attribute] E.c", "info[implied-dependency] E.c");
    }

    /** A foreign key of several attributes holds what it refers to together. */
    @Test
    void whatAForeignKeyHoldsBreaksNothing() {
        var tenants = """
                schema: s
                entities:
                  User:
                    attributes: {tenant_id: int, id: int}
                    key: [tenant_id, id]
                    unique: [[id]]
                  Task:
                    attributes: {id: int, tenant_id: int, user_id: int}
                    key: [id]
                    dependencies: ["user_id -> tenant_id"]
                """;
        assertThat(Findings.briefly(tenants)).contains("error[transitive-dependency] Task.tenant_id");
        assertThat(Findings.briefly(
                        tenants + "    references: {user: {entity: User, attributes: [tenant_id, user_id]}}\n"))
                .contains("info[implied-dependency] Task.tenant_id")
                .noneMatch(finding -> finding.contains("transitive"));
    }

    private static List<Finding> findings(String attributes, String rest) {
        return Findings.in(model(attributes, rest)).stream()
                .filter(finding -> finding.rule().value().equals("derivable-attribute"))
                .toList();
    }

    private static String model(String attributes, String rest) {
        return """
                schema: s
                entities:
                  E:
                    attributes: {id: int, %s}
                    key: [id]
                """.formatted(attributes) + rest;
    }
}
