package dev.schemaproof.analysis.keyvalue;

import java.util.List;

/**
 * A condition of a request on one attribute.
 *
 * @param attribute its name in DynamoDB
 * @param comparison how it is compared
 * @param values with what
 */
public record Term(String attribute, Comparison comparison, List<RequestValue> values) {

    public Term {
        values = List.copyOf(values);
    }

    static Term equal(String attribute, RequestValue value) {
        return new Term(attribute, Comparison.EQUAL, List.of(value));
    }

    /** The comparisons of DynamoDB's expressions. */
    public enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        BETWEEN,
        BEGINS_WITH,
        CONTAINS,
        IN,
        /** The attribute is an element of the list that is the value. */
        ELEMENT_OF,
        EXISTS,
        NOT_EXISTS
    }
}
