package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.keyvalue.Request;
import dev.schemaproof.analysis.keyvalue.RequestValue;
import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import dev.schemaproof.analysis.keyvalue.StorageType;
import dev.schemaproof.analysis.keyvalue.Term;
import dev.schemaproof.dialect.dynamodb.DynamoNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The expressions of one request, with the names that DynamoDB doesn't take ({@code #n0}) and all values ({@code :v0}).
 *
 * <p>In values <code>${author}</code> stands for a parameter in its plain form, <code>${since:iso}</code> for one in a format of key
 * templates, <code>${*:shard(10)}</code> for each number of a shard in turn, and <code>$$</code> for a dollar sign.
 */
final class Expressions {

    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<String> emptyIf = new ArrayList<>();

    /** The name as it stands in an expression. */
    String name(String name) {
        return DynamoNames.needsAlias(name) ? aliases.computeIfAbsent(name, unseen -> "#n" + aliases.size()) : name;
    }

    String term(Term term) {
        var name = name(term.attribute());
        var operands = term.values().stream().map(this::placeholder).toList();
        if (term.comparison() == Term.Comparison.BETWEEN && bothGiven(term.values())) {
            emptyIf.add(operands.get(0) + " > " + operands.get(1));
        }
        return switch (term.comparison()) {
            case EQUAL -> name + " = " + operands.get(0);
            case NOT_EQUAL -> name + " <> " + operands.get(0);
            case LESS -> name + " < " + operands.get(0);
            case LESS_OR_EQUAL -> name + " <= " + operands.get(0);
            case GREATER -> name + " > " + operands.get(0);
            case GREATER_OR_EQUAL -> name + " >= " + operands.get(0);
            case BETWEEN -> name + " BETWEEN " + operands.get(0) + " AND " + operands.get(1);
            case BEGINS_WITH -> "begins_with(" + name + ", " + operands.get(0) + ")";
            case CONTAINS -> "contains(" + name + ", " + operands.get(0) + ")";
            case ELEMENT_OF -> "contains(" + operands.get(0) + ", " + name + ")";
            case IN -> name + " IN (" + String.join(", ", operands) + ")";
            case EXISTS -> "attribute_exists(" + name + ")";
            case NOT_EXISTS -> "attribute_not_exists(" + name + ")";
        };
    }

    /** Whether both ends come from parameters, so that the first may lie behind the second, which DynamoDB refuses. */
    private static boolean bothGiven(List<RequestValue> ends) {
        var low = ends.get(0).pieces();
        var high = ends.get(1).pieces();
        var same = 0;
        while (same < Math.min(low.size(), high.size()) && low.get(same).equals(high.get(same))) {
            same++;
        }
        return given(low.subList(same, low.size())) && given(high.subList(same, high.size()));
    }

    private static boolean given(List<Piece> pieces) {
        return pieces.stream().anyMatch(Piece.Parameter.class::isInstance);
    }

    /** The comparisons of values under which nothing is in between. */
    List<String> emptyIf() {
        return List.copyOf(emptyIf);
    }

    String assignment(Request.Assignment assignment) {
        var name = name(assignment.attribute());
        var value = placeholder(assignment.value());
        return name + " = " + (assignment.onlyIfAbsent() ? "if_not_exists(" + name + ", " + value + ")" : value);
    }

    private String placeholder(RequestValue value) {
        var placeholder = ":v" + values.size();
        values.put(placeholder, value(value));
        return placeholder;
    }

    /** Adds the names and values that were used. */
    void addTo(Map<String, Object> body) {
        if (!aliases.isEmpty()) {
            var names = new LinkedHashMap<String, Object>();
            aliases.forEach((name, alias) -> names.put(alias, name));
            body.put("ExpressionAttributeNames", names);
        }
        if (!values.isEmpty()) {
            body.put("ExpressionAttributeValues", values);
        }
    }

    /** A value in the wire format. */
    static Map<String, Object> value(RequestValue value) {
        var object = new LinkedHashMap<String, Object>();
        var text = value.pieces().stream().map(Expressions::text).collect(Collectors.joining());
        var fixed = value.pieces().stream().allMatch(Piece.Text.class::isInstance);
        object.put(
                value.type().name(), fixed && value.type() == StorageType.BOOL ? (Object) Boolean.valueOf(text) : text);
        return object;
    }

    private static String text(Piece piece) {
        if (piece instanceof Piece.Parameter parameter) {
            return "${" + parameter.name() + (parameter.format().isEmpty() ? "" : ":" + parameter.format()) + "}";
        }
        return piece instanceof Piece.EachShard each
                ? shard(each.count())
                : ((Piece.Text) piece).text().replace("$", "$$");
    }

    /** What stands for the number of a shard where all of them are asked. */
    static String shard(int count) {
        return "${*:shard(" + count + ")}";
    }
}
