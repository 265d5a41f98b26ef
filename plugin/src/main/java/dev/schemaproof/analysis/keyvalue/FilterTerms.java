package dev.schemaproof.analysis.keyvalue;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.LIST_VALUES;

import dev.schemaproof.analysis.keyvalue.Bindings.Bound;
import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import dev.schemaproof.analysis.keyvalue.Term.Comparison;
import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conditions on stored attributes, as filters after reading and as conditions of writes. */
final class FilterTerms {

    private FilterTerms() {}

    /** Why DynamoDB can't compare so; nothing if it can. */
    static Optional<String> incomparable(Bound bound) {
        var type = bound.path().type();
        var kind = type.kind();
        var ordered = kind != Kind.ENUMERATION && kind != Kind.BOOLEAN && kind != Kind.OTHER && kind != Kind.INET;
        return switch (bound.operator()) {
            case MATCHES -> Optional.of("DynamoDB has no full-text search");
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, BETWEEN ->
                ordered ? Optional.empty() : Optional.of("DynamoDB has no order for a `" + type.declared() + "`");
            case STARTS_WITH ->
                kind == Kind.TEXT
                        ? Optional.empty()
                        : Optional.of("a `" + type.declared() + "` has no beginning in DynamoDB");
            case CONTAINS ->
                kind == Kind.TEXT || type.declared() instanceof DataType.Array
                        ? Optional.empty()
                        : Optional.of("DynamoDB looks into text and lists only, not into a `" + type.declared() + "`");
            case IN ->
                bound.condition().operands().size() > LIST_VALUES
                        ? Optional.of("DynamoDB compares with at most " + LIST_VALUES + " values")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The condition on the attribute that holds its value. */
    static List<Term> of(Bound bound, StoredAttribute stored, Bindings bindings) throws NoValueException {
        var name = stored.name();
        return switch (bound.operator()) {
            case EQUAL -> compare(Comparison.EQUAL, bound, stored, bindings);
            case LESS -> compare(Comparison.LESS, bound, stored, bindings);
            case LESS_OR_EQUAL -> compare(Comparison.LESS_OR_EQUAL, bound, stored, bindings);
            case GREATER -> compare(Comparison.GREATER, bound, stored, bindings);
            case GREATER_OR_EQUAL -> compare(Comparison.GREATER_OR_EQUAL, bound, stored, bindings);
            case BETWEEN -> compare(Comparison.BETWEEN, bound, stored, bindings);
            case STARTS_WITH -> compare(Comparison.BEGINS_WITH, bound, stored, bindings);
            case IN -> in(bound, stored, bindings);
            case CONTAINS -> List.of(new Term(name, Comparison.CONTAINS, List.of(element(bound, bindings))));
            // An absent value differs from everything in DynamoDB, and from nothing in SQL
            case NOT_EQUAL -> {
                var terms = new ArrayList<Term>();
                if (bound.path().optional()) {
                    terms.add(new Term(name, Comparison.EXISTS, List.of()));
                }
                terms.addAll(compare(Comparison.NOT_EQUAL, bound, stored, bindings));
                yield terms;
            }
            case IS_NULL -> List.of(new Term(name, Comparison.NOT_EXISTS, List.of()));
            case IS_NOT_NULL -> List.of(new Term(name, Comparison.EXISTS, List.of()));
            case MATCHES -> throw new IllegalStateException("full-text search was refused before");
        };
    }

    private static List<Term> compare(Comparison comparison, Bound bound, StoredAttribute stored, Bindings bindings)
            throws NoValueException {
        var values = new ArrayList<RequestValue>();
        for (var operand : bound.condition().operands()) {
            values.add(new RequestValue(stored.type(), List.of(bindings.piece(bound, operand, stored.format()))));
        }
        return List.of(new Term(stored.name(), comparison, values));
    }

    /** One parameter stands for a list of any length, which {@code IN} can't take. */
    private static List<Term> in(Bound bound, StoredAttribute stored, Bindings bindings) throws NoValueException {
        if (bound.condition().operands().size() > 1 || !(bound.operand(0) instanceof Operand.Parameter)) {
            return compare(Comparison.IN, bound, stored, bindings);
        }
        var list = List.of(bindings.piece(bound, bound.operand(0), stored.format()));
        return List.of(new Term(stored.name(), Comparison.ELEMENT_OF, List.of(new RequestValue(StorageType.L, list))));
    }

    /** What a list or a text is searched for. */
    private static RequestValue element(Bound bound, Bindings bindings) throws NoValueException {
        var declared = bound.path().type().declared();
        var type = declared instanceof DataType.Array array ? element(array.element()) : StorageType.S;
        return new RequestValue(type, List.of(piece(bound, bindings)));
    }

    private static Piece piece(Bound bound, Bindings bindings) throws NoValueException {
        return bindings.piece(bound, bound.operand(0), new KeyFormat.Plain());
    }

    private static StorageType element(DataType type) {
        if (type instanceof DataType.Decimal) {
            return StorageType.N;
        }
        if (type instanceof DataType.Scalar scalar) {
            return switch (scalar.kind()) {
                case SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> StorageType.N;
                case BOOLEAN -> StorageType.BOOL;
                case BYTES -> StorageType.B;
                case JSON -> StorageType.M;
                default -> StorageType.S;
            };
        }
        return StorageType.S;
    }
}
