package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Attributed;
import dev.schemaproof.analysis.access.Condition.Basis;
import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Filter;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.ScalarKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what a structured pattern asks for. A path such as {@code author.name} joins the entity that it leads to.
 *
 * <p>{@code starts with} is taken as the range of texts that it is; unlike {@code LIKE :parameter}, it doesn't leave the
 * planner in doubt about where the text begins.
 */
final class StructuredShape {

    /** An attribute of a use, and the uses on the path to it. */
    private record Found(ShapeDraft.Use use, Attribute attribute, List<ShapeDraft.Use> passed) {}

    /** Two attributes that a join compares. */
    private record Pair(Attributed own, Attributed key) {}

    private final StoreTables tables;
    private final ShapeDraft draft = new ShapeDraft();
    private final ShapeDraft.Block block = draft.newBlock();
    private final Map<String, ShapeDraft.Use> joined = new HashMap<>();
    private final List<Pair> pairs = new ArrayList<>();

    StructuredShape(StoreTables tables) {
        this.tables = tables;
    }

    PatternShape read(AccessPattern pattern) {
        if (pattern instanceof AccessPattern.Read read) {
            start(read.entity()).ifPresentOrElse(use -> read(read, use), draft::unsound);
        } else if (pattern instanceof AccessPattern.Write write) {
            switch (write.kind()) {
                case INSERT -> {}
                case UPSERT -> start(write.entity()).ifPresentOrElse(this::upsert, draft::unsound);
                case UPDATE, DELETE -> start(write.entity()).ifPresentOrElse(use -> write(write, use), draft::unsound);
            }
        }
        pairs.forEach(this::compare);
        return draft.finish();
    }

    private Optional<ShapeDraft.Use> start(Located<String> name) {
        return tables.entity(name.value())
                .map(entity -> draft.newUse(entity, entity.table().value(), name.at(), block));
    }

    private void read(AccessPattern.Read read, ShapeDraft.Use use) {
        read.where().forEach(condition -> where(condition, use));
        var sorts = new ArrayList<Sort>();
        for (var order : read.orderBy()) {
            at(use, order.attribute())
                    .ifPresent(found -> sorts.add(new Sort(
                            OptionalInt.of(found.use().id),
                            Term.attribute(found.attribute().name().value()),
                            order.descending(),
                            order.nullsStandFirst(),
                            false)));
        }
        var counting = read.find() == AccessPattern.Find.COUNT;
        block.order = counting ? List.of() : List.copyOf(sorts);
        block.limited = !counting && (read.limit().isPresent() || read.find() == AccessPattern.Find.ONE);
        block.streaming = !counting;
        read.select()
                .forEach(path -> at(use, path)
                        .ifPresent(found -> found.use()
                                .returned
                                .add(found.attribute().name().value())));
        sorts.forEach(sort ->
                draft.use(sort.use().orElseThrow()).returned.add(sort.term().text()));
        if (read.select().isEmpty() && !counting) {
            use.returnAll();
        }
    }

    /** A row in the way is found by its key. */
    private void upsert(ShapeDraft.Use use) {
        use.rows = true;
        for (var name : use.entity.keyNames()) {
            var basis = new Basis(name + " = :" + name, Set.of(name), new Claim.Other(""), true);
            use.conditions.add(comparison(Term.attribute(name), Kind.EQUAL, "=", basis));
        }
    }

    private void write(AccessPattern.Write write, ShapeDraft.Use use) {
        use.rows = true;
        write.where().forEach(condition -> where(condition, use));
    }

    /** The attribute at the end of a path, joining what the path passes. */
    private Optional<Found> at(ShapeDraft.Use start, Located<String> path) {
        var names = path.value().split("\\.", -1);
        var use = start;
        var passed = new StringBuilder();
        var uses = new ArrayList<ShapeDraft.Use>();
        for (var i = 0; i < names.length - 1; i++) {
            passed.append(names[i]).append('.');
            var next = join(use, names[i], passed.toString(), path);
            if (next.isEmpty()) {
                draft.unsound();
                return Optional.empty();
            }
            use = next.get();
            uses.add(use);
        }
        var attribute = use.entity.attribute(names[names.length - 1]);
        if (attribute.isEmpty()) {
            draft.unsound();
        }
        var last = use;
        return attribute.map(found -> new Found(last, found, uses));
    }

    private Optional<ShapeDraft.Use> join(ShapeDraft.Use use, String role, String passed, Located<String> path) {
        var known = joined.get(passed);
        if (known != null) {
            return Optional.of(known);
        }
        var reference = use.entity.reference(role);
        var target = reference.flatMap(found -> tables.entity(found.entity().value()));
        if (target.isEmpty()
                || reference.get().attributes().size() != target.get().key().size()) {
            return Optional.empty();
        }
        var next = draft.newUse(target.get(), role, path.at(), block);
        // Where the reference may be absent, so may what it leads to: rows without it are kept
        next.optional = reference.get().names().stream()
                .anyMatch(name ->
                        use.entity.attribute(name).map(Attribute::optional).orElse(true));
        for (var i = 0; i < target.get().key().size(); i++) {
            pairs.add(new Pair(
                    new Attributed(use.id, reference.get().names().get(i)),
                    new Attributed(next.id, target.get().keyNames().get(i))));
        }
        joined.put(passed, next);
        return Optional.of(next);
    }

    private void compare(Pair pair) {
        var next = draft.use(pair.key().use());
        equal(next, pair.key(), pair.own());
        if (!next.optional) {
            equal(draft.use(pair.own().use()), pair.own(), pair.key());
            draft.equate(pair.own(), pair.key());
        }
    }

    private static void equal(ShapeDraft.Use use, Attributed own, Attributed other) {
        var basis = new Basis(
                own.attribute() + " = " + other.attribute(), Set.of(own.attribute()), new Claim.Other(""), true);
        var needs = Set.of(other.use());
        use.conditions.add(new Comparison(
                Term.attribute(own.attribute()), Kind.EQUAL, "=", true, needs, Optional.of(other), basis));
    }

    private void where(dev.schemaproof.model.Condition condition, ShapeDraft.Use start) {
        at(start, condition.attribute()).ifPresent(found -> {
            found.use().conditions.add(condition(condition, found));
            // A condition on what a reference leads to drops the rows without it
            found.passed().forEach(passed -> passed.optional = false);
        });
    }

    private Condition condition(dev.schemaproof.model.Condition condition, Found found) {
        var attribute = found.attribute();
        var column = attribute.column().value();
        var constant = condition.operands().stream().noneMatch(Operand.Parameter.class::isInstance);
        var claim = claim(condition, column);
        var values = condition.operands().stream().map(StructuredShape::text).collect(Collectors.joining(", "));
        var word = condition.operator().text();
        var text = column + " " + word + (values.isEmpty() ? "" : " " + values);
        var basis = new Basis(text, Set.of(attribute.name().value()), claim, true);
        var term = Term.attribute(attribute.name().value());
        return switch (condition.operator()) {
            case EQUAL -> comparison(term, Kind.EQUAL, isTruth(condition) ? "is" : "=", basis);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, BETWEEN -> comparison(term, Kind.RANGE, word, basis);
            case IN ->
                comparison(term, condition.operands().size() == 1 && constant ? Kind.EQUAL : Kind.ANY_OF, "=", basis);
            case STARTS_WITH -> comparison(term, Kind.PREFIX, "^@", basis);
            case CONTAINS ->
                containable(attribute)
                        ? comparison(term, Kind.OPERATOR, "@>", basis)
                        : new Filter("only arrays and json contain what an index can find", basis);
            case MATCHES -> comparison(term, Kind.OPERATOR, "matches", basis);
            case IS_NULL -> comparison(term, Kind.NULL, "is", basis);
            case IS_NOT_NULL -> comparison(term, Kind.NOT_NULL, "is", basis);
            case NOT_EQUAL -> new Filter("no index answers it", basis);
        };
    }

    private static boolean isTruth(dev.schemaproof.model.Condition condition) {
        return condition.operands().get(0) instanceof Operand.Plain plain
                && Set.of("true", "false").contains(plain.value());
    }

    private static Claim claim(dev.schemaproof.model.Condition condition, String column) {
        var values =
                condition.operands().stream().map(StructuredShape::constant).toList();
        return switch (condition.operator()) {
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, NOT_EQUAL ->
                compared(column, condition.operator().text(), values.get(0));
            case BETWEEN ->
                new Claim.All(List.of(compared(column, ">=", values.get(0)), compared(column, "<=", values.get(1))));
            case IN -> Claim.among(column, values, Set.of(column));
            case STARTS_WITH, CONTAINS, MATCHES ->
                compared(column, condition.operator().text(), Optional.empty());
            case IS_NULL -> new Claim.Other(column + " is null");
            case IS_NOT_NULL -> new Claim.Present(column);
        };
    }

    private static Claim compared(String column, String operator, Optional<Claim.Constant> value) {
        return new Claim.Compared(column, operator, value, Set.of(column));
    }

    private static Optional<Claim.Constant> constant(Operand operand) {
        if (operand instanceof Operand.Text text) {
            return Optional.of(Claim.Constant.of(text.value(), false));
        }
        return operand instanceof Operand.Plain plain
                ? Optional.of(Claim.Constant.of(plain.value(), plain.value().matches("-?[0-9]+(\\.[0-9]+)?")))
                : Optional.empty();
    }

    private boolean containable(Attribute attribute) {
        var type = tables.types().of(attribute.type().value());
        return type instanceof DataType.Array
                || type instanceof DataType.Native
                || type.equals(new DataType.Scalar(ScalarKind.JSON));
    }

    private static Comparison comparison(Term term, Kind kind, String operator, Basis basis) {
        return new Comparison(term, kind, operator, true, Set.of(), Optional.empty(), basis);
    }

    /** As SQL writes it, so that it compares with the predicate of a partial index. */
    private static String text(Operand operand) {
        if (operand instanceof Operand.Parameter parameter) {
            return ":" + parameter.name();
        } else if (operand instanceof Operand.Text text) {
            return "'" + text.value().replace("'", "''") + "'";
        }
        return ((Operand.Plain) operand).value();
    }
}
