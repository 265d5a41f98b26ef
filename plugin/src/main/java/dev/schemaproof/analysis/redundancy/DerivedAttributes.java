package dev.schemaproof.analysis.redundancy;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.ScalarKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what is derived in one entity by names and types.
 *
 * <p>No result is what identifies a row or refers to another, what is generated, what {@code independent} refutes, and
 * what {@code dependencies} declare, of which others speak.
 */
final class DerivedAttributes {

    private static final Set<ScalarKind> TIMES =
            Set.of(ScalarKind.DATE, ScalarKind.TIME, ScalarKind.TIMESTAMP, ScalarKind.TIMESTAMPTZ);

    /** Endings of parts of a day or time, with PostgreSQL's words for them. */
    private static final List<Map.Entry<String, String>> FIELDS = List.of(
            Map.entry("_year", "year"),
            Map.entry("_quarter", "quarter"),
            Map.entry("_month", "month"),
            Map.entry("_week", "week"),
            Map.entry("_weekday", "isodow"),
            Map.entry("_day_of_week", "isodow"),
            Map.entry("_hour", "hour"));

    private static final Pattern IN_CASE = Pattern.compile("(.+)_(lower|upper)(?:case)?|(lower|upper)(?:case)?_(.+)");

    private static final Pattern POINT =
            Pattern.compile("(?i)\\s*(point|(geometry|geography)\\s*(\\(\\s*point\\b.*)?)\\s*");

    private static final Pattern STATE = Pattern.compile("^(is|was|has_been)_");

    private static final List<String> MOMENTS = List.of("_date", "_at", "_on", "_time", "_timestamp");

    private final Entity entity;
    private final BaseTypes types;
    private final PostgresDialect dialect = new PostgresDialect();

    private DerivedAttributes(Entity entity, BaseTypes types) {
        this.entity = entity;
        this.types = types;
    }

    static Stream<DerivedAttribute> in(Entity entity, BaseTypes types) {
        var refutations = Refutations.of(entity);
        var fixed = new HashSet<>(entity.keyNames());
        entity.references().values().forEach(reference -> fixed.addAll(reference.names()));
        entity.dependencies().stream()
                .flatMap(dependency -> dependency.dependent().stream())
                .map(Located::value)
                .forEach(fixed::add);
        var finder = new DerivedAttributes(entity, types);
        return entity.attributes().values().stream()
                .filter(attribute -> attribute.generated().isEmpty())
                .filter(attribute -> !fixed.contains(attribute.name().value()))
                .flatMap(attribute -> finder.derived(attribute).stream())
                .filter(derived -> !refutations.refute(
                        derived.from().stream()
                                .map(input -> input.name().value())
                                .toList(),
                        derived.attribute().name().value()));
    }

    private Optional<DerivedAttribute> derived(Attribute attribute) {
        return Recipe.of(attribute.name().value()).stream()
                .flatMap(recipe -> byRecipe(attribute, recipe).stream())
                .findFirst()
                .or(() -> flag(attribute))
                .or(() -> field(attribute))
                .or(() -> inCents(attribute))
                .or(() -> inCase(attribute))
                .or(() -> point(attribute));
    }

    private Optional<DerivedAttribute> byRecipe(Attribute attribute, Recipe recipe) {
        var name = attribute.name().value();
        return recipe.results().stream()
                .filter(result -> name.equals(result) || name.endsWith("_" + result))
                .map(result -> name.substring(0, name.length() - result.length()))
                .flatMap(prefix -> inputs(prefix, recipe).stream())
                .filter(inputs -> !inputs.contains(attribute) && fit(attribute, inputs, recipe.kind()))
                .map(inputs -> found(attribute, inputs, recipe.formula(), recipe.because()))
                .findFirst();
    }

    private Optional<List<Attribute>> inputs(String prefix, Recipe recipe) {
        var inputs = new ArrayList<Attribute>();
        for (var names : recipe.inputs()) {
            names.stream()
                    .flatMap(name -> entity.attribute(prefix + name).stream())
                    .findFirst()
                    .ifPresent(inputs::add);
        }
        return inputs.size() == recipe.inputs().size() ? Optional.of(inputs) : Optional.empty();
    }

    private boolean fit(Attribute result, List<Attribute> inputs, Recipe.Kind kind) {
        return switch (kind) {
            case NUMBERS -> isNumber(result) && inputs.stream().allMatch(this::isNumber);
            case TEXTS -> isText(result) && inputs.stream().allMatch(this::isText);
            case TIMES ->
                (isNumber(result) || isScalar(result, Set.of(ScalarKind.INTERVAL)))
                        && inputs.stream().allMatch(input -> isScalar(input, TIMES));
        };
    }

    /** {@code is_deleted} beside {@code deleted_at}, which is empty until then. */
    private Optional<DerivedAttribute> flag(Attribute attribute) {
        if (!isScalar(attribute, Set.of(ScalarKind.BOOLEAN))) {
            return Optional.empty();
        }
        var stem = STATE.matcher(attribute.name().value()).replaceFirst("");
        return Stream.of("_at", "_on", "_date")
                .flatMap(ending -> entity.attribute(stem + ending).stream())
                .filter(moment -> moment.optional() && isScalar(moment, TIMES))
                .map(moment -> found(
                        attribute,
                        List.of(moment),
                        Optional.of("$1 IS NOT NULL"),
                        "`" + moment.name() + "` is empty where it is not so"))
                .findFirst();
    }

    /** {@code order_year} beside {@code order_date}. */
    private Optional<DerivedAttribute> field(Attribute attribute) {
        var name = attribute.name().value();
        if (!types.isInteger(attribute.type().value())) {
            return Optional.empty();
        }
        return FIELDS.stream()
                .filter(field -> name.endsWith(field.getKey())
                        && name.length() > field.getKey().length())
                .flatMap(field -> MOMENTS.stream()
                        .flatMap(ending ->
                                entity
                                        .attribute(name.substring(
                                                        0,
                                                        name.length()
                                                                - field.getKey().length())
                                                + ending)
                                        .stream())
                        .filter(moment -> isScalar(moment, TIMES))
                        .map(moment -> found(
                                attribute,
                                List.of(moment),
                                // What time it is then depends on the session's zone
                                isScalar(moment, Set.of(ScalarKind.TIMESTAMPTZ))
                                        ? Optional.empty()
                                        : Optional.of("extract(" + field.getValue() + " FROM $1)"),
                                "it is called as a part of `" + moment.name() + "` would be")))
                .findFirst();
    }

    /** {@code price_cents} beside {@code price}. */
    private Optional<DerivedAttribute> inCents(Attribute attribute) {
        var name = attribute.name().value();
        var stem = name.endsWith("_in_cents")
                ? name.substring(0, name.length() - "_in_cents".length())
                : name.endsWith("_cents") ? name.substring(0, name.length() - "_cents".length()) : name;
        return stem.equals(name) || !isNumber(attribute)
                ? Optional.empty()
                : entity.attribute(stem)
                        .filter(this::isNumber)
                        .map(amount -> found(
                                attribute,
                                List.of(amount),
                                Optional.of("$1 * 100"),
                                "it is called as `" + amount.name() + "` in cents would be"));
    }

    /** {@code email_lower} beside {@code email}. */
    private Optional<DerivedAttribute> inCase(Attribute attribute) {
        var match = IN_CASE.matcher(attribute.name().value());
        if (!match.matches() || !isText(attribute)) {
            return Optional.empty();
        }
        var behind = match.group(1) != null;
        var function = match.group(behind ? 2 : 3);
        return entity.attribute(match.group(behind ? 1 : 4))
                .filter(this::isText)
                .map(original -> found(
                        attribute,
                        List.of(original),
                        Optional.of(function + "($1)"),
                        "it is called as `" + original.name() + "` in " + function + " case would be"));
    }

    /** A point beside its coordinates. */
    private Optional<DerivedAttribute> point(Attribute attribute) {
        if (!(types.of(attribute.type().value()) instanceof DataType.Native verbatim)
                || !POINT.matcher(verbatim.text()).matches()) {
            return Optional.empty();
        }
        var name = attribute.name().value();
        return Stream.of("", name.substring(0, name.lastIndexOf('_') + 1))
                .flatMap(prefix -> Stream.of("latitude", "lat")
                        .flatMap(latitude -> entity.attribute(prefix + latitude).stream())
                        .flatMap(latitude -> Stream.of("longitude", "lng", "lon", "long")
                                .flatMap(longitude -> entity.attribute(prefix + longitude).stream())
                                .filter(longitude -> isNumber(latitude) && isNumber(longitude))
                                .map(longitude -> found(
                                        attribute,
                                        List.of(longitude, latitude),
                                        verbatim.text().strip().equalsIgnoreCase("point")
                                                ? Optional.of("point($1, $2)")
                                                : Optional.empty(),
                                        "a point follows from its coordinates"))))
                .findFirst();
    }

    private DerivedAttribute found(
            Attribute attribute, List<Attribute> inputs, Optional<String> formula, String because) {
        var certain = formula.filter(text ->
                        inputs.stream().allMatch(input -> input.generated().isEmpty()))
                .filter(text -> inputs.stream().noneMatch(input -> isScalar(input, TIMES))
                        || !text.contains(" - ")
                        || isDifference(attribute, inputs));
        return new DerivedAttribute(entity, attribute, inputs, certain.map(text -> filled(text, inputs)), because);
    }

    /** Two moments of one kind are a span of time apart; two days are a number apart. */
    private boolean isDifference(Attribute attribute, List<Attribute> moments) {
        var kinds = moments.stream()
                .map(moment -> types.of(moment.type().value()))
                .distinct()
                .toList();
        return kinds.size() == 1
                && isScalar(attribute, Set.of(ScalarKind.INTERVAL))
                && !isScalar(moments.get(0), Set.of(ScalarKind.DATE));
    }

    private String filled(String formula, List<Attribute> inputs) {
        var filled = formula;
        for (var i = 0; i < inputs.size(); i++) {
            filled = filled.replace(
                    "$" + (i + 1), dialect.identifier(inputs.get(i).column().value()));
        }
        return filled;
    }

    private boolean isNumber(Attribute attribute) {
        return types.isNumber(attribute.type().value());
    }

    private boolean isText(Attribute attribute) {
        return types.isText(attribute.type().value());
    }

    private boolean isScalar(Attribute attribute, Set<ScalarKind> kinds) {
        return types.of(attribute.type().value()) instanceof DataType.Scalar scalar && kinds.contains(scalar.kind());
    }
}
