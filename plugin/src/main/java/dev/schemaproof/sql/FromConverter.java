package dev.schemaproof.sql;

import dev.schemaproof.sql.FromItem.JoinKind;
import dev.schemaproof.sql.FromItem.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.Values;
import org.jspecify.annotations.Nullable;

/** Turns the library's tables and joins into ours. */
final class FromConverter {

    private final SqlText text;
    private final ExpressionConverter expressions;
    private final Function<Select, SqlQuery> queries;

    FromConverter(SqlText text, ExpressionConverter expressions, Function<Select, SqlQuery> queries) {
        this.text = text;
        this.expressions = expressions;
        this.queries = queries;
    }

    /** What stands behind FROM; an explicit join binds tighter than a comma. */
    List<FromItem> from(net.sf.jsqlparser.statement.select.@Nullable FromItem first, @Nullable List<Join> joins) {
        if (first == null) {
            return List.of();
        }
        return join(item(first), joins == null ? List.of() : joins);
    }

    /** A table and what is joined to it. */
    List<FromItem> join(FromItem first, List<Join> joins) {
        var items = new ArrayList<FromItem>();
        var current = first;
        var steps = new ArrayList<Step>();
        for (var join : joins) {
            var right = item(join.getFromItem());
            if (join.isSimple() && !join.isOuter()) {
                items.add(joined(current, steps));
                current = right;
                steps = new ArrayList<>();
            } else {
                steps.add(step(join, right));
            }
        }
        items.add(joined(current, steps));
        return items;
    }

    private static FromItem joined(FromItem first, List<Step> steps) {
        if (steps.isEmpty()) {
            return first;
        }
        var last = steps.get(steps.size() - 1).item().span();
        return new FromItem.Joined(first, steps, first.span().to(last));
    }

    private Step step(Join join, FromItem right) {
        var conditions =
                join.getOnExpressions().stream().map(expressions::convert).toList();
        Optional<SqlExpression> on = switch (conditions.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(conditions.get(0));
            default ->
                Optional.of(new SqlExpression.And(
                        conditions, conditions.get(0).span().to(right.span())));
        };
        var using = expressions.convertAll(join.getUsingColumns()).stream()
                .filter(SqlExpression.Column.class::isInstance)
                .map(column -> ((SqlExpression.Column) column).name())
                .toList();
        return new Step(kind(join), right, on, using, join.isNatural());
    }

    private static JoinKind kind(Join join) {
        if (join.isLeft()) {
            return JoinKind.LEFT;
        } else if (join.isRight()) {
            return JoinKind.RIGHT;
        }
        return join.isFull() ? JoinKind.FULL : JoinKind.INNER;
    }

    private FromItem item(net.sf.jsqlparser.statement.select.FromItem item) {
        var span = Places.of(item).orElse(Span.NOWHERE);
        if (item.getSampleClause() != null) {
            return opaque("TABLESAMPLE", item, span);
        } else if (item instanceof Table table) {
            return table(table);
        } else if (item instanceof ParenthesedFromItem brackets) {
            return brackets(brackets, span);
        } else if (item instanceof TableFunction function) {
            return function(function, span);
        } else if (item instanceof Select select) {
            return derived(item, select, item instanceof LateralSubSelect, span);
        }
        return opaque("this source of rows", item, span);
    }

    private FromItem derived(
            net.sf.jsqlparser.statement.select.FromItem item, Select query, boolean lateral, Span span) {
        var alias = aliasBehindBrackets(item, span);
        return new FromItem.Derived(
                queries.apply(query),
                alias.flatMap(this::aliasAt),
                alias.map(index -> text.namesInBrackets(index + 1)).orElse(List.of()),
                lateral,
                span);
    }

    private FromItem opaque(String what, net.sf.jsqlparser.statement.select.FromItem item, Span span) {
        var alias = Optional.ofNullable(item.getAlias())
                .map(given -> new SqlName(SqlName.folded(given.getName().strip()), span));
        return new FromItem.Opaque(what, alias, span);
    }

    private FromItem brackets(ParenthesedFromItem brackets, Span span) {
        if (brackets.getAlias() != null && brackets.getFromItem() instanceof Values values) {
            return derived(brackets, values, false, span);
        } else if (brackets.getAlias() != null) {
            return opaque("a join with an alias of its own", brackets, span);
        }
        var items = from(brackets.getFromItem(), brackets.getJoins());
        if (items.size() == 1) {
            return items.get(0);
        }
        var steps = items.stream()
                .skip(1)
                .map(item -> new Step(JoinKind.INNER, item, Optional.empty(), List.of(), false))
                .toList();
        return joined(items.get(0), steps);
    }

    private FromItem function(TableFunction function, Span span) {
        if (function.isRowsFrom() || function.getFunction() == null) {
            return opaque("ROWS FROM", function, span);
        }
        var call = expressions.convert(function.getFunction());
        if (!(call instanceof SqlExpression.Call known)) {
            return opaque("this function", function, span);
        }
        var alias = aliasBehindBrackets(function, span);
        return new FromItem.Function(
                known,
                alias.flatMap(this::aliasAt),
                alias.map(index -> text.namesInBrackets(index + 1)).orElse(List.of()),
                span);
    }

    /** Where the alias of something in brackets stands, if it has one. */
    private Optional<Integer> aliasBehindBrackets(net.sf.jsqlparser.statement.select.FromItem item, Span span) {
        if (item.getAlias() == null) {
            return Optional.empty();
        }
        var i = text.indexAt(span.begin());
        while (i < text.tokens().size() && !text.isAt(i, "(")) {
            i++;
        }
        i = text.indexBehindBrackets(i);
        if (text.isAt(i, "with") && text.isAt(i + 1, "ordinality")) {
            i += 2;
        }
        return Optional.of(text.isAt(i, "as") ? i + 1 : i);
    }

    private Optional<SqlName> aliasAt(int index) {
        return text.isNameAt(index) ? Optional.of(text.nameAt(index)) : Optional.empty();
    }

    /** A table by its words: {@code [schema.]name [AS] [alias] [(columns)]}. */
    FromItem.Table table(Table table) {
        var span = Places.of(table).orElseThrow();
        var i = text.indexAt(span.begin());
        if (text.isAt(i, "only")
                && text.isNameAt(i + 1)
                && text.tokens().get(i + 1).end() <= span.end()) {
            i++;
        }
        if (!text.isNameAt(i)) {
            throw new UnreadableSqlException(span, "this is no table's name", "write the name of a table");
        }
        Optional<SqlName> schema = Optional.empty();
        var name = text.nameAt(i);
        while (text.isAt(i + 1, ".") && text.isNameAt(i + 2)) {
            schema = Optional.of(name);
            i += 2;
            name = text.nameAt(i);
        }
        var end = name.span().end();
        i++;
        if (text.isAt(i, "as")) {
            i++;
        }
        Optional<SqlName> alias = Optional.empty();
        var columns = List.<SqlName>of();
        if (table.getAlias() != null && text.isNameAt(i)) {
            alias = Optional.of(text.nameAt(i));
            if (table.getAlias().getAliasColumns() != null) {
                columns = text.namesInBrackets(i + 1);
            }
        }
        var begin = schema.map(SqlName::span).orElse(name.span()).begin();
        return new FromItem.Table(schema, name, alias, columns, new Span(begin, end));
    }
}
