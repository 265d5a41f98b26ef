package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.normal.Origin;
import dev.schemaproof.analysis.normal.Witness;
import dev.schemaproof.model.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The certificate that a dependency breaks a normal form: a script with two rows that the keys accept and that say one thing
 * twice, and an update of one of them after which they contradict each other.
 *
 * <p>It stands alone: all it makes is a temporary table with the columns that matter. The rows agree on the closure of the
 * determinant and nowhere else ({@link Witness}), so that as long as all dependencies hold they are as much alike as rows
 * with that determinant have to be.
 *
 * @param create the table
 * @param rows the rows, in order
 * @param update what makes them contradict each other
 * @param select what shows it: one row for each determinant with more than one dependent
 */
public record Contradiction(String create, List<String> rows, String update, String select) {

    public Contradiction {
        rows = List.copyOf(rows);
    }

    /**
     * The example for a dependency that breaks a normal form.
     *
     * @param determinant is no superkey
     * @param dependent what it determines
     */
    public static Contradiction of(
            Facts facts, EntityDependencies dependencies, AttributeSet determinant, int dependent) {
        return new Writer(facts, dependencies, determinant, dependent).write();
    }

    /** The whole script. */
    public String script() {
        return create + "\n" + String.join("\n", rows) + "\n\n-- The keys accept it\n" + update
                + "\n\n-- Which of them is right?\n" + select + "\n";
    }

    private static final class Writer {

        private final EntityDependencies dependencies;
        private final AttributeSet determinant;
        private final int dependent;
        private final Witness witness;
        private final String table;
        private final List<List<String>> keys;
        private final List<Integer> positions;
        private final List<SampleColumn> columns;

        Writer(Facts facts, EntityDependencies dependencies, AttributeSet determinant, int dependent) {
            this.dependencies = dependencies;
            this.determinant = determinant;
            this.dependent = dependent;
            witness = Witness.of(dependencies.dependencies(), determinant);
            var entity = dependencies.entity();
            table = DIALECT.identifier("example");
            keys = keys(dependencies);
            var shown = new LinkedHashSet<String>();
            keys.forEach(shown::addAll);
            shown.addAll(dependencies.namesOf(determinant));
            shown.addAll(dependencies.namesOf(AttributeSet.of(dependent)));
            positions =
                    dependencies.setOf(shown).orElseThrow().positions().boxed().toList();
            var attributes = List.copyOf(entity.attributes().values());
            columns = positions.stream()
                    .map(attributes::get)
                    .map((Attribute attribute) -> new SampleColumn(attribute, facts.model(), facts.types()))
                    .toList();
        }

        /** The keys that hold among all rows: the left sides of what determines everything and is kept by the database. */
        private static List<List<String>> keys(EntityDependencies dependencies) {
            return dependencies.sourced().stream()
                    .filter(sourced -> isKey(sourced.origin()))
                    .map(sourced -> sourced.dependency().determinant())
                    .filter(key -> !key.isEmpty())
                    .distinct()
                    .map(dependencies::namesOf)
                    .toList();
        }

        private static boolean isKey(Origin origin) {
            return origin instanceof Origin.PrimaryKey
                    || origin instanceof Origin.Unique
                    || origin instanceof Origin.UniqueIndex
                    || origin instanceof Origin.Exclusion;
        }

        Contradiction write() {
            var lines = new ArrayList<String>();
            columns.forEach(column -> lines.add(column.definition()));
            for (var i = 0; i < keys.size(); i++) {
                lines.add((i == 0 ? "PRIMARY KEY (" : "UNIQUE (") + names(keys.get(i)) + ")");
            }
            return new Contradiction(
                    "CREATE TEMPORARY TABLE " + table + " (\n    " + String.join(",\n    ", lines) + "\n);",
                    List.of(row(1), row(2)),
                    update(),
                    select());
        }

        private SampleColumn column(int position) {
            return columns.get(positions.indexOf(position));
        }

        private String names(List<String> attributes) {
            return names(dependencies.setOf(attributes).orElseThrow());
        }

        private String names(AttributeSet attributes) {
            return attributes
                    .positions()
                    .mapToObj(position -> column(position).name())
                    .collect(Collectors.joining(", "));
        }

        private String value(int row, int position) {
            return column(position).value(Math.max(1, witness.value(row, position)));
        }

        private String row(int row) {
            return "INSERT INTO " + table + " VALUES ("
                    + positions.stream().map(position -> value(row, position)).collect(Collectors.joining(", "))
                    + ");";
        }

        /** By the first key of the second row; rows differ in each key, as the determinant is no superkey. */
        private String update() {
            var identity = keys.isEmpty()
                    ? dependencies.dependencies().all().minus(witness.agreeing())
                    : dependencies.setOf(keys.get(0)).orElseThrow();
            return "UPDATE " + table + " SET " + column(dependent).name() + " = "
                    + column(dependent).value(2) + "\nWHERE "
                    + identity.positions()
                            .filter(positions::contains)
                            .mapToObj(position -> column(position).name() + " = " + value(2, position))
                            .collect(Collectors.joining(" AND "))
                    + ";";
        }

        private String select() {
            var left = names(determinant);
            var right = column(dependent).name();
            return "SELECT " + (left.isEmpty() ? "" : left + ", ") + "array_agg(DISTINCT " + right + ")\nFROM " + table
                    + (left.isEmpty() ? "" : "\nGROUP BY " + left) + "\nHAVING count(DISTINCT " + right + ") > 1;";
        }
    }
}
