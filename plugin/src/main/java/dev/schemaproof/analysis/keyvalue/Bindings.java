package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.Condition.Operator;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The conditions of a pattern with their paths followed, and the parameters that a request takes from them. */
final class Bindings {

    private final List<Bound> conditions;
    private final Map<AttributePath, Bound> equal = new LinkedHashMap<>();
    private final Map<String, Resolution.Parameter> parameters = new LinkedHashMap<>();

    private Bindings(List<Bound> conditions) {
        this.conditions = List.copyOf(conditions);
        conditions.stream()
                .filter(bound -> bound.condition.operator() == Operator.EQUAL)
                .forEach(bound -> equal.putIfAbsent(bound.path.canonical(), bound));
    }

    /** A condition and where its path leads. */
    record Bound(Condition condition, ResolvedPath path) {

        AttributePath canonical() {
            return path.canonical();
        }

        Operator operator() {
            return condition.operator();
        }

        Operand operand(int index) {
            return condition.operands().get(index);
        }
    }

    /** The conditions, unless a path leads nowhere, which is reported elsewhere. */
    static Optional<Bindings> of(Paths paths, Entity entity, List<Condition> conditions) {
        var bound = new ArrayList<Bound>();
        for (var condition : conditions) {
            var path = paths.find(entity, condition.attribute().value());
            if (path.isEmpty()) {
                return Optional.empty();
            }
            bound.add(new Bound(condition, path.get()));
        }
        return Optional.of(new Bindings(bound));
    }

    List<Bound> conditions() {
        return conditions;
    }

    /** The paths that are compared with one value. */
    Set<AttributePath> equalPaths() {
        return equal.keySet();
    }

    Optional<Bound> equalTo(AttributePath canonical) {
        return Optional.ofNullable(equal.get(canonical));
    }

    /** Whether a row that fulfils the conditions has a value there. */
    boolean present(AttributePath canonical) {
        return conditions.stream()
                .anyMatch(bound -> bound.canonical().equals(canonical) && bound.operator() != Operator.IS_NULL);
    }

    /** The conditions on the path by which a sort key could be narrowed. */
    List<Bound> ranges(AttributePath canonical) {
        var operators = EnumSet.of(
                Operator.LESS,
                Operator.LESS_OR_EQUAL,
                Operator.GREATER,
                Operator.GREATER_OR_EQUAL,
                Operator.BETWEEN,
                Operator.STARTS_WITH);
        return conditions.stream()
                .filter(bound -> bound.canonical().equals(canonical) && operators.contains(bound.operator()))
                .toList();
    }

    /** Whether a key could find the rows, so that not all of them are read; all rows are found by a key for all. */
    boolean narrow() {
        return conditions.isEmpty()
                || !equalPaths().isEmpty()
                || conditions.stream()
                        .anyMatch(condition -> !ranges(condition.canonical()).isEmpty());
    }

    /** An operand was no value of the attribute's type. */
    static final class NoValueException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Bound bound;
        private final String written;

        NoValueException(Bound bound, String written) {
            super("`" + written + "` is no " + bound.path.type().declared());
            this.bound = bound;
            this.written = written;
        }

        Bound bound() {
            return bound;
        }

        String written() {
            return written;
        }
    }

    /** An operand as it is written into a key or an attribute. */
    Piece piece(Bound bound, Operand operand, KeyFormat format) throws NoValueException {
        if (operand instanceof Operand.Parameter parameter) {
            return parameter(parameter.name(), bound.path, format);
        }
        var written = operand instanceof Operand.Text text ? text.value() : ((Operand.Plain) operand).value();
        var value = format.write(bound.path.type(), written);
        if (value.isEmpty()) {
            throw new NoValueException(bound, written);
        }
        return new Piece.Text(value.get());
    }

    /** A parameter as it is written into a key or an attribute. */
    Piece parameter(String name, ResolvedPath path, KeyFormat format) {
        parameters.putIfAbsent(
                name,
                new Resolution.Parameter(
                        name, path.written().toString(), path.type().declared().toString()));
        return new Piece.Parameter(name, notation(path, format));
    }

    /** Timestamps have more than one plain text, so that theirs is always named. */
    private static String notation(ResolvedPath path, KeyFormat format) {
        return format.notation().isEmpty() && path.type().kind() == ValueType.Kind.TIMESTAMP
                ? "iso"
                : format.notation();
    }

    /** The parameters that were used. */
    List<Resolution.Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    /** The same conditions with no parameter used yet. */
    Bindings fresh() {
        return new Bindings(conditions);
    }
}
