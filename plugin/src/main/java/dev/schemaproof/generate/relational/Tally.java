package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.Summary;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one contract sums up. Names and expressions are SQL already.
 *
 * @param parent the table that holds the copy
 * @param alias its name in statements, which the child's does not hide
 * @param parentKeys its key
 * @param copy the column that holds the copy
 * @param actual the name of the true value beside the key
 * @param child the table whose rows are summed up
 * @param childAlias what its rows are called
 * @param childKeys the columns that refer to the parent, in the order of its key
 * @param where the condition under which a row counts, in parentheses; empty for always
 * @param start what no rows come to
 * @param share what a row adds, with a place for the sign before it; empty where shares can't be added
 * @param inexact whether what has been added can't always be taken away again, as {@code NaN} can't
 * @param inputs what of a row decides beside the reference and the condition
 * @param aggregate what a group of rows comes to; empty where that is the {@code value} of the first one in an {@code order}
 * @param value what is kept of one row
 * @param order of the rows, of which the first counts; empty where all do, or any
 * @param aside the table in which changes lie that are not folded into the copy yet; empty where there is none
 */
public record Tally(
        String parent,
        String alias,
        List<String> parentKeys,
        String copy,
        String actual,
        String child,
        String childAlias,
        List<String> childKeys,
        String where,
        String start,
        String share,
        boolean inexact,
        List<String> inputs,
        String aggregate,
        String value,
        String order,
        String aside) {

    public Tally {
        parentKeys = List.copyOf(parentKeys);
        childKeys = List.copyOf(childKeys);
        inputs = List.copyOf(inputs);
    }

    static Tally of(SummaryContract contract) {
        var child = contract.child().table().value();
        var alias = SqlText.alias(contract.child());
        Function<Attribute, String> column =
                attribute -> alias + "." + DIALECT.identifier(attribute.column().value());
        var summary = contract.summary();
        var keys = contract.child().keyNames().stream()
                .map(name -> contract.child().attribute(name).orElseThrow())
                .map(column)
                .toList();
        return new Tally(
                SqlText.table(contract.parent()),
                SqlText.unlike("parent", Set.of(child)),
                contract.parentColumns().stream().map(DIALECT::identifier).toList(),
                DIALECT.identifier(contract.copy().column().value()),
                SqlText.unlike("actual", Set.copyOf(contract.parentColumns())),
                SqlText.table(contract.child()),
                alias,
                contract.childColumns().stream().map(DIALECT::identifier).toList(),
                contract.where().map(SqlText::enclosed).orElse(""),
                switch (summary.start()) {
                    case ZERO -> "0";
                    case FALSE -> "false";
                    case NOTHING -> "NULL";
                },
                share(summary, column),
                summary instanceof Summary.Sum sum && !(sum.value().type().value() instanceof DataType.Scalar),
                Stream.concat(
                                summary.inputs().stream().map(column),
                                summary instanceof Summary.Latest ? keys.stream() : Stream.empty())
                        .distinct()
                        .toList(),
                aggregate(summary, column),
                summary.inputs().stream().findFirst().map(column).orElse(""),
                order(summary, column, keys),
                contract.isFolded() ? FoldBuilder.table(contract) : "");
    }

    private static String order(Summary summary, Function<Attribute, String> column, List<String> keys) {
        if (summary instanceof Summary.Latest latest) {
            return Stream.concat(
                            Stream.of(column.apply(latest.order()) + " DESC NULLS LAST"),
                            keys.stream().map(key -> key + " DESC"))
                    .collect(Collectors.joining(", "));
        }
        return summary instanceof Summary.Extreme extreme
                ? column.apply(extreme.value()) + (extreme.greatest() ? " DESC NULLS LAST" : "")
                : "";
    }

    private static String share(Summary summary, Function<Attribute, String> column) {
        if (summary instanceof Summary.Sum sum) {
            return "coalesce(" + column.apply(sum.value()) + ", 0)";
        }
        return summary instanceof Summary.Count ? "1" : "";
    }

    private static String aggregate(Summary summary, Function<Attribute, String> column) {
        if (summary instanceof Summary.Sum sum) {
            return "coalesce(sum(" + column.apply(sum.value()) + "), 0)";
        } else if (summary instanceof Summary.Extreme extreme) {
            return (extreme.greatest() ? "max(" : "min(") + column.apply(extreme.value()) + ")";
        } else if (summary instanceof Summary.Latest) {
            return "";
        }
        return summary instanceof Summary.Exists ? "true" : "count(*)";
    }

    /** Whether each row's share can be added and taken away, whatever the others are. */
    public boolean isAdded() {
        return !share.isEmpty();
    }

    /** Whether changes are laid aside and folded into the copy later. */
    public boolean isFolded() {
        return !aside.isEmpty();
    }

    /** What is not folded yet into the copy of the row that a variable or an alias stands for. */
    private String unfolded(String row) {
        var own = parentKeys.stream()
                .map(key -> "unfolded." + key + " = " + row + "." + key)
                .collect(Collectors.joining(" AND "));
        return "(SELECT coalesce(sum(unfolded." + copy + "), 0) FROM " + aside + " AS unfolded WHERE " + own + ")";
    }

    /** The table whose rows are summed up, as a literal. */
    public String childLiteral() {
        return DIALECT.literal(child);
    }

    /** What the copy of a row comes to: what it holds, and what is not folded into it yet. */
    public String stored(String row) {
        return isFolded() ? "(" + row + "." + copy + " + " + unfolded(row) + ")" : row + "." + copy;
    }

    /** What the copy of the row whose key a variable holds has to hold, so that it comes to the right value. */
    public String rightFor(String variable) {
        return isFolded() ? valueFor(variable) + " - " + unfolded(variable) : valueFor(variable);
    }

    /** How far the copy of a row is from what it should come to. */
    public String missing(String row) {
        return valueFor(row) + " - " + stored(row);
    }

    /** The condition that a row holds something else than it would without rows that refer to it. */
    public String holdsSome(String row) {
        return switch (start) {
            case "0" -> row + "." + copy + " <> 0";
            case "false" -> row + "." + copy;
            default -> row + "." + copy + " IS NOT NULL";
        };
    }

    /** The condition that a new row holds something else than no rows come to. */
    public String startsWrong(String row) {
        return start.equals("NULL")
                ? row + "." + copy + " IS NOT NULL"
                : row + "." + copy + " IS DISTINCT FROM " + start;
    }

    /** What the rows come to that refer to the row whose key a variable holds, in parentheses. */
    public String valueFor(String variable) {
        var from = " FROM " + child + " WHERE " + refersTo(variable);
        if (aggregate.equals("true")) {
            return "EXISTS (SELECT" + from + ")";
        }
        return aggregate.isEmpty()
                ? "(SELECT " + value + from + " ORDER BY " + order + " LIMIT 1)"
                : "(SELECT " + aggregate + from + ")";
    }

    /** Of what is read anew: the row that decides, where one does. */
    public String decisive(String variable) {
        return child + " WHERE " + refersTo(variable) + (order.isEmpty() ? "" : " ORDER BY " + order) + " LIMIT 1";
    }

    /** The rows that refer to the row whose key a variable holds, as a condition. */
    String refersTo(String variable) {
        var columns = IntStream.range(0, parentKeys.size())
                .mapToObj(i -> childAlias + "." + childKeys.get(i) + " = " + variable + "." + parentKeys.get(i))
                .collect(Collectors.joining(" AND "));
        return where.isEmpty() ? columns : columns + " AND " + where;
    }
}
