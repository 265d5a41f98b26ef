package dev.schemaproof.prove.data;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.prove.data.NumberedRows.Agreement;
import dev.schemaproof.prove.data.NumberedRows.Cell;
import dev.schemaproof.prove.data.NumberedRows.Later;
import dev.schemaproof.prove.data.NumberedRows.Own;
import dev.schemaproof.prove.data.NumberedRows.Parent;
import dev.schemaproof.prove.data.NumberedRows.Referring;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of its values each column of a table has in which row, so that keys hold by construction: a column that is
 * unique alone counts, and columns that are unique together are the digits of a number. What is not in a key has its values
 * in the declared shares.
 */
final class Numbering {

    /**
     * A reference that rows have values for.
     *
     * @param parent the rows referred to
     * @param size how many those are
     * @param later whether they come later, and may not be referred to before
     */
    record Link(
            Reference reference, Entity target, Supplier<Optional<NumberedRows>> parent, long size, boolean later) {}

    /** Something that gives one or more columns their values: a reference, or a column of its own. */
    private static final class Part {

        private final List<String> attributes;
        private final @Nullable Link link;
        private final long capacity;
        private final double nulls;
        private final List<Double> frequent;
        private final long key;
        private long distinct;
        private @Nullable Numbers numbers;
        private boolean unique;

        Part(
                List<String> attributes,
                @Nullable Link link,
                long capacity,
                double distinct,
                double nulls,
                List<Double> frequent,
                long key) {
            this.attributes = List.copyOf(attributes);
            this.link = link;
            this.capacity = Math.max(1, capacity);
            this.distinct = Math.max(Math.max(1, frequent.size()), Math.min(this.capacity, Math.round(distinct)));
            this.nulls = nulls;
            this.frequent = List.copyOf(frequent);
            this.key = key;
        }
    }

    private final Entity entity;
    private final Map<String, ColumnStatistics> statistics;
    private final Map<String, NumberedValues> own;
    private final List<Link> links;
    private final long seed;
    /** Attributes that another attempt changes, unless they are unique. */
    private final Set<String> changing;

    /**
     * @param statistics by attribute
     * @param own the values of the attributes that refer to nothing
     * @param changing attributes that another attempt shall change, as checks on whole rows mention them, unless they are
     *     unique or others refer to them
     */
    Numbering(
            Entity entity,
            Map<String, ColumnStatistics> statistics,
            Map<String, NumberedValues> own,
            Collection<Link> links,
            Collection<String> changing,
            long seed) {
        this.entity = entity;
        this.statistics = statistics;
        this.own = own;
        this.links = links.stream()
                // Those to the same table come last, as they have to agree with where a row belongs to
                .sorted(Comparator.<Link, Boolean>comparing(
                                link -> link.target().equals(entity) || link.later())
                        .thenComparingInt(link -> -link.reference().names().size()))
                .toList();
        this.seed = seed;
        this.changing = new HashSet<>(changing);
    }

    /**
     * The rows: as many as wanted, or as the keys have values for.
     *
     * @throws NoRowsException when the keys share attributes in a way that counting cannot serve
     */
    NumberedRows rows(long wanted) throws NoRowsException {
        long rows = wanted;
        while (true) {
            List<Part> parts = parts(rows);
            long possible = number(parts, rows);
            if (possible == rows) {
                return new NumberedRows(entity, rows, cells(parts));
            }
            rows = possible;
        }
    }

    private List<Part> parts(long rows) {
        List<Part> parts = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Link link : links) {
            List<String> names = link.reference().names();
            if (names.stream().anyMatch(name -> !taken.contains(name))
                    && names.stream().allMatch(this::known)) {
                // What two references share is the first one's; the second has to agree
                List<String> free =
                        names.stream().filter(name -> !taken.contains(name)).toList();
                parts.add(referring(link, names, free));
                taken.addAll(free);
            }
        }
        own.forEach((name, values) -> {
            if (!taken.contains(name)) {
                parts.add(alone(name, values, rows));
            }
        });
        return parts;
    }

    private boolean known(String attribute) {
        return statistics.containsKey(attribute);
    }

    private Part referring(Link link, List<String> names, List<String> free) {
        double distinct =
                free.stream().mapToDouble(name -> column(name).distinct()).max().orElse(1);
        double nulls =
                free.stream().mapToDouble(name -> column(name).nulls()).max().orElse(0);
        List<Double> frequent =
                names.size() == 1 ? List.copyOf(column(names.get(0)).frequent().values()) : List.of();
        return new Part(free, link, link.size(), Math.min(distinct, (double) link.size()), nulls, frequent, key(names));
    }

    private Part alone(String name, NumberedValues values, long rows) {
        ColumnStatistics column = column(name);
        List<Double> frequent =
                values.pool().isEmpty() ? List.copyOf(column.frequent().values()) : List.of();
        Part part = new Part(
                List.of(name),
                null,
                values.capacity(),
                column.distinct(),
                column.nulls(),
                frequent,
                key(List.of(name)));
        // Identities differ in any case; a day has many rows, as long as no key needs another for each
        boolean differs = !column.recent() || keys().stream().anyMatch(key -> key.contains(name));
        long all = Math.max(1, rows);
        long distinct = differs ? all : Math.min(all, Math.max(1, Math.round(column.distinct())));
        if (column.ordered() && part.capacity >= distinct && frequent.isEmpty()) {
            part.numbers = new Numbers.Ascending(all, distinct);
            part.distinct = distinct;
            part.unique = distinct == all;
        }
        return part;
    }

    private ColumnStatistics column(String attribute) {
        return Objects.requireNonNull(statistics.get(attribute));
    }

    private long key(List<String> names) {
        return Shuffle.mix(seed * 31
                + String.join(",", names).hashCode() * 7L
                + entity.name().value().hashCode());
    }

    /** Gives every part its numbers; answers how many rows that is possible for. */
    private long number(List<Part> parts, long rows) throws NoRowsException {
        List<Set<String>> decided = new ArrayList<>();
        for (Set<String> key : keys()) {
            changing.removeAll(key);
            List<Part> within = parts.stream()
                    .filter(part -> key.containsAll(part.attributes))
                    .toList();
            if (within.stream().anyMatch(part -> part.unique)
                    || decided.stream().anyMatch(key::containsAll)
                    || key.stream().anyMatch(name -> !statistics.containsKey(name))) {
                continue;
            }
            List<Part> free =
                    within.stream().filter(part -> part.numbers == null).toList();
            if (free.isEmpty()) {
                // What was decided for others must do; the database is the judge
                continue;
            }
            long possible = unique(free, rows, soft(key));
            if (possible < rows && free.size() < within.size()) {
                throw new NoRowsException(
                        entity.name().value(),
                        "the keys of `" + entity.name() + "` share attributes, so that " + rows
                                + " rows cannot be counted off");
            } else if (possible < rows && !soft(key)) {
                return possible;
            }
            decided.add(key);
        }
        for (Part part : parts) {
            if (part.numbers == null) {
                part.numbers = new Numbers.Shared(
                        new Shuffle(Math.max(1, rows), part.key),
                        part.distinct,
                        part.nulls,
                        part.frequent,
                        part.attributes.stream().noneMatch(changing::contains));
            }
        }
        return rows;
    }

    /** Lets the parts differ together in every row; answers in how many rows they can. */
    private static long unique(List<Part> parts, long rows, boolean soft) {
        if (parts.size() == 1) {
            Part part = parts.get(0);
            if (part.capacity < rows) {
                return soft ? rows : part.capacity;
            }
            part.distinct = Math.max(1, rows - Math.round(part.nulls * rows));
            part.numbers = new Numbers.Shared(
                    new Shuffle(Math.max(1, rows), part.key), part.distinct, part.nulls, List.of(), true);
            part.unique = part.nulls == 0;
            return rows;
        }
        // Those with declared shares keep them, if the others have enough values
        List<Part> digits = new ArrayList<>(
                parts.stream().filter(part -> part.frequent.isEmpty()).toList());
        widen(digits, rows);
        if (combinations(digits) < rows) {
            digits = new ArrayList<>(parts);
            widen(digits, rows);
        }
        if (combinations(digits) < rows) {
            return soft ? rows : (long) combinations(digits);
        }
        digits.sort(Comparator.comparingLong(part -> -part.distinct));
        Shuffle order = new Shuffle(Math.max(1, rows), digits.get(0).key);
        List<Shuffle> shuffles = digits.stream()
                .map(part -> new Shuffle(part.distinct, part.key))
                .toList();
        for (int i = 0; i < digits.size(); i++) {
            digits.get(i).numbers = new Numbers.Digit(order, shuffles, i);
        }
        return rows;
    }

    private static void widen(List<Part> digits, long rows) {
        for (Part part : digits) {
            double missing = rows / Math.max(1, combinations(digits));
            if (missing > 1) {
                part.distinct = Math.min(part.capacity, Math.min(rows, (long) Math.ceil(part.distinct * missing)));
            }
        }
    }

    private static double combinations(List<Part> digits) {
        return digits.isEmpty()
                ? 0
                : digits.stream().mapToDouble(part -> part.distinct).reduce(1, (one, other) -> one * other);
    }

    /** The sets of attributes that are unique, the smallest first: what holds for them holds for those around. */
    private List<Set<String>> keys() {
        return Stream.concat(Stream.of(entity.keyNames()), Synthesizer.uniqueLists(entity))
                .filter(names -> !names.isEmpty())
                .<Set<String>>map(LinkedHashSet::new)
                .distinct()
                .sorted(Comparator.comparingInt(names -> names.size()))
                .toList();
    }

    /** Whether only some rows have to differ, as the index is for a part of them. */
    private boolean soft(Set<String> key) {
        return !key.equals(Set.copyOf(entity.keyNames()))
                && entity.uniques().stream().noneMatch(unique -> key.equals(Set.copyOf(unique.names())))
                && entity.indexes().values().stream()
                        .filter(index -> index.unique())
                        .anyMatch(index -> index.where().isPresent());
    }

    /** The cells by attribute, in the order of columns. */
    private Map<String, Cell> cells(List<Part> parts) {
        Map<String, Cell> known = new LinkedHashMap<>();
        for (Part part : parts) {
            Numbers numbers = Objects.requireNonNull(part.numbers);
            if (part.link == null) {
                String name = part.attributes.get(0);
                known.put(name, new Own(values(part, name), numbers));
            } else {
                refer(part, part.link, numbers, known);
            }
        }
        Map<String, Cell> ordered = new LinkedHashMap<>();
        for (Attribute attribute : entity.attributes().values()) {
            Cell cell = known.get(attribute.name().value());
            if (cell != null) {
                ordered.put(attribute.name().value(), cell);
            }
        }
        return ordered;
    }

    private NumberedValues values(Part part, String name) {
        NumberedValues values = Objects.requireNonNull(own.get(name)).withDistinct(part.distinct);
        return part.frequent.isEmpty()
                ? values
                : values.withFirst(List.copyOf(column(name).frequent().keySet()));
    }

    private void refer(Part part, Link link, Numbers numbers, Map<String, Cell> known) {
        List<String> names = link.reference().names();
        List<String> referred = link.reference().referredNames(link.target());
        List<String> shared =
                names.stream().filter(name -> !part.attributes.contains(name)).toList();
        Agreement agreement = shared.isEmpty()
                ? Agreement.NONE
                : Agreement.on(
                        shared.stream().map(known::get).toList(),
                        shared.stream()
                                .map(name -> referred.get(names.indexOf(name)))
                                .toList());
        Parent parent = new Parent(
                link.parent(),
                numbers,
                // The same for all that refer there: who has posts has followers, too
                Shuffle.mix(seed + link.target().name().value().hashCode()),
                part.frequent.isEmpty()
                        ? List.of()
                        : List.copyOf(column(names.get(0)).frequent().keySet()),
                link.target().equals(entity),
                agreement);
        for (String name : part.attributes) {
            Cell cell = new Referring(parent, referred.get(names.indexOf(name)));
            known.put(name, link.later() ? new Later(cell) : cell);
        }
    }
}
