package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.QueryBlock.Sort;
import dev.schemaproof.analysis.access.Scope.Derived;
import dev.schemaproof.analysis.access.Scope.Output;
import dev.schemaproof.analysis.access.Scope.Pass;
import dev.schemaproof.analysis.access.Scope.Source;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.Span;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlPrinter;
import dev.schemaproof.sql.SqlQuery;
import dev.schemaproof.sql.SqlQuery.CommonTable;
import dev.schemaproof.sql.SqlQuery.Item;
import dev.schemaproof.sql.SqlStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds out what a SQL statement asks for, query by query. */
final class SqlShape {

    /**
     * What came of a query.
     *
     * @param rows what is known of its rows
     * @param outputs its projection, where that is known
     * @param pulled whether it is a part of the query around it
     * @param outer the uses outside of it that it refers to
     */
    record Result(Source.Rows rows, List<NamedOutput> outputs, boolean pulled, Set<Integer> outer) {}

    /** A value of a projection, and its name if it has one. */
    record NamedOutput(Optional<String> name, Output output) {}

    private final SourceText text;
    private final ShapeDraft draft = new ShapeDraft();
    private final IdentityHashMap<CommonTable, Integer> mentions;
    private final IdentityHashMap<CommonTable, Integer> counted = new IdentityHashMap<>();
    private final IdentityHashMap<SqlQuery, Result> nested = new IdentityHashMap<>();
    private final SqlConditions conditions;
    private final SqlSources sources;

    private SqlShape(SourceText text, StoreTables tables, IdentityHashMap<CommonTable, Integer> mentions) {
        this.text = text;
        this.mentions = mentions;
        this.conditions = new SqlConditions(this, draft, tables);
        this.sources = new SqlSources(this, draft, tables);
    }

    static PatternShape of(SourceText text, SqlStatement statement, StoreTables tables) {
        // A query named by WITH is a part of the query that names it only if no other does, so they are counted first
        var count = new SqlShape(text, tables, new IdentityHashMap<>());
        count.statement(statement, new Scope(null));
        var shape = count;
        if (!count.counted.isEmpty()) {
            shape = new SqlShape(text, tables, count.counted);
            shape.statement(statement, new Scope(null));
        }
        return shape.draft.isTooLarge() ? tooLarge(text) : shape.draft.finish();
    }

    private static PatternShape tooLarge(SourceText text) {
        var whole = new PatternShape.Blind(text.at(), "a statement with so many tables");
        return new PatternShape(List.of(), List.of(), List.of(whole), true);
    }

    void blind(Span span, String what) {
        draft.blind(text.locate(span.begin(), span.end()), what);
    }

    dev.schemaproof.diagnostic.Location locate(Span span) {
        return text.locate(span.begin(), span.end());
    }

    /** Reads a statement; gives the rows that it returns. */
    private Source.Rows statement(SqlStatement statement, Scope parent) {
        var scope = new Scope(parent);
        if (statement instanceof SqlStatement.Reading reading) {
            return query(reading.query(), parent).rows();
        } else if (statement instanceof SqlStatement.Insert insert) {
            insert.with().forEach(common -> common(common, scope));
            insert.source().ifPresent(source -> query(source, scope));
            var row = new Source.Rows(Map.of(), Set.of(), false);
            scope.add(insert.target().called().value(), row);
            scope.add("excluded", row);
            insert.onConflict().ifPresent(conflict -> {
                conflict(insert.target(), conflict);
                conflict.set().forEach(set -> set.values().forEach(value -> returned(value, scope)));
                conflict.where().ifPresent(where -> returned(where, scope));
            });
            returning(insert.returning(), insert.target(), scope);
        } else if (statement instanceof SqlStatement.Update update) {
            update.with().forEach(common -> common(common, scope));
            var assigned =
                    update.set().stream().flatMap(set -> set.values().stream()).toList();
            change(update.target(), update.from(), update.where(), assigned, update.returning(), scope);
        } else if (statement instanceof SqlStatement.Delete delete) {
            delete.with().forEach(common -> common(common, scope));
            change(delete.target(), delete.using(), delete.where(), List.of(), delete.returning(), scope);
        } else if (statement instanceof SqlStatement.Merge merge) {
            merge.with().forEach(common -> common(common, scope));
            merge(merge, scope);
        } else if (statement instanceof SqlStatement.Opaque opaque) {
            blind(opaque.span(), opaque.what());
        }
        return new Source.Rows(Map.of(), scope.uses(), false);
    }

    /** A row in the way is found by the key that it must not repeat. */
    private void conflict(FromItem.Table target, SqlStatement.OnConflict conflict) {
        var plain = conflict.target().stream().allMatch(SqlExpression.Column.class::isInstance);
        if (conflict.target().isEmpty() || !plain) {
            return;
        }
        var scope = new Scope(null);
        sources.add(target, scope, draft.newBlock(), new ArrayList<>());
        for (var id : scope.uses()) {
            draft.use(id).rows = true;
            for (var column : conflict.target()) {
                var parameter = new SqlExpression.Parameter("value", column.span());
                draft.use(id)
                        .conditions
                        .add(conditions.reader().read(Conjuncts.operation("=", column, parameter, column), scope, id));
            }
        }
    }

    private void change(
            FromItem.Table target,
            List<FromItem> others,
            Optional<SqlExpression> where,
            List<SqlExpression> values,
            List<Item> returning,
            Scope scope) {
        var block = draft.newBlock();
        var joins = new ArrayList<SqlSources.Join>();
        sources.add(target, scope, block, joins);
        scope.uses().forEach(use -> draft.use(use).rows = true);
        others.forEach(item -> sources.add(item, scope, block, joins));
        conditions.apply(joins, where, scope, block, Set.of());
        values.forEach(value -> returned(value, scope));
        returning(returning, target, scope);
    }

    /** The target is joined to the source; whatever the branches ask is asked of the rows of that join. */
    private void merge(SqlStatement.Merge merge, Scope scope) {
        var block = draft.newBlock();
        var joins = new ArrayList<SqlSources.Join>();
        var source = sources.add(merge.source(), scope, block, joins);
        var target = sources.add(merge.target(), scope, block, joins);
        target.forEach(use -> draft.use(use).rows = true);
        joins.add(new SqlSources.Join(merge.kind(), Set.copyOf(source), target, Conjuncts.of(merge.on())));
        conditions.apply(joins, Optional.empty(), scope, block, Set.of());
        for (var branch : merge.branches()) {
            branch.condition().ifPresent(condition -> returned(condition, scope));
            branch.action().values().forEach(value -> returned(value, scope));
        }
        returning(merge.returning(), merge.target(), scope);
    }

    /** What RETURNING gives; since PostgreSQL 18, it can name the row before and after the change. */
    private void returning(List<Item> items, FromItem.Table target, Scope scope) {
        var row = scope.sources().get(target.called().value());
        if (row != null && !items.isEmpty()) {
            Stream.of("old", "new")
                    .filter(name -> !scope.sources().containsKey(name))
                    .forEach(name -> scope.add(name, row));
        }
        items.forEach(item -> returned(item.value(), scope));
    }

    /** Notes what an expression reads, and looks into the queries in it. */
    void returned(SqlExpression expression, Scope scope) {
        expression.walk().forEach(node -> {
            if (node instanceof SqlExpression.Opaque opaque) {
                blind(opaque.span(), opaque.what());
                scope.uses().forEach(use -> draft.use(use).returnAll());
            } else if (node instanceof SqlExpression.Column column) {
                returned(column, scope.meaning(column));
            }
            node.query().ifPresent(query -> outerUses(query, scope));
        });
    }

    private void returned(SqlExpression.Column column, Scope.Meaning meaning) {
        if (meaning instanceof Scope.Meaning.Own own) {
            draft.use(own.use()).returned.add(own.attribute().name().value());
        } else if (meaning instanceof Scope.Meaning.Computed computed) {
            returned(computed.output().value(), computed.output().scope());
        } else if (meaning instanceof Scope.Meaning.Value value) {
            value.uses().forEach(use -> draft.use(use).returnAll());
        } else if (meaning instanceof Scope.Meaning.Unknown) {
            blind(column.span(), "`" + column.name() + "`");
        }
    }

    /** Reads a nested query unless it has been read; gives the uses outside of it that it refers to. */
    Set<Integer> outerUses(SqlQuery query, Scope scope) {
        var known = nested.get(query);
        return known != null ? known.outer() : nested(query, scope, Set.of()).outer();
    }

    /** Reads a nested query. */
    Result nested(SqlQuery query, Scope scope, Set<Integer> bindable) {
        var result = query instanceof SqlQuery.Select select
                ? nested(select, scope, draft.newBlock(), bindable)
                : query(query, scope);
        nested.put(query, result);
        return result;
    }

    private Result nested(SqlQuery.Select select, Scope scope, ShapeDraft.Block block, Set<Integer> bindable) {
        var result = select(select, scope, block, bindable);
        if (bindable.isEmpty()) {
            block.around = result.outer();
        }
        return result;
    }

    Result query(SqlQuery query, Scope parent) {
        if (query instanceof SqlQuery.Select select) {
            return select(select, parent, draft.newBlock(), Set.of());
        } else if (query instanceof SqlQuery.Compound compound) {
            return compound(compound, parent);
        }
        var values = (SqlQuery.Values) query;
        var scope = new Scope(parent);
        values.with().forEach(common -> common(common, scope));
        values.rows().forEach(row -> returned(row, scope));
        return new Result(new Source.Rows(Map.of(), Set.of(), false), List.of(), false, scope.outer());
    }

    private Result compound(SqlQuery.Compound compound, Scope parent) {
        var scope = new Scope(parent);
        compound.with().forEach(common -> common(common, scope));
        var parts = new ArrayList<Result>();
        var uses = new TreeSet<Integer>();
        for (var part : compound.parts()) {
            var first = draft.newBlock();
            var result = part instanceof SqlQuery.Select select
                    ? select(select, scope, first, Set.of())
                    : query(part, scope);
            parts.add(result);
            uses.addAll(result.rows().uses());
            if (compound.appending() && part.tail().equals(SqlQuery.Tail.none())) {
                first.order = order(
                        compound.tail(), result.outputs(), scope, parts.get(0).outputs());
                first.limited = compound.tail().limit().isPresent();
            }
        }
        var columns = new LinkedHashMap<String, Derived>();
        var names = parts.get(0).outputs();
        for (var i = 0; i < names.size(); i++) {
            var position = i;
            var complete = parts.stream().allMatch(part -> part.outputs().size() == names.size());
            names.get(i).name().ifPresent(name -> {
                var passes = compound.appending()
                        && complete
                        && compound.tail().limit().isEmpty()
                        && compound.tail().offset().isEmpty()
                        && parts.stream().allMatch(part -> passes(part, position));
                var origins = complete
                        ? parts.stream()
                                .map(part -> part.outputs().get(position).output())
                                .toList()
                        : List.<Output>of();
                columns.putIfAbsent(name, new Derived(origins, passes ? Pass.CONSTANTS : Pass.NONE));
            });
        }
        var rows = new Source.Rows(columns, uses, !names.isEmpty());
        return new Result(rows, List.of(), false, scope.outer());
    }

    private static boolean passes(Result part, int position) {
        var name = part.outputs().get(position).name();
        return part.pulled()
                || name.map(part.rows().columns()::get)
                        .filter(column -> column.pass() != Pass.NONE)
                        .isPresent();
    }

    /**
     * Reads one SELECT.
     *
     * @param block the block that its tables are a part of
     * @param bindable uses around it that its conditions bound as well
     */
    Result select(SqlQuery.Select select, Scope parent, ShapeDraft.Block block, Set<Integer> bindable) {
        var scope = new Scope(parent);
        select.with().forEach(common -> common(common, scope));
        var joins = new ArrayList<SqlSources.Join>();
        select.from().forEach(item -> sources.add(item, scope, block, joins));
        conditions.apply(joins, select.where(), scope, block, bindable);
        select.locking().ifPresent(locking -> locked(locking, scope));
        var outputs = Projections.outputs(select, scope);
        outputs.forEach(
                output -> returned(output.output().value(), output.output().scope()));
        select.groupBy().forEach(expression -> returned(expression, scope));
        select.distinctOn().forEach(expression -> returned(expression, scope));
        select.having().ifPresent(expression -> returned(expression, scope));
        select.windows().forEach(expression -> returned(expression, scope));
        var pulled = Projections.isPulled(select);
        if (!pulled
                || select.tail().limit().isPresent()
                || !select.tail().orderBy().isEmpty()) {
            block.order = order(select.tail(), outputs, scope, outputs);
            block.limited = select.tail().limit().isPresent();
        }
        block.streaming &= select.groupBy().isEmpty()
                && select.having().isEmpty()
                && !select.distinct()
                && outputs.stream()
                        .noneMatch(
                                output -> Functions.aggregates(output.output().value()))
                && select.tail().orderBy().stream().noneMatch(key -> Functions.aggregates(key.value()));
        extreme(select, scope, block);
        var columns = new LinkedHashMap<String, Derived>();
        outputs.forEach(output -> output.name()
                .ifPresent(name -> columns.putIfAbsent(
                        name,
                        new Derived(List.of(output.output()), Projections.pass(select, output.output(), pulled)))));
        var rows = new Source.Rows(columns, Set.copyOf(scope.uses()), true);
        return new Result(rows, outputs, pulled, scope.outer());
    }

    /** Rows that are to be locked are looked at themselves, whatever an index holds. */
    private void locked(SqlQuery.Locking locking, Scope scope) {
        var uses = locking.of().isEmpty()
                ? scope.uses()
                : locking.of().stream()
                        .flatMap(name -> Optional.ofNullable(scope.sources().get(name.value())).stream())
                        .flatMap(source -> source.uses().stream())
                        .toList();
        uses.forEach(use -> draft.use(use).rows = true);
    }

    /** The least or greatest value of a column is the first one in an index. */
    private void extreme(SqlQuery.Select select, Scope scope, ShapeDraft.Block block) {
        if (select.items().size() == 1
                && select.groupBy().isEmpty()
                && select.having().isEmpty()
                && scope.uses().size() == 1
                && select.items().get(0).value() instanceof SqlExpression.Call call
                && !call.windowed()
                && call.modifiers().isEmpty()
                && call.arguments().size() == 1
                && Set.of("min", "max").contains(call.function())) {
            var use = scope.uses().iterator().next();
            var side = new ConditionReader.Side(call.arguments().get(0), scope);
            conditions.reader().term(side, use).ifPresent(term -> {
                block.order = List.of(new Sort(OptionalInt.of(use), term, false, false, true));
                block.limited = true;
                block.streaming = true;
            });
        }
    }

    /** The sort keys, by position, by name of the projection, or by expression. */
    private List<Sort> order(SqlQuery.Tail tail, List<NamedOutput> outputs, Scope scope, List<NamedOutput> names) {
        var sorts = new ArrayList<Sort>();
        for (var key : tail.orderBy()) {
            var side = new ConditionReader.Side(key.value(), scope);
            var position = Projections.position(key.value(), names);
            if (position.isPresent() && position.getAsInt() < outputs.size()) {
                var output = outputs.get(position.getAsInt()).output();
                side = new ConditionReader.Side(output.value(), output.scope());
            }
            returned(side.expression(), side.scope());
            var uses = conditions.reader().needs(side);
            if (uses.isEmpty()) {
                continue;
            }
            var use = uses.size() == 1 ? OptionalInt.of(uses.iterator().next()) : OptionalInt.empty();
            var own = side;
            var term = use.isPresent()
                    ? Nearness.of(own, conditions.reader(), use.getAsInt())
                            .or(() -> conditions.reader().term(own, use.getAsInt()))
                    : Optional.<Term>empty();
            sorts.add(new Sort(
                    term.isPresent() ? use : OptionalInt.empty(),
                    term.orElseGet(() -> Term.expression(SqlPrinter.print(own.expression()))),
                    key.descending(),
                    key.nullsStandFirst(),
                    false));
        }
        return List.copyOf(sorts);
    }

    private void common(CommonTable common, Scope scope) {
        counted.putIfAbsent(common, 0);
        var once =
                mentions.getOrDefault(common, 2) <= 1 || common.materialized().equals(Optional.of(false));
        var inlined = common.statement() instanceof SqlStatement.Reading
                && !common.recursive()
                && once
                && !common.materialized().equals(Optional.of(true));
        scope.name(common);
        if (!inlined) {
            if (common.recursive()) {
                scope.nameComputed(common.name().value(), new Source.Rows(Map.of(), Set.of(), false));
            }
            var rows = statement(common.statement(), new Scope(scope));
            scope.nameComputed(
                    common.name().value(),
                    new Source.Rows(computedColumns(common, rows), rows.uses(), rows.complete()));
        }
    }

    private static Map<String, Derived> computedColumns(CommonTable common, Source.Rows rows) {
        var columns = new LinkedHashMap<String, Derived>();
        SqlSources.renamed(rows, common.columns())
                .columns()
                .forEach((name, column) -> columns.put(name, new Derived(List.of(), Pass.NONE)));
        return columns;
    }

    /** The rows of what WITH names, or nothing if it names no such thing. */
    Optional<Result> common(String name, Scope scope, ShapeDraft.Block block) {
        var common = scope.common(name);
        common.ifPresent(found -> counted.merge(found, 1, Integer::sum));
        var computed = scope.computed(name);
        if (computed.isPresent()) {
            return Optional.of(new Result(computed.get(), List.of(), false, Set.of()));
        }
        return common.filter(found ->
                        !draft.isTooLarge() && visiting.add(found.name().value()))
                .map(found -> {
                    var query = ((SqlStatement.Reading) found.statement()).query();
                    var result = derived(query, false, scope, block);
                    visiting.remove(found.name().value());
                    return new Result(
                            SqlSources.renamed(result.rows(), found.columns()),
                            List.of(),
                            result.pulled(),
                            result.outer());
                });
    }

    private final Set<String> visiting = new HashSet<>();

    /** Reads a query in FROM, whose tables are a part of the block if it can be pulled up. */
    Result derived(SqlQuery query, boolean lateral, Scope scope, ShapeDraft.Block block) {
        var seen = scope.seenFromFrom(lateral);
        var result = query instanceof SqlQuery.Select select && Projections.isPulled(select)
                ? select(select, seen, block, Set.of())
                : query(query, seen);
        scope.refersTo(result.outer());
        return result;
    }
}
