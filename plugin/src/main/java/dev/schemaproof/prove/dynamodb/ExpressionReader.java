package dev.schemaproof.prove.dynamodb;

import dev.schemaproof.dialect.dynamodb.DynamoNames;
import dev.schemaproof.prove.dynamodb.Expression.Operand;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the expressions of one call and replaces their placeholders. It knows whole attributes only, no paths into documents, and of updates
 * {@code SET} and {@code REMOVE}.
 */
final class ExpressionReader {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(<>|<=|>=|[=<>(),])|([#:]?[A-Za-z0-9_]+)|(\\S))");
    private static final Map<String, Integer> FUNCTIONS =
            Map.of("attribute_exists", 1, "attribute_not_exists", 1, "begins_with", 2, "contains", 2);
    private static final int LONGEST = 4096;

    private final Map<?, ?> names;
    private final Map<String, Value> values;
    private final Set<String> used = new HashSet<>();
    private List<String> tokens = List.of();
    private int at;

    private ExpressionReader(Map<?, ?> names, Map<String, Value> values) {
        this.names = names;
        this.values = values;
    }

    /** For the placeholders of a call. */
    static ExpressionReader of(Map<String, ?> body) throws RefusedCallException {
        var names = body.get("ExpressionAttributeNames");
        var values = body.get("ExpressionAttributeValues");
        for (var given : new @Nullable Object[] {names, values}) {
            if (given instanceof Map<?, ?> map && map.isEmpty()) {
                throw RefusedCallException.invalid(
                        "ExpressionAttributeNames and ExpressionAttributeValues must not be empty");
            }
        }
        return new ExpressionReader(
                names instanceof Map<?, ?> map ? map : Map.of(), values == null ? Map.of() : Value.item(values));
    }

    /** A condition. */
    Expression condition(String text) throws RefusedCallException {
        begin(text);
        var condition = or();
        end();
        return condition;
    }

    /** Names of attributes, parted by commas. */
    List<String> projection(String text) throws RefusedCallException {
        begin(text);
        var found = new ArrayList<String>();
        do {
            found.add(name(next()));
        } while (skip(","));
        end();
        return found;
    }

    /**
     * A new value of an attribute.
     *
     * @param value what it becomes
     * @param onlyIfAbsent whether a value that is there stays
     */
    record NewValue(Value value, boolean onlyIfAbsent) {}

    /** What an update does: the new values, and the attributes that go. */
    record Update(Map<String, NewValue> set, Set<String> remove) {}

    Update update(String text) throws RefusedCallException {
        begin(text);
        var set = new LinkedHashMap<String, NewValue>();
        var remove = new HashSet<String>();
        while (at < tokens.size()) {
            var clause = next().toUpperCase(Locale.ROOT);
            do {
                var name = name(next());
                if (set.containsKey(name) || remove.contains(name)) {
                    throw RefusedCallException.invalid("Two document paths overlap with each other: " + name);
                }
                if (clause.equals("SET")) {
                    expect("=");
                    set.put(name, newValue(name));
                } else if (clause.equals("REMOVE")) {
                    remove.add(name);
                } else {
                    throw syntax();
                }
            } while (skip(","));
        }
        return new Update(set, remove);
    }

    private NewValue newValue(String attribute) throws RefusedCallException {
        var token = next();
        if (!token.equals("if_not_exists")) {
            return new NewValue(value(token), false);
        }
        expect("(");
        if (!name(next()).equals(attribute)) {
            throw RefusedCallException.invalid("if_not_exists of another attribute is not understood");
        }
        expect(",");
        var value = value(next());
        expect(")");
        return new NewValue(value, true);
    }

    /** Refuses what was given and stands in no expression. */
    void requireAllUsed() throws RefusedCallException {
        for (var name : names.keySet()) {
            if (!used.contains(String.valueOf(name))) {
                throw RefusedCallException.invalid(
                        "Value provided in ExpressionAttributeNames unused in expressions: keys: {" + name + "}");
            }
        }
        for (var value : values.keySet()) {
            if (!used.contains(value)) {
                throw RefusedCallException.invalid(
                        "Value provided in ExpressionAttributeValues unused in expressions: keys: {" + value + "}");
            }
        }
    }

    private void begin(String text) throws RefusedCallException {
        if (Value.utf8(text) > LONGEST) {
            throw RefusedCallException.invalid("Expression size has exceeded the maximum allowed size");
        }
        var found = new ArrayList<String>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group().strip());
        }
        tokens = List.copyOf(found);
        at = 0;
        if (tokens.isEmpty()) {
            throw RefusedCallException.invalid("The expression can not be empty;");
        }
    }

    private Expression or() throws RefusedCallException {
        var parts = new ArrayList<>(List.of(and()));
        while (skipWord("OR")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.Or(parts);
    }

    private Expression and() throws RefusedCallException {
        var parts = new ArrayList<>(List.of(not()));
        while (skipWord("AND")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.And(parts);
    }

    private Expression not() throws RefusedCallException {
        return skipWord("NOT") ? new Expression.Not(not()) : primary();
    }

    private Expression primary() throws RefusedCallException {
        if (skip("(")) {
            var inner = or();
            expect(")");
            return inner;
        }
        var token = next();
        if (at < tokens.size() && tokens.get(at).equals("(")) {
            return function(token);
        }
        var left = operand(token);
        if (skipWord("BETWEEN")) {
            var low = operand(next());
            if (!skipWord("AND")) {
                throw syntax();
            }
            var high = operand(next());
            return between(left, low, high);
        }
        if (skipWord("IN")) {
            expect("(");
            return new Expression.In(left, operands());
        }
        var operator = next();
        if (!Set.of("=", "<>", "<", "<=", ">", ">=").contains(operator)) {
            throw syntax();
        }
        return new Expression.Comparison(operator, left, operand(next()));
    }

    private static Expression between(Operand operand, Operand low, Operand high) throws RefusedCallException {
        if (low instanceof Operand.Given least
                && high instanceof Operand.Given most
                && (!least.value().type().equals(most.value().type())
                        || least.value().scalar() && least.value().compareWith(most.value()) > 0)) {
            throw RefusedCallException.invalid(
                    "The BETWEEN operator requires upper bound to be greater than or equal to" + " lower bound");
        }
        return new Expression.Between(operand, low, high);
    }

    private Expression function(String name) throws RefusedCallException {
        var count = FUNCTIONS.get(name);
        if (count == null) {
            throw RefusedCallException.invalid("Invalid function name; function: " + name);
        }
        expect("(");
        var arguments = operands();
        if (arguments.size() != count) {
            throw RefusedCallException.invalid("Incorrect number of operands for operator or function: " + name);
        }
        return new Expression.Function(name, arguments);
    }

    private List<Operand> operands() throws RefusedCallException {
        var operands = new ArrayList<Operand>();
        do {
            operands.add(operand(next()));
        } while (skip(","));
        expect(")");
        return operands;
    }

    private Operand operand(String token) throws RefusedCallException {
        return token.startsWith(":") ? new Operand.Given(value(token)) : new Operand.Attribute(name(token));
    }

    private Value value(String token) throws RefusedCallException {
        var value = values.get(token);
        if (value == null) {
            throw RefusedCallException.invalid(
                    "An expression attribute value used in expression is not defined; attribute value: " + token);
        }
        used.add(token);
        return value;
    }

    private String name(String token) throws RefusedCallException {
        if (token.startsWith("#")) {
            var name = names.get(token);
            if (name == null) {
                throw RefusedCallException.invalid(
                        "An expression attribute name used in the document path is not defined; attribute name: "
                                + token);
            }
            used.add(token);
            return String.valueOf(name);
        }
        if (DynamoNames.needsAlias(token)) {
            throw RefusedCallException.invalid("Attribute name is a reserved keyword, or can't stand in an expression;"
                    + " reserved keyword: " + token);
        }
        return token;
    }

    private String next() throws RefusedCallException {
        if (at == tokens.size()) {
            throw syntax();
        }
        return tokens.get(at++);
    }

    private boolean skip(String token) {
        var found = at < tokens.size() && tokens.get(at).equals(token);
        at += found ? 1 : 0;
        return found;
    }

    private boolean skipWord(String word) {
        var found = at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String token) throws RefusedCallException {
        if (!skip(token)) {
            throw syntax();
        }
    }

    private void end() throws RefusedCallException {
        if (at < tokens.size()) {
            throw syntax();
        }
    }

    private RefusedCallException syntax() {
        return RefusedCallException.invalid("Syntax error; token: " + (at < tokens.size() ? tokens.get(at) : "<EOF>")
                + ", in: " + String.join(" ", tokens));
    }
}
