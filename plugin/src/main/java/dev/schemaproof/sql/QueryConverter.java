package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlQuery.CommonTable;
import dev.schemaproof.sql.SqlQuery.Item;
import dev.schemaproof.sql.SqlQuery.SortKey;
import dev.schemaproof.sql.SqlQuery.Tail;
import dev.schemaproof.sql.SqlStatement.Assignment;
import dev.schemaproof.sql.SqlStatement.OnConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.ParenthesedStatement;
import net.sf.jsqlparser.statement.ReturningClause;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableStatement;
import net.sf.jsqlparser.statement.select.UnionOp;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import org.jspecify.annotations.Nullable;

/** Turns the library's statements and queries into ours. */
final class QueryConverter {

    private final SqlText text;
    private final ExpressionConverter expressions;
    private final FromConverter tables;
    private final CommonTableConverter common;

    QueryConverter(SqlText text) {
        this.text = text;
        expressions = new ExpressionConverter(text, this::query);
        tables = new FromConverter(text, expressions, this::query);
        common = new CommonTableConverter(text, this::inner);
    }

    SqlExpression expression(Expression expression) {
        return expressions.convert(expression);
    }

    SqlStatement statement(Statement statement) {
        if (statement instanceof Select select) {
            return new SqlStatement.Reading(query(select));
        } else if (statement instanceof Insert insert) {
            return insert(insert);
        } else if (statement instanceof Update update) {
            return update(update);
        } else if (statement instanceof Delete delete) {
            return delete(delete);
        } else if (statement instanceof Merge merge) {
            return merge(merge);
        }
        throw neither();
    }

    private UnreadableSqlException neither() {
        return new UnreadableSqlException(
                text.tokens().get(0).span(),
                "this statement neither reads nor changes rows",
                "an access pattern is one SELECT, INSERT, UPDATE, DELETE or MERGE");
    }

    private SqlStatement insert(Insert insert) {
        Optional<OnConflict> conflict = Optional.empty();
        if (insert.getConflictAction() != null) {
            conflict = Optional.of(new OnConflict(
                    conflictTarget(insert),
                    assignments(insert.getConflictAction().getUpdateSets()),
                    convert(insert.getConflictAction().getWhereExpression())));
        }
        return new SqlStatement.Insert(
                with(insert.getWithItemsList()),
                tables.table(insert.getTable()),
                columns(insert.getColumns()),
                Optional.ofNullable(insert.getSelect()).map(this::query),
                conflict,
                returning(insert.getReturningClause()));
    }

    /** The library keeps the columns' names only, so their places are found by the words {@code ON CONFLICT (}. */
    private List<SqlExpression> conflictTarget(Insert insert) {
        var target = insert.getConflictTarget();
        if (target == null || target.getIndexElements() == null) {
            return List.of();
        }
        var keys = new ArrayList<SqlExpression>();
        var begin = text.indexAt(tables.table(insert.getTable()).span().begin());
        var places = text.elementsAt(text.indexBehind(begin, "on", "conflict"));
        for (var i = 0; i < target.getIndexElements().size(); i++) {
            var element = target.getIndexElements().get(i);
            if (element.isExpression()) {
                keys.add(expressions.convert(element.getExpression()));
            } else if (i < places.size() && text.isNameAt(places.get(i))) {
                var name = text.nameAt(places.get(i));
                keys.add(new SqlExpression.Column(List.of(), name, name.span()));
            }
        }
        convert(target.getWhereExpression()).ifPresent(keys::add);
        return keys;
    }

    private SqlStatement update(Update update) {
        return new SqlStatement.Update(
                with(update.getWithItemsList()),
                tables.table(update.getTable()),
                assignments(update.getUpdateSets()),
                tables.from(update.getFromItem(), update.getJoins()),
                convert(update.getWhere()),
                returning(update.getReturningClause()));
    }

    private SqlStatement delete(Delete delete) {
        var using = new ArrayList<FromItem>();
        if (delete.getUsingFromItemList() != null) {
            delete.getUsingFromItemList().forEach(item -> using.addAll(tables.from(item, null)));
        }
        if (delete.getJoins() != null && !delete.getJoins().isEmpty()) {
            if (using.isEmpty()) {
                throw neither();
            }
            // What is joined is joined to the last table behind USING
            var joined = using.remove(using.size() - 1);
            using.addAll(tables.join(joined, delete.getJoins()));
        }
        return new SqlStatement.Delete(
                with(delete.getWithItemsList()),
                tables.table(delete.getTable()),
                using,
                convert(delete.getWhere()),
                returning(delete.getReturningClause()));
    }

    private SqlStatement merge(Merge merge) {
        var branches = new MergeConverter(text, expressions, this).branches(merge);
        return new SqlStatement.Merge(
                with(merge.getWithItemsList()),
                tables.table(merge.getTable()),
                tables.from(merge.getFromItem(), null).get(0),
                expressions.convert(merge.getOnCondition()),
                branches,
                returning(merge.getReturningClause()));
    }

    private List<Item> returning(@Nullable ReturningClause clause) {
        return clause == null ? List.of() : items(clause);
    }

    List<Assignment> assignments(@Nullable List<UpdateSet> sets) {
        return sets == null
                ? List.of()
                : sets.stream()
                        .map(set -> new Assignment(columns(set.getColumns()), expressions.convertAll(set.getValues())))
                        .toList();
    }

    List<SqlExpression.Column> columns(@Nullable List<Column> columns) {
        return expressions.convertAll(columns).stream()
                .filter(SqlExpression.Column.class::isInstance)
                .map(SqlExpression.Column.class::cast)
                .toList();
    }

    private Optional<SqlExpression> convert(@Nullable Expression expression) {
        return Optional.ofNullable(expression).map(expressions::convert);
    }

    private List<CommonTable> with(@Nullable List<WithItem<?>> items) {
        return items == null ? List.of() : items.stream().map(common::convert).toList();
    }

    private SqlStatement inner(ParenthesedStatement statement) {
        if (statement instanceof Select select) {
            return new SqlStatement.Reading(query(select));
        } else if (statement instanceof ParenthesedInsert insert) {
            return insert(insert.getInsert());
        } else if (statement instanceof ParenthesedUpdate update) {
            return update(update.getUpdate());
        } else if (statement instanceof ParenthesedDelete delete) {
            return delete(delete.getDelete());
        }
        return new SqlStatement.Opaque("this statement", text.tokens().get(0).span());
    }

    SqlQuery query(Select select) {
        if (select instanceof ParenthesedSelect brackets) {
            return brackets(brackets);
        } else if (select instanceof PlainSelect plain) {
            return plain(plain);
        } else if (select instanceof SetOperationList list) {
            return compound(list);
        } else if (select instanceof Values values) {
            return new SqlQuery.Values(with(values.getWithItemsList()), rows(values), tail(values), span(values));
        } else if (select instanceof TableStatement table) {
            return selectAll(List.of(tables.table(table.getTable())), tail(table), span(table));
        }
        throw new UnreadableSqlException(span(select), "this form of query isn't known here", "write it as a SELECT");
    }

    /** The library doesn't wrap a single row. */
    private List<SqlExpression> rows(Values values) {
        return values.getExpressions() instanceof ParenthesedExpressionList<?> row
                ? List.of(expressions.convert(row))
                : expressions.convertAll(values.getExpressions());
    }

    private Span span(Select select) {
        return Places.of(select).orElse(new Span(0, text.sql().length()));
    }

    private static SqlQuery selectAll(List<? extends FromItem> from, Tail tail, Span span) {
        return new SqlQuery.Select(
                List.of(),
                false,
                List.of(),
                List.of(new Item(new SqlExpression.Star(Optional.empty(), span), Optional.empty())),
                List.copyOf(from),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                tail,
                Optional.empty(),
                span);
    }

    /** What stands behind the brackets orders and limits what they hold. */
    private SqlQuery brackets(ParenthesedSelect brackets) {
        var inner = query(brackets.getSelect());
        var tail = tail(brackets);
        if (tail.equals(Tail.none())) {
            return inner;
        }
        return selectAll(
                List.of(new FromItem.Derived(inner, Optional.empty(), List.of(), false, inner.span())),
                tail,
                span(brackets));
    }

    private SqlQuery plain(PlainSelect plain) {
        if (plain.getIntoTables() != null && !plain.getIntoTables().isEmpty()) {
            throw new UnreadableSqlException(
                    span(plain), "SELECT INTO creates a table", "write INSERT INTO ... SELECT, or leave out INTO");
        }
        var distinct = Optional.ofNullable(plain.getDistinct());
        return new SqlQuery.Select(
                with(plain.getWithItemsList()),
                distinct.isPresent(),
                distinct.flatMap(on -> Optional.ofNullable(on.getOnSelectItems())).stream()
                        .flatMap(List::stream)
                        .map(item -> expressions.convert(item.getExpression()))
                        .toList(),
                items(plain.getSelectItems()),
                tables.from(plain.getFromItem(), plain.getJoins()),
                convert(plain.getWhere()),
                groupBy(plain),
                convert(plain.getHaving()),
                windows(plain),
                tail(plain),
                locking(plain),
                span(plain));
    }

    private Optional<SqlQuery.Locking> locking(PlainSelect plain) {
        return plain.getForMode() == null
                ? Optional.empty()
                : Optional.of(new SqlQuery.Locking(Optional.ofNullable(plain.getForUpdateTables()).stream()
                        .flatMap(List::stream)
                        .map(table -> tables.table(table).called())
                        .toList()));
    }

    private List<SqlExpression> groupBy(PlainSelect plain) {
        var group = plain.getGroupBy();
        if (group == null) {
            return List.of();
        }
        return Stream.concat(
                        Optional.ofNullable(group.getGroupByExpressionList()).stream(),
                        Optional.ofNullable(group.getGroupingSets()).stream().flatMap(List::stream))
                .flatMap(list -> expressions.convertAll(list).stream())
                .flatMap(key -> key instanceof SqlExpression.Row row ? row.values().stream() : Stream.of(key))
                .toList();
    }

    private List<SqlExpression> windows(PlainSelect plain) {
        return Optional.ofNullable(plain.getWindowDefinitions()).stream()
                .flatMap(List::stream)
                .flatMap(window -> window.getAllExpressions().stream())
                .map(expressions::convert)
                .toList();
    }

    private SqlQuery compound(SetOperationList list) {
        return new SqlQuery.Compound(
                with(list.getWithItemsList()),
                list.getSelects().stream().map(this::query).toList(),
                list.getOperations().stream().allMatch(operation -> operation instanceof UnionOp && operation.isAll()),
                tail(list),
                span(list));
    }

    private List<Item> items(@Nullable List<SelectItem<?>> items) {
        return items == null
                ? List.of()
                : items.stream()
                        .map(this::item)
                        .filter(item -> !(item.value() instanceof SqlExpression.Star star
                                && star.table().isEmpty()
                                && text.isMade(star.span())))
                        .toList();
    }

    private Item item(SelectItem<?> item) {
        var value = expressions.convert(item.getExpression());
        if (item.getAlias() == null) {
            return new Item(value, Optional.empty());
        }
        var end = text.indexAt(Places.of(item, List.of(value)).end()) - 1;
        return new Item(value, text.isNameAt(end) ? Optional.of(text.nameAt(end)) : Optional.empty());
    }

    private Tail tail(Select select) {
        Expression limit = null;
        if (select.getLimit() != null) {
            limit = select.getLimit().getRowCount();
        } else if (select.getFetch() != null) {
            limit = Objects.requireNonNullElseGet(select.getFetch().getExpression(), () -> new LongValue(1));
        }
        if (limit instanceof AllValue || limit instanceof NullValue) {
            limit = null;
        }
        var offset = select.getOffset() == null ? null : select.getOffset().getOffset();
        return new Tail(
                Optional.ofNullable(select.getOrderByElements()).stream()
                        .flatMap(List::stream)
                        .map(this::sortKey)
                        .toList(),
                convert(limit),
                convert(offset));
    }

    private SortKey sortKey(OrderByElement key) {
        return new SortKey(
                expressions.convert(key.getExpression()),
                !key.isAsc(),
                Optional.ofNullable(key.getNullOrdering())
                        .map(nulls -> nulls == OrderByElement.NullOrdering.NULLS_FIRST));
    }
}
