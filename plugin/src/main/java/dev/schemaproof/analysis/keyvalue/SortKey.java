package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.Bound;
import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.KeyFormat.Sorting;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import dev.schemaproof.analysis.keyvalue.Term.Comparison;
import dev.schemaproof.model.Condition.Operator;
import dev.schemaproof.model.KeyValueTable.KeyType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the conditions of a pattern make of a sort key: equality on its first ingredients, then perhaps a range on the next.
 *
 * <p>DynamoDB takes one condition on a sort key, with both ends of {@code BETWEEN} included. Ends are therefore moved by a character that
 * sorts behind all that can follow; where that can't be, the stretch is wider than the condition, which then filters it too.
 */
final class SortKey {

    /** Sorts behind digits, letters and the usual delimiters. */
    private static final char TAIL = '~';

    /** Sorts behind every character. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final KeyTemplate template;
    private final Bindings bindings;
    private final List<Piece> beginning = new ArrayList<>();
    private final Set<Bound> used = new HashSet<>();
    private final Set<Bound> exact = new HashSet<>();
    private int at;

    private SortKey(KeyTemplate template, Bindings bindings) {
        this.template = template;
        this.bindings = bindings;
    }

    /**
     * The condition on a sort key.
     *
     * @param term the condition; nothing where the whole partition is read
     * @param parts how many of the template's parts it fixes
     * @param used the pattern's conditions that narrow what is read
     * @param exact those of them that need no filter any more
     */
    record Narrowing(Optional<Term> term, int parts, Set<Bound> used, Set<Bound> exact) {}

    static Narrowing narrow(KeyTemplate template, Bindings bindings) throws NoValueException {
        return new SortKey(template, bindings).narrow();
    }

    private Narrowing narrow() throws NoValueException {
        while (at < template.parts().size()) {
            var part = template.parts().get(at);
            if (part instanceof Part.Literal literal) {
                beginning.add(new Piece.Text(literal.text()));
            } else {
                var variable = (Part.Variable) part;
                var bound = bindings.equalTo(variable.path().canonical());
                if (bound.isEmpty()) {
                    break;
                }
                beginning.add(bindings.piece(bound.get(), bound.get().operand(0), variable.format()));
                used.add(bound.get());
            }
            at++;
        }
        for (var i = 0; i < at; i++) {
            if (template.parts().get(i) instanceof Part.Variable variable && template.readableFromBeginning(i, at)) {
                bindings.equalTo(variable.path().canonical()).ifPresent(exact::add);
            }
        }
        return new Narrowing(term(), at, used, exact);
    }

    private Optional<Term> term() throws NoValueException {
        if (at == template.parts().size()) {
            return Optional.of(term(Comparison.EQUAL, value(beginning)));
        }
        var variable = (Part.Variable) template.parts().get(at);
        var ranges = bindings.ranges(variable.path().canonical());
        var start = first(ranges, Operator.STARTS_WITH);
        if (start != null && plainText(variable)) {
            used.add(start);
            if (last()) {
                exact.add(start);
            }
            return Optional.of(term(Comparison.BEGINS_WITH, with(start, 0, variable)));
        }
        var range = sorting(template, at) == Sorting.OTHERWISE ? Optional.<Term>empty() : range(variable, ranges);
        return range.isPresent() || beginning.isEmpty()
                ? range
                : Optional.of(term(Comparison.BEGINS_WITH, value(beginning)));
    }

    private boolean plainText(Part.Variable variable) {
        return variable.format() instanceof KeyFormat.Plain
                && variable.path().type().kind() == ValueType.Kind.TEXT
                && template.attribute().type() == KeyType.STRING;
    }

    private boolean last() {
        return at == template.parts().size() - 1;
    }

    /** An end of a stretch: its value, whether the value itself belongs to it, and whether it is where the condition says. */
    private record End(RequestValue value, boolean included, boolean exact) {}

    private Optional<Term> range(Part.Variable variable, List<Bound> ranges) throws NoValueException {
        var from = first(ranges, Operator.GREATER_OR_EQUAL, Operator.GREATER, Operator.BETWEEN);
        var to = first(ranges, Operator.LESS_OR_EQUAL, Operator.LESS, Operator.BETWEEN);
        if (from == null && to == null) {
            return Optional.empty();
        }
        Stream.of(from, to).filter(Objects::nonNull).forEach(used::add);
        var alone = beginning.isEmpty() && (from == null || to == null);
        var low = from == null ? null : low(variable, from, alone);
        var high = to == null ? null : high(variable, to, alone);
        // `between` is decided by both its ends
        if (from != null
                && low != null
                && low.exact
                && (from.operator() != Operator.BETWEEN || from.equals(to) && high != null && high.exact)) {
            exact.add(from);
        }
        if (to != null && high != null && high.exact && to.operator() != Operator.BETWEEN) {
            exact.add(to);
        }
        if (alone && low != null) {
            return Optional.of(term(low.included ? Comparison.GREATER_OR_EQUAL : Comparison.GREATER, low.value));
        }
        if (alone && high != null) {
            return Optional.of(term(high.included ? Comparison.LESS_OR_EQUAL : Comparison.LESS, high.value));
        }
        var first = low != null ? low.value : value(beginning);
        var second = high != null ? high.value : value(beginning).followedBy(tail(variable));
        return Optional.of(new Term(template.name(), Comparison.BETWEEN, List.of(first, second)));
    }

    private End low(Part.Variable variable, Bound bound, boolean alone) throws NoValueException {
        var value = with(bound, 0, variable);
        var whole = sorting(template, at) == Sorting.AS_VALUES;
        if (bound.operator() != Operator.GREATER) {
            return new End(value, true, whole);
        }
        if (whole && alone && last()) {
            return new End(value, false, true);
        }
        var equallyLong = template.attribute().type() == KeyType.STRING
                && variable.format().fixedWidth(variable.path().type());
        return whole && equallyLong ? new End(value.followedBy(tailBehind()), true, true) : new End(value, true, false);
    }

    private End high(Part.Variable variable, Bound bound, boolean alone) throws NoValueException {
        var value = with(bound, bound.operator() == Operator.BETWEEN ? 1 : 0, variable);
        var whole = sorting(template, at) == Sorting.AS_VALUES;
        if (bound.operator() == Operator.LESS && whole) {
            if (last()) {
                return alone ? new End(value, false, true) : new End(value, true, false);
            }
            return new End(value, true, true);
        }
        return last()
                ? new End(value, true, whole)
                : new End(
                        value.followedBy(tailBehind()),
                        true,
                        whole && variable.format().fixedWidth(variable.path().type()));
    }

    /** What sorts behind everything that can follow the variable. */
    private String tailBehind() {
        return last() ? String.valueOf(TAIL) : tail(template.parts().get(at + 1));
    }

    /** What sorts behind every text of the part. */
    static String tail(Part part) {
        var greatest = part instanceof Part.Literal literal
                ? literal.text().codePointAt(0)
                : part.shape().characters().greatest().orElse(0);
        return greatest < TAIL ? String.valueOf(TAIL) : LAST;
    }

    /**
     * How keys sort by the variable where everything before it is the same.
     *
     * @param at its place among the parts
     */
    static Sorting sorting(KeyTemplate template, int at) {
        var variable = (Part.Variable) template.parts().get(at);
        var type = variable.path().type();
        if (template.attribute().type() == KeyType.NUMBER) {
            return variable.injective() ? Sorting.AS_VALUES : Sorting.COARSER;
        }
        if (template.attribute().type() == KeyType.BINARY) {
            return Sorting.OTHERWISE;
        }
        var sorting = variable.format().sorting(type);
        var last = at == template.parts().size() - 1;
        if (last || variable.format().fixedWidth(type)) {
            return sorting;
        }
        // What follows a shorter value must sort before what a longer one goes on with
        var least = variable.shape().characters().least().orElse(0);
        return template.parts().get(at + 1) instanceof Part.Literal literal
                        && literal.text().codePointAt(0) < least
                ? sorting
                : Sorting.OTHERWISE;
    }

    private RequestValue with(Bound bound, int operand, Part.Variable variable) throws NoValueException {
        var pieces = new ArrayList<>(beginning);
        pieces.add(bindings.piece(bound, bound.operand(operand), variable.format()));
        return value(pieces);
    }

    private RequestValue value(List<Piece> pieces) {
        return new RequestValue(StorageType.of(template.attribute().type()), pieces);
    }

    private Term term(Comparison comparison, RequestValue value) {
        return new Term(template.name(), comparison, List.of(value));
    }

    private static @Nullable Bound first(List<Bound> ranges, Operator... operators) {
        var wanted = List.of(operators);
        return ranges.stream()
                .filter(bound -> wanted.contains(bound.operator()))
                .findFirst()
                .orElse(null);
    }
}
