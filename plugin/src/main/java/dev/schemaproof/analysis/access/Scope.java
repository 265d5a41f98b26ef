package dev.schemaproof.analysis.access;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlQuery.CommonTable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names that a query can use: what stands in its FROM, and then those of the queries around it. */
final class Scope {

    /** What stands in FROM under one name. */
    sealed interface Source {

        /** The uses of entities that its rows come from. */
        Set<Integer> uses();

        /** A table, its columns under the names that they have here. */
        record Table(int use, Map<String, Attribute> columns) implements Source {

            @Override
            public Set<Integer> uses() {
                return Set.of(use);
            }
        }

        /**
         * The rows of a query or function.
         *
         * @param complete whether it has no other columns
         */
        record Rows(Map<String, Derived> columns, Set<Integer> uses, boolean complete) implements Source {}
    }

    /** Which conditions on a column of a query also hold inside of it. */
    enum Pass {
        /** All: the query is a part of the one around it. */
        ALL,
        /** Those that compare with constants. */
        CONSTANTS,
        NONE
    }

    /** A value of a query's projection. */
    record Output(SqlExpression value, Scope scope) {}

    /** A column of a query: one origin, or as many as there are queries put together. */
    record Derived(List<Output> origins, Pass pass) {}

    /** What a column's name means. */
    sealed interface Meaning {

        /** The attribute of a use. */
        record Own(int use, Attribute attribute) implements Meaning {}

        /** A value computed from others. */
        record Computed(Output output) implements Meaning {}

        /** Something that is known once the uses are. */
        record Value(Set<Integer> uses) implements Meaning {}

        /** A column of a query that lets conditions with constants pass. */
        record Passing(Source.Rows rows, Derived column) implements Meaning {}

        /** Nothing. */
        record Unknown() implements Meaning {}
    }

    private final @Nullable Scope parent;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, CommonTable> commons = new HashMap<>();
    private final Map<String, Source.Rows> computed = new HashMap<>();
    private final Set<Integer> outer = new TreeSet<>();
    private final Set<Integer> uses = new TreeSet<>();

    Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    void add(String name, Source source) {
        sources.put(name, source);
        uses.addAll(source.uses());
    }

    Map<String, Source> sources() {
        return sources;
    }

    /** All uses in its FROM. */
    Set<Integer> uses() {
        return uses;
    }

    /** The uses of queries around it that it refers to. */
    Set<Integer> outer() {
        return outer;
    }

    /**
     * What a query in this one's FROM can name.
     *
     * @param lateral whether it sees what stands in FROM before it
     */
    Scope seenFromFrom(boolean lateral) {
        var seen = new Scope(parent);
        seen.commons.putAll(commons);
        seen.computed.putAll(computed);
        if (lateral) {
            sources.forEach(seen::add);
        }
        return seen;
    }

    /** Notes that a query in FROM refers to uses around this one. */
    void refersTo(Set<Integer> around) {
        outer.addAll(around);
        outer.removeAll(uses);
    }

    void name(CommonTable common) {
        commons.put(common.name().value(), common);
    }

    /** The rows of a WITH query that is computed once. */
    void nameComputed(String name, Source.Rows rows) {
        computed.put(name, rows);
    }

    Optional<CommonTable> common(String name) {
        var own = commons.get(name);
        return own != null || parent == null ? Optional.ofNullable(own) : parent.common(name);
    }

    Optional<Source.Rows> computed(String name) {
        var own = computed.get(name);
        return own != null || parent == null ? Optional.ofNullable(own) : parent.computed(name);
    }

    Meaning meaning(SqlExpression.Column column) {
        var own = ownMeaning(column);
        if (own.isPresent()) {
            return own.get();
        }
        if (parent == null) {
            return new Meaning.Unknown();
        }
        var meaning = parent.meaning(column);
        outer.addAll(usesOf(meaning));
        outer.removeAll(uses);
        return meaning;
    }

    private Optional<Meaning> ownMeaning(SqlExpression.Column column) {
        var name = column.name().value();
        if (column.table().isPresent()) {
            var source = sources.get(column.table().get().value());
            return source == null
                    ? Optional.empty()
                    : Optional.of(in(source, name).orElseGet(() -> new Meaning.Value(source.uses())));
        }
        for (var source : sources.values()) {
            var found = in(source, name);
            if (found.isPresent()) {
                return found;
            }
        }
        // A table's name stands for its whole row
        var row = sources.get(name);
        if (row != null) {
            return Optional.of(new Meaning.Value(row.uses()));
        }
        return sources.values().stream()
                .filter(source -> source instanceof Source.Rows rows && !rows.complete())
                .findFirst()
                .map(source -> new Meaning.Value(source.uses()));
    }

    private static Optional<Meaning> in(Source source, String name) {
        if (source instanceof Source.Table table) {
            return Optional.ofNullable(table.columns().get(name)).map(found -> new Meaning.Own(table.use(), found));
        }
        var rows = (Source.Rows) source;
        return Optional.ofNullable(rows.columns().get(name)).map(column -> switch (column.pass()) {
            case ALL -> new Meaning.Computed(column.origins().get(0));
            case CONSTANTS -> new Meaning.Passing(rows, column);
            case NONE -> new Meaning.Value(rows.uses());
        });
    }

    /** The uses that an expression reads from, apart from nested queries. */
    Set<Integer> usesOf(SqlExpression expression) {
        var found = new TreeSet<Integer>();
        expression.walk().forEach(node -> {
            if (node instanceof SqlExpression.Column column) {
                found.addAll(usesOf(meaning(column)));
            }
        });
        return found;
    }

    static Set<Integer> usesOf(Meaning meaning) {
        if (meaning instanceof Meaning.Own own) {
            return Set.of(own.use());
        } else if (meaning instanceof Meaning.Computed computed) {
            return computed.output().scope().usesOf(computed.output().value());
        } else if (meaning instanceof Meaning.Value value) {
            return value.uses();
        } else if (meaning instanceof Meaning.Passing passing) {
            return passing.rows().uses();
        }
        return Set.of();
    }
}
