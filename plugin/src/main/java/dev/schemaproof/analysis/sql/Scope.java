package dev.schemaproof.analysis.sql;

import dev.schemaproof.analysis.sql.Outputs.Output;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What names can stand for at one place of a statement: the rows of its own FROM, then those further out. */
final class Scope {

    private static final PostgresDialect POSTGRES = new PostgresDialect();

    private final @Nullable Scope outer;
    private final Map<String, Relation> relations = new LinkedHashMap<>();
    private final Map<String, List<Entry>> columns = new HashMap<>();
    private final List<Entry> star = new ArrayList<>();
    private boolean open;
    private boolean holdsColumns;
    private boolean holdsTables;
    private boolean unsureOfStar;
    private boolean nameless;
    private boolean unsureOfMerges;

    /** A column that can be named without its relation. */
    private record Entry(Relation relation, Output output) {

        boolean isCalled(String name) {
            return output.name().filter(name::equals).isPresent();
        }
    }

    /** What a name stands for. */
    sealed interface Found {

        /** A column. */
        record Column(Output output) implements Found {}

        /** All of a table's row, as its name alone stands for it. */
        record Row() implements Found {}

        /** Something else, or something that isn't known. */
        record Unsure() implements Found {}

        /** Several columns, of these relations. */
        record Ambiguous(List<String> relations) implements Found {}

        /** Nothing. */
        record Nothing() implements Found {}

        /** No column of this relation. */
        record NoColumn(Relation relation) implements Found {}
    }

    Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    /** Adds rows whose columns can be named with and without their relation. */
    Scope add(Relation relation) {
        addQualified(relation);
        open |= relation.open();
        holdsColumns |= !relation.isEmpty();
        holdsTables |= relation.isTable();
        unsureOfStar |= relation.outputs().open();
        relation.outputs().columns().forEach(output -> star.add(new Entry(relation, output)));
        relation.columns().forEach((name, output) -> {
            enter(name, new Entry(relation, output));
            if (relation.repeats(name)) {
                enter(name, new Entry(relation, output));
            }
        });
        return this;
    }

    /** Adds rows whose columns can't be named without their relation. */
    Scope addQualified(Relation relation) {
        relation.name()
                .ifPresentOrElse(name -> relations.putIfAbsent(name, relation), () -> nameless |= relation.open());
        return this;
    }

    private void enter(String name, Entry entry) {
        columns.computeIfAbsent(name, key -> new ArrayList<>(1)).add(entry);
    }

    /**
     * Adds what another scope sees.
     *
     * @param merged columns that are one with those here of the same name
     * @param same whether their value is the one they have here
     */
    void join(Scope other, Set<String> merged, boolean same) {
        other.relations.forEach(relations::putIfAbsent);
        open |= other.open;
        holdsColumns |= other.holdsColumns;
        holdsTables |= other.holdsTables;
        nameless |= other.nameless;
        unsureOfMerges |= other.unsureOfMerges;
        other.columns.forEach((name, entries) -> {
            if (!merged.contains(name)) {
                entries.forEach(entry -> enter(name, entry));
            }
        });
        if (!same) {
            merged.forEach(name -> columns.computeIfPresent(name, (key, entries) -> withoutOrigins(entries)));
        }
        joinStar(other, merged, same);
    }

    /** The merged columns come first, then what else stands left, then what else stands right. */
    private void joinStar(Scope other, Set<String> merged, boolean same) {
        unsureOfStar |= other.unsureOfStar || star.size() + other.star.size() > Outputs.MOST;
        if (unsureOfStar) {
            star.clear();
            return;
        }
        if (!merged.isEmpty()) {
            var first = new ArrayList<Entry>();
            for (var name : merged) {
                star.stream().filter(entry -> entry.isCalled(name)).findFirst().ifPresent(first::add);
            }
            star.removeAll(first);
            star.addAll(0, same ? first : withoutOrigins(first));
        }
        for (var entry : other.star) {
            if (merged.isEmpty() || merged.stream().noneMatch(entry::isCalled)) {
                star.add(entry);
            }
        }
    }

    private static List<Entry> withoutOrigins(List<Entry> entries) {
        var without = new ArrayList<Entry>();
        entries.forEach(entry -> without.add(
                new Entry(entry.relation(), new Output(entry.output().name(), Optional.empty()))));
        return without;
    }

    /** The names that columns have both here and there; those of open relations are left out. */
    Set<String> commonColumns(Scope other) {
        var common = new TreeSet<>(columns.keySet());
        common.retainAll(other.columns.keySet());
        unsureOfMerges |= open || other.open;
        return common;
    }

    /** What a name without a relation stands for. */
    Found find(String name) {
        for (var scope = this; scope != null; scope = scope.outer) {
            var found = scope.findHere(name);
            if (!(found instanceof Found.Nothing)) {
                return found;
            }
        }
        return new Found.Nothing();
    }

    /** What a name without a relation stands for, without looking further out. */
    Found findHere(String name) {
        var entries = columns.getOrDefault(name, List.of());
        if (entries.size() == 1) {
            return new Found.Column(entries.get(0).output());
        } else if (!entries.isEmpty()) {
            return unsureOfMerges ? new Found.Unsure() : new Found.Ambiguous(namesOf(entries));
        }
        if (open || holdsTables && POSTGRES.isSystemColumn(name)) {
            return new Found.Unsure();
        }
        return relations.containsKey(name) ? new Found.Row() : new Found.Nothing();
    }

    private static List<String> namesOf(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.relation().name().stream())
                .distinct()
                .toList();
    }

    /** What a name behind that of a relation stands for. */
    Found find(String qualifier, String name) {
        var relation = relation(qualifier);
        if (relation.isEmpty()) {
            return isSureOfRelations() ? new Found.Nothing() : new Found.Unsure();
        }
        var output = relation.get().columns().get(name);
        if (output != null) {
            return relation.get().repeats(name) ? new Found.Ambiguous(List.of(qualifier)) : new Found.Column(output);
        }
        return relation.get().open() || relation.get().isTable() && POSTGRES.isSystemColumn(name)
                ? new Found.Unsure()
                : new Found.NoColumn(relation.get());
    }

    /** The rows that are called so, here or further out. */
    Optional<Relation> relation(String name) {
        for (var scope = this; scope != null; scope = scope.outer) {
            var relation = scope.relations.get(name);
            if (relation != null) {
                return Optional.of(relation);
            }
        }
        return Optional.empty();
    }

    boolean isSureOfRelations() {
        for (var scope = this; scope != null; scope = scope.outer) {
            if (scope.nameless) {
                return false;
            }
        }
        return true;
    }

    /** Whether columns are out of reach altogether. */
    boolean isEmpty() {
        return outer == null && !holdsColumns;
    }

    /** The names of relations here and further out. */
    List<String> relationNames() {
        var names = new LinkedHashSet<String>();
        for (var scope = this; scope != null; scope = scope.outer) {
            names.addAll(scope.relations.keySet());
        }
        return List.copyOf(names);
    }

    /** The names of columns here. */
    List<String> columnNamesHere() {
        return List.copyOf(new TreeSet<>(columns.keySet()));
    }

    /** The names of columns here and further out. */
    List<String> columnNames() {
        var names = new TreeSet<String>();
        for (var scope = this; scope != null; scope = scope.outer) {
            names.addAll(scope.columns.keySet());
        }
        return List.copyOf(names);
    }

    /** What {@code *} yields here. */
    Outputs star() {
        return new Outputs(star.stream().map(Entry::output).toList(), unsureOfStar || unsureOfMerges);
    }
}
