package dev.schemaproof.analysis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.access.Claim.Constant;
import dev.schemaproof.analysis.access.Claim.Present;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from a condition. */
class ClaimTest {

    private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");

    private static Claim number(String operator, int value) {
        return new Claim.Compared("a", operator, Optional.of(Constant.of(String.valueOf(value), true)), Set.of("a"));
    }

    private static Claim text(String operator, String value) {
        return new Claim.Compared("a", operator, Optional.of(Constant.of(value, false)), Set.of("a"));
    }

    private static boolean holds(String operator, int value, int constant) {
        return switch (operator) {
            case "=" -> value == constant;
            case "<>" -> value != constant;
            case "<" -> value < constant;
            case "<=" -> value <= constant;
            case ">" -> value > constant;
            default -> value >= constant;
        };
    }

    /** By trying all numbers with ones between: what is said follows must, and all that PostgreSQL sees is seen. */
    @ParameterizedTest
    @ValueSource(strings = {"=", "<>", "<", "<=", ">", ">="})
    void comparisonsOfNumbersFollowAsTheyDoOnPaper(String operator) {
        for (var goal : OPERATORS) {
            for (var constant = 1; constant <= 3; constant++) {
                var follows = true;
                for (var value = 0; value <= 8; value++) {
                    // Constants are even, so that there is a value between any two
                    follows &= !holds(operator, value, 4) || holds(goal, value, 2 * constant);
                }
                assertThat(number(operator, 4).implies(number(goal, 2 * constant)))
                        .as("a " + operator + " 4 implies a " + goal + " " + 2 * constant)
                        .isEqualTo(follows);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "=, open, =, open, true",
        "=, open, <>, done, true",
        "=, open, <>, OPEN, false",
        "=, 2026-01-02, >, 2026-01-01, true",
        "=, 2026-01-02, <>, 2026-1-2, false",
        "=, b, >, a, false",
        ">, 2026-02-01, >=, 2026-01-01, true",
        ">, 2026-02-01, >=, 2026-2-01, false",
        ">, x, >=, x, true",
        ">=, x, >, x, false",
    })
    void textsFollowOnlyWhereTheirTypeMattersNot(
            String operator, String value, String goal, String limit, boolean follows) {
        assertThat(text(operator, value).implies(text(goal, limit))).isEqualTo(follows);
    }

    @Test
    void whatIsComparedIsPresent() {
        var unknown = new Claim.Compared("lower(a)", "=", Optional.empty(), Set.of("a"));
        assertThat(unknown.implies(new Present("a"))).isTrue();
        assertThat(unknown.implies(new Present("b"))).isFalse();
        assertThat(unknown.implies(new Claim.Compared("lower(a)", "=", Optional.empty(), Set.of("a"))))
                .isTrue();
        assertThat(unknown.implies(number("=", 1))).isFalse();
    }

    @Test
    void alternativesAndAllOfThem() {
        var one = number("=", 1);
        var two = number("=", 2);
        var other = new Claim.Other("b is null");
        assertThat(one.implies(new Claim.Any(List.of(one, two)))).isTrue();
        assertThat(new Claim.Any(List.of(one, two)).implies(one)).isFalse();
        assertThat(new Claim.Any(List.of(one, two)).implies(number("<", 3))).isTrue();
        assertThat(new Claim.Any(List.of(one, two)).implies(new Claim.Any(List.of(two, one, other))))
                .isTrue();
        assertThat(new Claim.All(List.of(one, other)).implies(new Claim.All(List.of(other, number(">", 0)))))
                .isTrue();
        assertThat(other.implies(new Claim.All(List.of(other, one)))).isFalse();
        assertThat(new Claim.All(List.of(other, new Claim.Any(List.of(one, two)))).implies(number("<=", 2)))
                .isTrue();
    }
}
