package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Attributed;
import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Filter;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.ConditionReader.Side;
import dev.schemaproof.analysis.access.Scope.Derived;
import dev.schemaproof.analysis.access.Scope.Meaning;
import dev.schemaproof.analysis.access.Scope.Pass;
import dev.schemaproof.analysis.access.Scope.Source;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.FromItem.JoinKind;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gives each condition of a query to the uses whose rows it narrows. */
final class SqlConditions {

    private final SqlShape shape;
    private final ShapeDraft draft;
    private final ConditionReader reader;

    SqlConditions(SqlShape shape, ShapeDraft draft, StoreTables tables) {
        this.shape = shape;
        this.draft = draft;
        this.reader = new ConditionReader(tables, shape::outerUses);
    }

    ConditionReader reader() {
        return reader;
    }

    /**
     * Takes the conditions of a query.
     *
     * @param block the block of the query
     * @param bindable uses around the query that its conditions bound as well
     */
    void apply(
            List<SqlSources.Join> joins,
            Optional<SqlExpression> where,
            Scope scope,
            ShapeDraft.Block block,
            Set<Integer> bindable) {
        var conjuncts = where.map(Conjuncts::of).orElse(List.of());
        var strict = new TreeSet<Integer>();
        conjuncts.forEach(conjunct -> strict.addAll(strictUses(conjunct, scope)));
        for (var i = joins.size() - 1; i >= 0; i--) {
            var join = reduced(joins.get(i), strict);
            var optional = new TreeSet<Integer>();
            if (join.kind() == JoinKind.LEFT || join.kind() == JoinKind.FULL) {
                optional.addAll(join.right());
            }
            if (join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.FULL) {
                optional.addAll(join.left());
            }
            optional.removeIf(use -> draft.use(use).block != block.id);
            optional.forEach(use -> draft.use(use).optional = true);
            var targets = new TreeSet<Integer>();
            if (join.kind() == JoinKind.INNER || join.kind() == JoinKind.LEFT) {
                targets.addAll(join.right());
            }
            if (join.kind() == JoinKind.INNER || join.kind() == JoinKind.RIGHT) {
                targets.addAll(join.left());
            }
            // What a query gives that isn't a part of this one can't be narrowed from here
            targets.removeIf(use -> draft.use(use).block != block.id);
            strict.addAll(strictUses(join, scope));
            if (join.kind() == JoinKind.INNER) {
                targets.addAll(bindable);
            }
            join.on().forEach(conjunct -> add(conjunct, scope, targets));
        }
        var targets = new TreeSet<>(scope.uses());
        targets.removeIf(use -> draft.use(use).optional || draft.use(use).block != block.id);
        targets.addAll(bindable);
        conjuncts.forEach(conjunct -> where(conjunct, scope, block, targets));
    }

    private void where(SqlExpression conjunct, Scope scope, ShapeDraft.Block block, Set<Integer> targets) {
        add(conjunct, scope, targets);
        // What holds only for rows without a partner narrows neither side, but is tested for each row
        for (var use : reader.needs(new Side(conjunct, scope))) {
            if (draft.use(use).optional && draft.use(use).block == block.id) {
                draft.use(use).conditions.add(new Filter(Filter.AFTER_OUTER_JOIN, reader.basis(conjunct, scope, use)));
            }
        }
    }

    /** An outer join whose rows without partner a condition drops is none. */
    private static SqlSources.Join reduced(SqlSources.Join join, Set<Integer> strict) {
        var left = join.left().stream().anyMatch(strict::contains);
        var right = join.right().stream().anyMatch(strict::contains);
        var kind = switch (join.kind()) {
            case INNER -> JoinKind.INNER;
            case LEFT -> right ? JoinKind.INNER : JoinKind.LEFT;
            case RIGHT -> left ? JoinKind.INNER : JoinKind.RIGHT;
            case FULL -> left && right ? JoinKind.INNER : left ? JoinKind.LEFT : right ? JoinKind.RIGHT : JoinKind.FULL;
        };
        return new SqlSources.Join(kind, join.left(), join.right(), join.on());
    }

    /** The uses of which a join keeps no row whose columns are all absent. */
    private static Set<Integer> strictUses(SqlSources.Join join, Scope scope) {
        var strict = new TreeSet<Integer>();
        join.on().forEach(conjunct -> strict.addAll(strictUses(conjunct, scope)));
        // An outer join keeps one of its sides whatever the condition says
        switch (join.kind()) {
            case INNER -> {}
            case LEFT -> strict.retainAll(join.right());
            case RIGHT -> strict.retainAll(join.left());
            case FULL -> strict.clear();
        }
        return strict;
    }

    /** The uses all of whose columns being absent makes the condition fail. */
    private static Set<Integer> strictUses(SqlExpression conjunct, Scope scope) {
        if (conjunct instanceof SqlExpression.Exists exists) {
            return exists.negated() ? Set.of() : strictUses(exists.rows(), scope);
        }
        return isStrict(conjunct) ? scope.usesOf(conjunct) : Set.of();
    }

    /** The uses around a query that gives no row where all of their columns are absent. */
    private static Set<Integer> strictUses(SqlQuery query, Scope scope) {
        var strict = new TreeSet<Integer>();
        if (query instanceof SqlQuery.Select select
                && select.with().isEmpty()
                && isJoined(select)
                && select.from().stream().allMatch(FromItem.Table.class::isInstance)) {
            var own = select.from().stream()
                    .map(item -> ((FromItem.Table) item).called().value())
                    .toList();
            select.where().map(Conjuncts::of).orElse(List.of()).stream()
                    .filter(SqlConditions::isStrict)
                    .flatMap(SqlExpression::walk)
                    .filter(node -> node instanceof SqlExpression.Column column
                            && column.table()
                                    .filter(name -> !own.contains(name.value()))
                                    .isPresent())
                    .forEach(column -> strict.addAll(scope.usesOf(column)));
        }
        return strict;
    }

    /** Whether it fails for a row that lacks any of the columns that it is about. */
    private static boolean isStrict(SqlExpression conjunct) {
        var compares = conjunct instanceof SqlExpression.Operation operation
                        && operation.operands().size() == 2
                        && !operation.operator().startsWith("is ")
                || conjunct instanceof SqlExpression.InValues
                || conjunct instanceof SqlExpression.Like
                || conjunct instanceof SqlExpression.InQuery
                || conjunct instanceof SqlExpression.NullTest test && test.negated();
        var plain = conjunct.walk()
                .noneMatch(node -> node instanceof SqlExpression.Call
                        || node instanceof SqlExpression.Form
                        || node instanceof SqlExpression.Or
                        || node instanceof SqlExpression.Row
                        || node instanceof SqlExpression.Opaque
                        || !node.equals(conjunct) && node instanceof SqlExpression.NullTest
                        || node instanceof SqlExpression.TruthTest
                        || node instanceof SqlExpression.Operation operation
                                && operation.operator().startsWith("is "));
        return compares && plain;
    }

    /** Gives one condition to those of the targets that it is about. */
    private void add(SqlExpression conjunct, Scope scope, Set<Integer> targets) {
        if (conjunct instanceof SqlExpression.Exists exists) {
            exists(exists, scope, targets);
        } else if (conjunct instanceof SqlExpression.InQuery in) {
            in(in, scope, targets);
        } else {
            shape.returned(onlyQueries(conjunct), scope);
            if (!pass(conjunct, scope)) {
                compare(conjunct, scope, targets);
            }
        }
    }

    /** What has to be looked into, though a condition's own columns aren't returned. */
    private static SqlExpression onlyQueries(SqlExpression conjunct) {
        var parts = conjunct.walk()
                .filter(node -> node.query().isPresent() || node instanceof SqlExpression.Opaque)
                .map(node -> node instanceof SqlExpression.InQuery in
                        ? new SqlExpression.Subquery(in.values(), false, in.span())
                        : node)
                .toList();
        return new SqlExpression.Form("queries", parts, conjunct.span());
    }

    private void compare(SqlExpression conjunct, Scope scope, Set<Integer> targets) {
        var uses = reader.needs(new Side(conjunct, scope));
        conjunct.walk().forEach(node -> {
            if (node instanceof SqlExpression.Column column && scope.meaning(column) instanceof Meaning.Unknown) {
                shape.blind(column.span(), "`" + column.name() + "`");
            }
        });
        var equal = new ArrayList<Attributed>();
        for (var id : uses) {
            var use = draft.use(id);
            var condition = reader.read(conjunct, scope, id);
            var own = scope.uses().contains(id);
            if (!own || !targets.contains(id)) {
                // What a nested query compares with is read even where an index answers all else
                use.returned.addAll(condition.basis().attributes());
            }
            if (!targets.contains(id)) {
                continue;
            }
            use.conditions.add(own ? condition : following(condition));
            if (condition instanceof Comparison comparison
                    && comparison.kind() == Kind.EQUAL
                    && !comparison.term().expression()) {
                equal.add(new Attributed(id, comparison.term().text()));
            }
        }
        if (equal.size() == 2) {
            draft.equate(equal.get(0), equal.get(1));
        }
    }

    /** A condition of a nested query on a use around it: it helps to find rows, and the nested query tests them anyway. */
    private static Condition following(Condition condition) {
        if (condition instanceof Comparison comparison) {
            return new Comparison(
                    comparison.term(),
                    comparison.kind(),
                    comparison.operator(),
                    comparison.selective(),
                    comparison.needs(),
                    comparison.with(),
                    comparison.basis().following());
        }
        return new Filter("no index answers it", condition.basis().following());
    }

    private void exists(SqlExpression.Exists exists, Scope scope, Set<Integer> targets) {
        var joined = !exists.negated() && exists.rows() instanceof SqlQuery.Select select && isJoined(select);
        var outer =
                shape.nested(exists.rows(), scope, joined ? targets : Set.of()).outer();
        filter(exists, scope, targets, outer);
    }

    private static boolean isJoined(SqlQuery.Select select) {
        return select.groupBy().isEmpty()
                && select.having().isEmpty()
                && select.items().stream().noneMatch(item -> Functions.aggregates(item.value()))
                && select.tail().offset().isEmpty();
    }

    private void filter(SqlExpression conjunct, Scope scope, Set<Integer> targets, Set<Integer> uses) {
        for (var id : uses) {
            if (targets.contains(id) && scope.uses().contains(id)) {
                draft.use(id).conditions.add(new Filter("only a query tells", reader.basis(conjunct, scope, id)));
            }
        }
    }

    private void in(SqlExpression.InQuery in, Scope scope, Set<Integer> targets) {
        var result = shape.nested(in.values(), scope, Set.of());
        var operands = in.operand() instanceof SqlExpression.Row row ? row.values() : List.of(in.operand());
        if (!in.negated()
                && result.outer().isEmpty()
                && operands.size() == result.outputs().size()) {
            for (var i = 0; i < operands.size(); i++) {
                var output = result.outputs().get(i).output();
                join(new Side(operands.get(i), scope), new Side(output.value(), output.scope()), in, targets, result);
            }
        }
        var uses = new TreeSet<>(scope.usesOf(in.operand()));
        uses.addAll(result.outer());
        filter(in, scope, targets, uses);
    }

    private void join(Side outer, Side inner, SqlExpression.InQuery in, Set<Integer> targets, SqlShape.Result result) {
        for (var id : outer.scope().usesOf(outer.expression())) {
            if (targets.contains(id)) {
                var basis = reader.basis(in, outer.scope(), id).following();
                var condition = reader.compare("=", outer, inner, id, basis);
                reader.term(outer, id).ifPresent(term -> {
                    // Each value that the query gives is looked up
                    var known = condition instanceof Comparison || !result.pulled();
                    if (known) {
                        draft.use(id)
                                .conditions
                                .add(new Comparison(
                                        term,
                                        Kind.ANY_OF,
                                        "=",
                                        true,
                                        Set.copyOf(result.rows().uses()),
                                        Optional.empty(),
                                        basis));
                    }
                });
            }
        }
        if (result.pulled()) {
            for (var id : inner.scope().usesOf(inner.expression())) {
                var basis = reader.basis(in, outer.scope(), id).following();
                var condition = reader.compare("=", inner, outer, id, basis);
                draft.use(id).conditions.add(condition);
                if (condition instanceof Comparison comparison
                        && !comparison.term().expression()
                        && comparison.with().isPresent()
                        && targets.contains(comparison.with().get().use())) {
                    draft.equate(
                            new Attributed(id, comparison.term().text()),
                            comparison.with().get());
                }
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // two sources may well have the same columns
    private static boolean ofOneSource(Meaning.Passing one, Meaning.Passing other) {
        return one.rows() == other.rows();
    }

    /** Passes a condition with constants into the query that its columns come from; tells whether it could. */
    private boolean pass(SqlExpression conjunct, Scope scope) {
        var columns = conjunct.walk()
                .filter(SqlExpression.Column.class::isInstance)
                .map(SqlExpression.Column.class::cast)
                .toList();
        var passing = new ArrayList<Meaning.Passing>();
        for (var column : columns) {
            if (deepest(scope.meaning(column)) instanceof Meaning.Passing found) {
                passing.add(found);
            }
        }
        var closed = conjunct.walk().allMatch(node -> node.query().isEmpty());
        if (passing.isEmpty()
                || !closed
                || passing.size() < columns.size()
                || passing.stream().anyMatch(found -> !ofOneSource(found, passing.get(0)))) {
            return false;
        }
        var arms = passing.get(0).column().origins().size();
        for (var arm = 0; arm < arms; arm++) {
            var names = new HashMap<String, Map<String, Derived>>();
            for (var i = 0; i < columns.size(); i++) {
                var column = columns.get(i);
                var origin = passing.get(i).column().origins().get(arm);
                names.computeIfAbsent(column.table().map(Object::toString).orElse(""), name -> new LinkedHashMap<>())
                        .put(column.name().value(), new Derived(List.of(origin), Pass.ALL));
            }
            var inner = new Scope(null);
            var uses = passing.get(0).rows().uses();
            names.forEach((name, derived) -> inner.add(name, new Source.Rows(derived, uses, true)));
            if (!pass(conjunct, inner)) {
                compare(conjunct, inner, uses);
            }
        }
        return true;
    }

    private static Meaning deepest(Meaning meaning) {
        return meaning instanceof Meaning.Computed computed
                        && computed.output().value() instanceof SqlExpression.Column column
                ? deepest(computed.output().scope().meaning(column))
                : meaning;
    }
}
