package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.CountContract;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one contract counts. Names and expressions are SQL already.
 *
 * @param parent the table that holds the count
 * @param alias its name in statements, which the child's does not hide
 * @param parentKeys its key
 * @param copy the column that holds the count
 * @param actual the name of the true number beside the key
 * @param child the table whose rows are counted
 * @param childAlias what its rows are called
 * @param childKeys the columns that refer to the parent, in the order of its key
 * @param where the condition under which a row counts, in parentheses; empty for always
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
        String where) {

    public Tally {
        parentKeys = List.copyOf(parentKeys);
        childKeys = List.copyOf(childKeys);
    }

    static Tally of(CountContract count) {
        var child = count.child().table().value();
        return new Tally(
                SqlText.table(count.parent()),
                SqlText.unlike("parent", Set.of(child)),
                count.parentColumns().stream().map(DIALECT::identifier).toList(),
                DIALECT.identifier(count.copy().column().value()),
                SqlText.unlike("actual", Set.copyOf(count.parentColumns())),
                SqlText.table(count.child()),
                SqlText.alias(count.child()),
                count.childColumns().stream().map(DIALECT::identifier).toList(),
                count.where().map(SqlText::enclosed).orElse(""));
    }

    /** The rows that refer to the row whose key a variable holds, as a condition. */
    String refersTo(String variable) {
        var columns = IntStream.range(0, parentKeys.size())
                .mapToObj(i -> childAlias + "." + childKeys.get(i) + " = " + variable + "." + parentKeys.get(i))
                .collect(Collectors.joining(" AND "));
        return where.isEmpty() ? columns : columns + " AND " + where;
    }
}
