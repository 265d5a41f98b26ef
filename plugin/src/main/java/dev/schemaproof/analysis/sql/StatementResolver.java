package dev.schemaproof.analysis.sql;

import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlQuery;
import dev.schemaproof.sql.SqlQuery.CommonTable;
import dev.schemaproof.sql.SqlStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what the names of one SQL text stand for, by PostgreSQL's rules. */
final class StatementResolver {

    private final NameRecorder names;
    private final QueryResolver queries;

    StatementResolver(SourceText source, Tables tables) {
        names = new NameRecorder(source);
        queries = new QueryResolver(tables, names, this);
    }

    SqlNames resolve(SqlStatement statement) {
        var outputs = statement(statement, Map.of(), null);
        return names.names(
                outputs.open() || !(statement instanceof SqlStatement.Reading)
                        ? OptionalInt.empty()
                        : OptionalInt.of(outputs.columns().size()));
    }

    /** An expression that sees one row. */
    SqlNames resolve(SqlExpression expression, Relation row) {
        queries.expression(expression, new Scope(null).add(row), Map.of());
        return names.names(OptionalInt.empty());
    }

    /**
     * What a statement yields.
     *
     * @param common the common tables that it can name
     * @param outer what it can see beside its own tables
     */
    private Outputs statement(SqlStatement statement, Map<String, Outputs> common, @Nullable Scope outer) {
        if (statement instanceof SqlStatement.Reading reading) {
            return queries.query(reading.query(), common, outer);
        } else if (statement instanceof SqlStatement.Insert insert) {
            return insert(insert, common, outer);
        } else if (statement instanceof SqlStatement.Update update) {
            return update(update, common, outer);
        } else if (statement instanceof SqlStatement.Delete delete) {
            return delete(delete, common, outer);
        } else if (statement instanceof SqlStatement.Merge merge) {
            return merge(merge, common, outer);
        }
        return Outputs.UNKNOWN;
    }

    /** The common tables that a statement can name: those from around it and its own. */
    Map<String, Outputs> with(List<CommonTable> own, Map<String, Outputs> around, @Nullable Scope outer) {
        if (own.isEmpty()) {
            return around;
        }
        var common = new HashMap<>(around);
        // Behind RECURSIVE they may name each other in any order
        own.stream()
                .filter(CommonTable::recursive)
                .forEach(table -> common.put(table.name().value(), Outputs.UNKNOWN.renamed(table.columns())));
        for (var table : own) {
            var outputs = isRecursive(table)
                    ? queries.recursive(
                            table,
                            (SqlQuery.Compound) ((SqlStatement.Reading) table.statement()).query(),
                            common,
                            outer)
                    : statement(table.statement(), common, outer);
            common.put(table.name().value(), outputs.renamed(table.columns()));
        }
        return common;
    }

    private static boolean isRecursive(CommonTable table) {
        return table.recursive()
                && table.statement() instanceof SqlStatement.Reading reading
                && reading.query() instanceof SqlQuery.Compound;
    }

    private Outputs insert(SqlStatement.Insert insert, Map<String, Outputs> around, @Nullable Scope outer) {
        var common = with(insert.with(), around, outer);
        var target = target(insert.target());
        insert.columns().forEach(column -> written(column, target));
        insert.source().ifPresent(rows -> queries.query(rows, common, outer));
        insert.onConflict().ifPresent(conflict -> {
            conflict.target().forEach(key -> queries.expression(key, new Scope(outer).add(target), common));
            var scope = new Scope(outer).add(target).add(target.named("excluded"));
            assignments(conflict.set(), target, scope, common);
            conflict.where().ifPresent(where -> queries.expression(where, scope, common));
        });
        return returning(insert.returning(), new Scope(outer).add(target), target, common);
    }

    private Outputs update(SqlStatement.Update update, Map<String, Outputs> around, @Nullable Scope outer) {
        var common = with(update.with(), around, outer);
        var target = target(update.target());
        var scope = new Scope(outer).add(target);
        queries.from(update.from(), scope, common, outer);
        assignments(update.set(), target, scope, common);
        update.where().ifPresent(where -> queries.expression(where, scope, common));
        return returning(update.returning(), scope, target, common);
    }

    private Outputs delete(SqlStatement.Delete delete, Map<String, Outputs> around, @Nullable Scope outer) {
        var common = with(delete.with(), around, outer);
        var target = target(delete.target());
        var scope = new Scope(outer).add(target);
        queries.from(delete.using(), scope, common, outer);
        delete.where().ifPresent(where -> queries.expression(where, scope, common));
        return returning(delete.returning(), scope, target, common);
    }

    private Outputs merge(SqlStatement.Merge merge, Map<String, Outputs> around, @Nullable Scope outer) {
        var common = with(merge.with(), around, outer);
        var target = target(merge.target());
        var source = new Scope(outer);
        queries.from(List.of(merge.source()), source, common, outer);
        var both = new Scope(outer).add(target);
        both.join(source, Set.of(), true);
        queries.expression(merge.on(), both, common);
        for (var branch : merge.branches()) {
            // There is no row of the other side
            var seen = switch (branch.match()) {
                case BOTH -> both;
                case SOURCE_ONLY -> source;
                case TARGET_ONLY -> new Scope(outer).add(target);
            };
            branch.condition().ifPresent(condition -> queries.expression(condition, seen, common));
            if (branch.action() instanceof SqlStatement.MergeAction.Update update) {
                assignments(update.set(), target, seen, common);
            } else if (branch.action() instanceof SqlStatement.MergeAction.Insert insert) {
                insert.columns().forEach(column -> written(column, target));
                insert.values().forEach(value -> queries.expression(value, seen, common));
            }
        }
        return returning(merge.returning(), both, target, common);
    }

    /** Since PostgreSQL 18, RETURNING can name the row before and after the change. */
    private Outputs returning(List<SqlQuery.Item> items, Scope scope, Relation target, Map<String, Outputs> common) {
        scope.addQualified(target.named("old")).addQualified(target.named("new"));
        return queries.items(items, scope, common);
    }

    /** What is written is a table, whatever common tables are called. */
    private Relation target(FromItem.Table table) {
        return queries.stored(table);
    }

    private void assignments(
            List<SqlStatement.Assignment> assignments, Relation target, Scope scope, Map<String, Outputs> common) {
        for (var assignment : assignments) {
            assignment.columns().forEach(column -> written(column, target));
            assignment.values().forEach(value -> queries.expression(value, scope, common));
        }
    }

    /** What has a qualifier is a field of a composite column. */
    private void written(SqlExpression.Column column, Relation target) {
        if (column.qualifiers().isEmpty()) {
            names.columnOf(target, column.name());
            Optional.ofNullable(target.columns().get(column.name().value()))
                    .ifPresent(output -> names.stored(column, output.origin()));
        }
    }
}
