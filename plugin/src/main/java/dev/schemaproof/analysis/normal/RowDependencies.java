package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.type.ModelTypes;
import dev.schemaproof.analysis.type.TypedText;
import dev.schemaproof.analysis.type.Volatility;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.sql.SqlExpression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The dependencies that expressions over a row make: what is generated follows from what it is generated from, and what a
 * check holds equal to an expression follows from the attributes in that.
 *
 * <p>A check that is unknown passes, so that an equality holds only where neither side can be null: the attributes on both
 * sides are present in every row, and the expression gives a value for values. {@code IS NOT DISTINCT FROM} is never
 * unknown.
 */
final class RowDependencies {

    /** Of values they give a value, or fail. */
    private static final Set<String> TOTAL_OPERATORS = Set.of("+", "-", "*", "/", "%", "^", "||");

    /** Of values they give a value, or fail. */
    private static final Set<String> TOTAL_FUNCTIONS = Set.of(
            "abs",
            "btrim",
            "ceil",
            "ceiling",
            "char_length",
            "character_length",
            "coalesce",
            "concat",
            "div",
            "floor",
            "greatest",
            "initcap",
            "least",
            "left",
            "length",
            "lower",
            "lpad",
            "ltrim",
            "md5",
            "mod",
            "power",
            "replace",
            "right",
            "round",
            "rpad",
            "rtrim",
            "sign",
            "sqrt",
            "substr",
            "trunc",
            "upper");

    private static final Set<ScalarKind> FLOATING = Set.of(ScalarKind.FLOAT, ScalarKind.DOUBLE);

    private final Entity entity;
    private final AttributeNames names;
    private final Set<String> present;
    private final Model model;
    private final BaseTypes bases;
    private final ModelTypes types;

    RowDependencies(Entity entity, AttributeNames names, Set<String> present, Model model, ModelTypes types) {
        this.entity = entity;
        this.names = names;
        this.present = present;
        this.model = model;
        bases = new BaseTypes(model);
        this.types = types;
    }

    Stream<SourcedDependency> all() {
        return Stream.concat(
                entity.attributes().values().stream().flatMap(attribute -> generated(attribute).stream()),
                RowChecks.of(entity, types)
                        .flatMap(check -> check.conjuncts().flatMap(conjunct -> equality(conjunct, check))));
    }

    private Optional<SourcedDependency> generated(Attribute attribute) {
        return attribute
                .generated()
                .flatMap(types::text)
                // What is not known to be immutable PostgreSQL refuses, or knows better
                .filter(text -> text.typed().volatility() != Volatility.MUTABLE)
                .flatMap(text -> inputs(text.tree(), text)
                        .map(inputs -> dependency(
                                inputs,
                                attribute,
                                new Origin.Generated(
                                        attribute.name().value(),
                                        attribute.name().at()))));
    }

    private Stream<SourcedDependency> equality(SqlExpression conjunct, RowChecks check) {
        if (!(conjunct instanceof SqlExpression.Operation operation)
                || operation.operands().size() != 2) {
            return Stream.empty();
        }
        var exact = operation.operator().equals("is not distinct from");
        if (!exact && !operation.operator().equals("=")) {
            return Stream.empty();
        }
        var left = operation.operands().get(0);
        var right = operation.operands().get(1);
        return Stream.concat(equal(left, right, exact, check).stream(), equal(right, left, exact, check).stream());
    }

    private Optional<SourcedDependency> equal(SqlExpression side, SqlExpression other, boolean exact, RowChecks check) {
        if (!(side instanceof SqlExpression.Column column)) {
            return Optional.empty();
        }
        var attribute = check.attribute(column);
        var inputs = inputs(other, check.text());
        if (attribute.isEmpty() || inputs.isEmpty()) {
            return Optional.empty();
        }
        var determined = attribute.get();
        var certain = exact
                || present.contains(determined.name().value())
                        && inputs.get().stream().allMatch(this::hasValue)
                        && isTotal(other);
        return certain
                        && other.walk().noneMatch(RowDependencies::collates)
                        && !inputs.get().contains(determined)
                        && isEqualOnlyToItself(determined, inputs.get())
                ? Optional.of(dependency(
                        inputs.get(),
                        determined,
                        new Origin.Equality(
                                check.name(),
                                determined.name().value(),
                                check.text().text(other.span()),
                                check.text().reading().source().at())))
                : Optional.empty();
    }

    private SourcedDependency dependency(Set<Attribute> inputs, Attribute determined, Origin origin) {
        return new SourcedDependency(
                new FunctionalDependency(
                        names.knownOf(inputs.stream()
                                .map(input -> input.name().value())
                                .toList()),
                        names.knownOf(List.of(determined.name().value()))),
                origin);
    }

    /** The attributes that an expression reads; empty if it reads anything else. */
    private static Optional<Set<Attribute>> inputs(SqlExpression expression, TypedText text) {
        var inputs = new LinkedHashSet<Attribute>();
        var readable = expression.walk().allMatch(part -> {
            if (part instanceof SqlExpression.Column column) {
                var stored = text.reading().names().stored(column);
                stored.ifPresent(found -> inputs.add(found.attribute()));
                return stored.isPresent();
            }
            return part.query().isEmpty()
                    && !(part instanceof SqlExpression.Opaque)
                    && !(part instanceof SqlExpression.Star)
                    && !(part instanceof SqlExpression.Parameter);
        });
        return readable ? Optional.of(inputs) : Optional.empty();
    }

    /** JSON's null is a value, but casts to null. */
    private boolean hasValue(Attribute input) {
        return present.contains(input.name().value())
                && !bases.of(input.type().value()).equals(new DataType.Scalar(ScalarKind.JSON));
    }

    /** Whether it surely gives a value for values. */
    private static boolean isTotal(SqlExpression expression) {
        return expression
                .walk()
                .allMatch(part -> part instanceof SqlExpression.Column
                        || part instanceof SqlExpression.Literal literal
                                && literal.kind() != SqlExpression.Literal.Kind.NULL
                        || part instanceof SqlExpression.Cast
                        || part instanceof SqlExpression.Operation operation
                                && TOTAL_OPERATORS.contains(operation.operator())
                        || part instanceof SqlExpression.Call call
                                && TOTAL_FUNCTIONS.contains(call.function())
                                && !call.windowed());
    }

    /**
     * Whether two of its values that equal the same are equal themselves. A collation or an extension's type may take
     * different texts for equal, beside a {@code char(n)} trailing blanks don't count, and beside a float exact numbers are
     * rounded before they are compared.
     */
    private boolean isEqualOnlyToItself(Attribute attribute, Set<Attribute> inputs) {
        var type = bases.of(attribute.type().value());
        if (type instanceof DataType.Native || type instanceof DataType.Unreadable || type instanceof DataType.Array) {
            return false;
        }
        if (bases.isText(type)) {
            return !isCollated(attribute)
                    && inputs.stream().noneMatch(this::isCollated)
                    && (type instanceof DataType.Fixed
                            || inputs.stream()
                                    .noneMatch(input -> bases.of(input.type().value()) instanceof DataType.Fixed));
        }
        return isFloating(type)
                || inputs.stream()
                        .noneMatch(input -> isFloating(bases.of(input.type().value())));
    }

    private static boolean collates(SqlExpression part) {
        return part instanceof SqlExpression.Form form && form.form().startsWith("collate ");
    }

    private boolean isCollated(Attribute attribute) {
        return attribute.collation().isPresent()
                || attribute.type().value() instanceof DataType.Named named
                        && model.types().get(named.name()) instanceof TypeDefinition.Domain domain
                        && domain.collation().isPresent();
    }

    private static boolean isFloating(DataType type) {
        return type instanceof DataType.Scalar scalar && FLOATING.contains(scalar.kind());
    }
}
