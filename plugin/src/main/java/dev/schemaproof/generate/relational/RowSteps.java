package dev.schemaproof.generate.relational;

import dev.schemaproof.analysis.cure.Cure;
import dev.schemaproof.analysis.cure.Home;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What becomes of the rows when an entity is taken apart: what is looked for before they are copied, and how they are. */
final class RowSteps {

    private final Cure cure;
    private final Entity before;

    RowSteps(Cure cure) {
        this.cure = cure;
        before = cure.before();
    }

    /** Homes of homes before homes, so that foreign keys find their targets. */
    static List<Home> innermostFirst(Cure cure) {
        var homes = new ArrayList<>(cure.homes());
        Collections.reverse(homes);
        return homes;
    }

    private List<String> moved(Home home) {
        return home.moved().stream()
                .filter(name ->
                        before.attribute(name).flatMap(Attribute::generated).isEmpty())
                .toList();
    }

    /** Queries that find what contradicts itself or would be lost; each has to return no row. */
    List<String> checks() {
        var statements = new ArrayList<String>();
        for (var home : cure.homes()) {
            var key = SqlText.columns(before, home.determinant());
            var said = "count(DISTINCT ROW("
                    + moved(home).stream().map(this::comparable).collect(Collectors.joining(", ")) + "))";
            if (!moved(home).isEmpty()) {
                statements.add("SELECT " + key + ", " + said + "\nFROM " + SqlText.table(before) + "\nWHERE "
                        + present(home) + "\nGROUP BY " + key + "\nHAVING " + said + " > 1;");
            }
        }
        for (var home : cure.homes()) {
            lost(home).ifPresent(statements::add);
        }
        cure.homes().forEach(home -> home.before().ifPresent(there -> unlike(home, there, statements)));
        return statements;
    }

    /** Rows that say something else than the table that is there, or that it knows nothing of. */
    private void unlike(Home home, Entity there, List<String> statements) {
        var said = moved(home).stream()
                .filter(name -> there.attributes().containsKey(home.names().getOrDefault(name, name)))
                .toList();
        var joined = home.determinant().stream()
                .map(name -> "target." + column(home, name) + " = said." + SqlText.column(before, name))
                .collect(Collectors.joining(" AND "));
        if (!said.isEmpty()) {
            statements.add("SELECT said.*\nFROM " + SqlText.table(before) + " AS said\nJOIN " + SqlText.table(there)
                    + " AS target ON " + joined + "\nWHERE "
                    + said.stream()
                            .map(name -> "said." + SqlText.column(before, name) + " IS DISTINCT FROM target."
                                    + column(home, name))
                            .collect(Collectors.joining(" OR "))
                    + ";");
        }
        if (cure.before().references().values().stream()
                .noneMatch(reference -> reference.role().value().equals(home.role()))) {
            statements.add("SELECT said.*\nFROM " + SqlText.table(before) + " AS said\nWHERE "
                    + home.determinant().stream()
                            .map(name -> "said." + SqlText.column(before, name) + " IS NOT NULL")
                            .collect(Collectors.joining(" AND "))
                    + " AND NOT EXISTS (SELECT FROM " + SqlText.table(there) + " AS target WHERE " + joined + ");");
        }
    }

    /** Types that nothing compares are compared by what they look like. */
    private String comparable(String name) {
        var column = SqlText.column(before, name);
        return before.attribute(name)
                        .filter(attribute -> attribute.type().value() instanceof DataType.Native)
                        .isPresent()
                ? column + "::text"
                : column;
    }

    private String present(Home home) {
        return home.determinant().stream()
                .map(name -> SqlText.column(before, name) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    /** Statements that copy what the rows say. */
    List<String> backfill() {
        var statements = new ArrayList<String>();
        for (var home : innermostFirst(cure)) {
            var moved = moved(home);
            var key = SqlText.columns(before, home.determinant());
            var all = new ArrayList<>(home.determinant());
            all.addAll(moved);
            var select = "SELECT DISTINCT ON (" + key + ") " + SqlText.columns(before, all) + "\nFROM "
                    + SqlText.table(before) + "\nWHERE " + present(home) + "\nORDER BY " + key;
            var target = home.entity();
            var keys = named(home, home.determinant());
            if (home.before().isEmpty()) {
                statements.add("INSERT INTO " + SqlText.table(target) + " ("
                        + SqlText.columns(target, named(home, all)) + ")\n" + select + "\nON CONFLICT ("
                        + SqlText.columns(target, keys) + ") DO NOTHING;");
                continue;
            }
            var there = home.before().get();
            var added = moved.stream()
                    .filter(name -> there.attribute(home.names().getOrDefault(name, name))
                            .isEmpty())
                    .toList();
            if (!added.isEmpty()) {
                statements.add("UPDATE " + SqlText.table(target) + " AS target\nSET "
                        + added.stream()
                                .map(name -> column(home, name) + " = said." + SqlText.column(before, name))
                                .collect(Collectors.joining(", "))
                        + "\nFROM (\n" + select.replaceAll("(?m)^", "    ") + "\n) AS said\nWHERE "
                        + home.determinant().stream()
                                .map(name -> "target." + column(home, name) + " = said." + SqlText.column(before, name))
                                .collect(Collectors.joining(" AND "))
                        + ";");
            }
        }
        return statements;
    }

    private static List<String> named(Home home, List<String> names) {
        return names.stream().map(name -> home.names().getOrDefault(name, name)).toList();
    }

    private static String column(Home home, String name) {
        return SqlText.column(home.entity(), home.names().getOrDefault(name, name));
    }

    /** Rows that have no determinant, and so would refer to nothing that says the rest. */
    private Optional<String> lost(Home home) {
        var optional = home.determinant().stream()
                .filter(name ->
                        before.attribute(name).filter(Attribute::optional).isPresent())
                .map(name -> SqlText.column(before, name) + " IS NULL")
                .toList();
        var said = moved(home).stream()
                .map(name -> SqlText.column(before, name) + " IS NOT NULL")
                .toList();
        return optional.isEmpty() || said.isEmpty()
                ? Optional.empty()
                : Optional.of("SELECT *\nFROM " + SqlText.table(before) + "\nWHERE (" + String.join(" OR ", optional)
                        + ") AND (" + String.join(" OR ", said) + ");");
    }
}
