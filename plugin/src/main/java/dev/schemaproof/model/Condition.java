package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import java.util.List;

/**
 * A structured condition such as {@code created_at >= :since}.
 *
 * @param attribute the attribute's name, or {@code role.attribute}
 * @param operator how it is compared
 * @param operands with what; two for {@code between}, none for null tests, any number for {@code in}
 * @param at the whole condition
 */
public record Condition(Located<String> attribute, Operator operator, List<Operand> operands, Location at) {

    public Condition {
        operands = List.copyOf(operands);
    }

    /** The operators of structured conditions. */
    public enum Operator {
        EQUAL("="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        NOT_EQUAL("<>"),
        IN("in"),
        BETWEEN("between"),
        STARTS_WITH("starts with"),
        CONTAINS("contains"),
        MATCHES("matches"),
        IS_NULL("is null"),
        IS_NOT_NULL("is not null");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /** As it is written. */
        public String text() {
            return text;
        }
    }

    /** What an attribute is compared with. */
    public sealed interface Operand {

        /** A named parameter, without its colon. */
        record Parameter(String name) implements Operand {}

        /** A text, without its quotes. */
        record Text(String value) implements Operand {}

        /** A number or a truth value, as written. */
        record Plain(String value) implements Operand {}
    }
}
