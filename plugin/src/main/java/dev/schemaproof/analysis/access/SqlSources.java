package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Scope.Derived;
import dev.schemaproof.analysis.access.Scope.Pass;
import dev.schemaproof.analysis.access.Scope.Source;
import dev.schemaproof.analysis.relational.TableName;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.FromItem.JoinKind;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what stands in FROM: names go to the scope, joins are kept for {@link SqlConditions}. */
final class SqlSources {

    /**
     * A join, with the uses on its sides.
     *
     * @param on its conditions
     */
    record Join(JoinKind kind, Set<Integer> left, Set<Integer> right, List<SqlExpression> on) {}

    private final SqlShape shape;
    private final ShapeDraft draft;
    private final StoreTables tables;

    SqlSources(SqlShape shape, ShapeDraft draft, StoreTables tables) {
        this.shape = shape;
        this.draft = draft;
        this.tables = tables;
    }

    /** Adds an item to the scope, and its joins to the list, the inner ones first; gives its uses. */
    Set<Integer> add(FromItem item, Scope scope, ShapeDraft.Block block, List<Join> joins) {
        if (item instanceof FromItem.Table table) {
            return add(table.called(), table(table, scope, block), scope);
        } else if (item instanceof FromItem.Derived derived) {
            var result = shape.derived(derived.query(), derived.lateral(), scope, block);
            var rows = renamed(result.rows(), derived.columns());
            return derived.alias()
                    .map(alias -> add(alias, rows, scope))
                    .orElseGet(() -> add(new SqlName("", derived.span()), rows, scope));
        } else if (item instanceof FromItem.Function function) {
            return function(function, scope);
        } else if (item instanceof FromItem.Joined joined) {
            return joined(joined, scope, block, joins);
        }
        var opaque = (FromItem.Opaque) item;
        shape.blind(opaque.span(), opaque.what());
        var rows = new Source.Rows(Map.of(), Set.of(), false);
        return add(opaque.alias().orElseGet(() -> new SqlName("", opaque.span())), rows, scope);
    }

    private static Set<Integer> add(SqlName name, Source source, Scope scope) {
        scope.add(name.value(), source);
        return source.uses();
    }

    private Source table(FromItem.Table table, Scope scope, ShapeDraft.Block block) {
        var name = table.name().value();
        if (table.schema().isEmpty()) {
            var common = shape.common(name, scope, block);
            if (common.isPresent()) {
                return renamed(common.get().rows(), table.columns());
            }
        }
        var entity = tables.table(TableName.of(table.schema().map(SqlName::value), name));
        if (entity.isEmpty()) {
            shape.blind(
                    table.span(), "`" + table.schema().map(given -> given + ".").orElse("") + name + "`");
            return new Source.Rows(Map.of(), Set.of(), false);
        }
        var use = draft.newUse(entity.get(), table.called().value(), shape.locate(table.span()), block);
        return new Source.Table(use.id, columns(entity.get(), table.columns()));
    }

    private Map<String, Attribute> columns(Entity entity, List<SqlName> names) {
        if (names.isEmpty()) {
            return tables.columns(entity);
        }
        var columns = new LinkedHashMap<String, Attribute>();
        var position = 0;
        for (var attribute : entity.attributes().values()) {
            var name = position < names.size()
                    ? names.get(position).value()
                    : attribute.column().value();
            columns.put(name, attribute);
            position++;
        }
        return columns;
    }

    private Set<Integer> function(FromItem.Function function, Scope scope) {
        var call = function.call();
        if (!Functions.isKnownSet(call.function())) {
            shape.blind(call.span(), "function `" + call.function() + "`");
        }
        shape.returned(call, scope);
        var columns = new LinkedHashMap<String, Derived>();
        function.columns().forEach(name -> columns.put(name.value(), new Derived(List.of(), Pass.NONE)));
        // Whatever its arguments are taken from has to be known first
        var rows = new Source.Rows(columns, scope.usesOf(call), false);
        return add(function.alias().orElseGet(() -> new SqlName(call.function(), call.span())), rows, scope);
    }

    private Set<Integer> joined(FromItem.Joined joined, Scope scope, ShapeDraft.Block block, List<Join> joins) {
        var left = new TreeSet<>(add(joined.first(), scope, block, joins));
        for (var step : joined.steps()) {
            var before = List.copyOf(scope.sources().keySet());
            var right = add(step.item(), scope, block, joins);
            var on = new ArrayList<SqlExpression>();
            step.on().ifPresent(condition -> on.addAll(Conjuncts.of(condition)));
            step.using().forEach(name -> equal(name.value(), before, scope, name, on));
            if (step.natural()) {
                scope.sources().entrySet().stream()
                        .filter(source -> !before.contains(source.getKey()))
                        .flatMap(source -> Projections.columns(source.getValue()).stream())
                        .distinct()
                        .forEach(name -> equal(
                                name,
                                before,
                                scope,
                                new SqlName(name, step.item().span()),
                                on));
            }
            joins.add(new Join(step.kind(), Set.copyOf(left), right, List.copyOf(on)));
            left.addAll(right);
        }
        return left;
    }

    /** A column that both sides of a join have. */
    private static void equal(String name, List<String> before, Scope scope, SqlName at, List<SqlExpression> on) {
        var left = holder(name, before, scope);
        var right = holder(
                name,
                scope.sources().keySet().stream()
                        .filter(source -> !before.contains(source))
                        .toList(),
                scope);
        if (left.isPresent() && right.isPresent()) {
            var one = Projections.column(left.get(), name, at.span());
            var other = Projections.column(right.get(), name, at.span());
            on.add(Conjuncts.operation("=", one, other, one));
        }
    }

    private static Optional<String> holder(String column, List<String> names, Scope scope) {
        return names.stream()
                .filter(name -> Optional.ofNullable(scope.sources().get(name))
                        .filter(source -> Projections.columns(source).contains(column))
                        .isPresent())
                .findFirst();
    }

    /** The rows with new names for their columns. */
    static Source.Rows renamed(Source.Rows rows, List<SqlName> names) {
        if (names.isEmpty()) {
            return rows;
        }
        var columns = new LinkedHashMap<String, Derived>();
        var position = 0;
        for (var column : rows.columns().entrySet()) {
            columns.put(position < names.size() ? names.get(position).value() : column.getKey(), column.getValue());
            position++;
        }
        for (; position < names.size(); position++) {
            columns.put(names.get(position).value(), new Derived(List.of(), Pass.NONE));
        }
        return new Source.Rows(columns, rows.uses(), rows.complete());
    }
}
