package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.Reference.Action;
import dev.schemaproof.prove.data.Population;
import dev.schemaproof.prove.data.Row;
import dev.schemaproof.prove.data.RowMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes up statements that change what is summed up or copied: everything that applications do to a table and to those that it
 * refers to. Most of it goes to a few parents, so that connections meet.
 */
final class Workload {

    private static final int HOT_PARENTS = 4;
    private static final double HOT = 0.7;

    /** One statement of so many changes what others hold copies of. */
    private static final int CHANGES = 6;

    /** One in so many references that are changed leads nowhere, where it may. */
    private static final int TURNS = 4;

    private final List<Link> links;
    private final Entity child;
    private final RowMaker childRows;
    private final Map<Entity, RowMaker> parentRows;
    private final Population population;
    private final SplittableRandom random;
    private long serial;

    /**
     * @param links between the same child and its parents; at least one
     * @param population the rows that were there at the beginning
     * @param firstSerial from which rows are numbered; must be far from that of other workloads
     */
    Workload(
            List<Link> links,
            RowMaker childRows,
            Map<Entity, RowMaker> parentRows,
            Population population,
            SplittableRandom random,
            long firstSerial) {
        this.links = List.copyOf(links);
        this.child = links.get(0).child();
        this.childRows = childRows;
        this.parentRows = Map.copyOf(parentRows);
        this.population = population;
        this.random = random;
        this.serial = firstSerial;
    }

    /** The next statement. */
    Command next() {
        Link link = links.get(random.nextInt(links.size()));
        for (int i = 0; ; i++) {
            // An insert is always possible in the end
            int kind = i < 20 ? random.nextInt(100) : 0;
            Optional<Command> command = draw(link, kind);
            if (command.isPresent()) {
                return command.get();
            }
            if (i > 1_000) {
                throw new IllegalStateException("no statement on " + child.name() + " could be made up");
            }
        }
    }

    private Optional<Command> draw(Link link, int kind) {
        if (link.isFollowed() && random.nextInt(CHANGES) == 0) {
            return touchParent(link, parent(link));
        }
        if (kind < 30) {
            return insert(link, 1, "");
        } else if (kind < 38) {
            return insert(link, 2 + random.nextInt(4), "");
        } else if (kind < 44) {
            return insert(link, 3, " ON CONFLICT DO NOTHING");
        } else if (kind < 50) {
            return upsert(link);
        } else if (kind < 59) {
            return Optional.of(move(link, parent(link), parent(link), 1 + random.nextInt(3), 0));
        } else if (kind < 63) {
            return Optional.of(merge(link, parent(link), parent(link)));
        } else if (kind < 66) {
            return Optional.of(deleteAndMove(link, parent(link), parent(link), parent(link)));
        } else if (kind < 69) {
            return unrefer(link);
        } else if (kind < 75) {
            return touch(link);
        } else if (kind < 92) {
            return Optional.of(delete(link, parent(link), 1 + random.nextInt(5), 0));
        } else if (kind < 94) {
            return deleteParent(link);
        } else if (kind < 96) {
            return touchParent(link, parent(link));
        } else if (kind < 97) {
            return rekey(link, parent(link), parent(link));
        } else {
            return insertParent(link);
        }
    }

    /** A parent's key, mostly one of those that all workloads prefer. */
    List<String> parent(Link link) {
        List<List<String>> keys = population.valuesOf(link.parent(), link.referred());
        boolean hot = random.nextDouble() < HOT;
        return keys.get(random.nextInt(hot ? Math.min(HOT_PARENTS, keys.size()) : keys.size()));
    }

    /** Inserts children of random parents. */
    private Optional<Command> insert(Link link, int rows, String suffix) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            Optional<Row> row = child(link, parent(link));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            values.addAll(row.get().inOrder());
        }
        return Optional.of(new Command(childRows.insert(rows) + suffix, values));
    }

    /** Inserts a child of the parent. */
    Optional<Command> insert(Link link, List<String> parent) {
        return child(link, parent).map(row -> new Command(childRows.insert(1), row.inOrder()));
    }

    private Optional<Row> child(Link link, List<String> parent) {
        serial++;
        return childRows.draw(
                random,
                serial,
                random.nextInt(10),
                population,
                Map.of(link.reference().role().value(), parent));
    }

    /** Inserts a child, or lets the one with its key refer to this one's parent. */
    private Optional<Command> upsert(Link link) {
        List<Attribute> key = child.keyNames().stream()
                .map(name -> child.attribute(name).orElseThrow())
                .toList();
        if (key.isEmpty() || !childRows.attributes().containsAll(key)) {
            return Optional.empty();
        }
        String columns = SummaryCopy.names(
                key.stream().map(found -> found.column().value()).toList());
        List<String> set = link.reference().names().stream()
                .map(name -> SummaryCopy.column(child.attribute(name).orElseThrow()))
                .map(column -> column + " = EXCLUDED." + column)
                .toList();
        return insert(link, 1, " ON CONFLICT (" + columns + ") DO UPDATE SET " + String.join(", ", set));
    }

    /** Lets some children of one parent refer to another. */
    Command move(Link link, List<String> from, List<String> to, int rows, int skip) {
        Reference reference = link.reference();
        List<@Nullable String> values = new ArrayList<>(to);
        values.addAll(from);
        return new Command(
                "UPDATE " + SummaryCopy.table(child) + " SET " + SummaryCopy.assignments(child, reference.names(), ", ")
                        + " WHERE " + some(link, rows, skip),
                values);
    }

    /** Lets some children of one parent refer to another, and deletes the next ones, by MERGE. */
    private Command merge(Link link, List<String> from, List<String> to) {
        String columns = String.join(", ", identity());
        String same = identity().stream()
                .map(column -> "kept." + column + " = chosen." + column)
                .collect(Collectors.joining(" AND "));
        List<@Nullable String> values = new ArrayList<>(from);
        values.addAll(to);
        return new Command(
                "MERGE INTO " + SummaryCopy.table(child) + " AS kept USING (SELECT " + columns
                        + ", row_number() OVER (ORDER BY " + columns + ") AS place FROM "
                        + SummaryCopy.table(child) + " WHERE "
                        + SummaryCopy.equal(child, link.reference().names()) + " ORDER BY " + columns
                        + " LIMIT 3) AS chosen ON " + same + " WHEN MATCHED AND chosen.place < 3 THEN UPDATE SET "
                        + SummaryCopy.assignments(child, link.reference().names(), ", ")
                        + " WHEN MATCHED THEN DELETE",
                values);
    }

    /** Deletes some children of a parent and moves some of another, in one statement. */
    private Command deleteAndMove(Link link, List<String> parent, List<String> from, List<String> to) {
        Command deletion = delete(link, parent, 1, 0);
        Command movement = move(link, from, to, 2, 1);
        List<@Nullable String> values = new ArrayList<>(deletion.values());
        values.addAll(movement.values());
        return new Command("WITH gone AS (" + deletion.sql() + " RETURNING 1) " + movement.sql(), values);
    }

    /** The columns that tell the children apart. */
    private List<String> identity() {
        List<String> key = child.keyNames().stream()
                .map(name -> SummaryCopy.column(child.attribute(name).orElseThrow()))
                .toList();
        return key.isEmpty() ? List.of("ctid") : key;
    }

    /** Deletes some children of a parent. */
    Command delete(Link link, List<String> parent, int rows, int skip) {
        return new Command(
                "DELETE FROM " + SummaryCopy.table(child) + " WHERE " + some(link, rows, skip), List.copyOf(parent));
    }

    /** Lets some children of a parent refer to none, where they may. */
    private Optional<Command> unrefer(Link link) {
        List<Attribute> columns = link.reference().names().stream()
                .map(name -> child.attribute(name).orElseThrow())
                .toList();
        if (columns.stream()
                .anyMatch(attribute -> !attribute.optional()
                        || child.keyNames().contains(attribute.name().value()))) {
            return Optional.empty();
        }
        String nulls = String.join(
                ", ",
                columns.stream()
                        .map(attribute -> SummaryCopy.column(attribute) + " = NULL")
                        .toList());
        return Optional.of(new Command(
                "UPDATE " + SummaryCopy.table(child) + " SET " + nulls + " WHERE " + some(link, 2, 0),
                List.copyOf(parent(link))));
    }

    /** Changes something else of some children: what decides whether they count, or what, as a rule. */
    private Optional<Command> touch(Link link) {
        return touch(link, parent(link), 3, 0);
    }

    /** Changes something else of some children of a parent. */
    Optional<Command> touch(Link link, List<String> parent, int rows, int skip) {
        List<Attribute> others = childRows.attributes().stream()
                .filter(attribute -> plain(child, attribute))
                .filter(attribute -> link.decides().test(attribute))
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Attribute attribute = others.get(random.nextInt(others.size()));
        serial++;
        List<@Nullable String> values = new ArrayList<>();
        values.add(childRows.value(attribute, random, serial, 0));
        values.addAll(parent);
        return Optional.of(new Command(
                "UPDATE " + SummaryCopy.table(child) + " SET " + SummaryCopy.column(attribute) + " = "
                        + RowMaker.placeholder(attribute) + " WHERE " + some(link, rows, skip),
                values));
    }

    /** Deletes a parent, with its children or without, as the reference has it. */
    private Optional<Command> deleteParent(Link link) {
        RowMaker rows = parentRows.get(link.parent());
        List<List<String>> keys = population.valuesOf(link.parent(), link.referred());
        boolean canComeBack = rows != null && madeUpKey(link, rows);
        if (!canComeBack && keys.size() <= HOT_PARENTS) {
            return Optional.empty();
        }
        // One whose key the database numbers cannot come back, so the preferred ones stay
        List<String> key =
                canComeBack ? parent(link) : keys.get(HOT_PARENTS + random.nextInt(keys.size() - HOT_PARENTS));
        return Optional.of(deletion(link, key));
    }

    private static Command deletion(Link link, List<String> key) {
        return new Command(
                "DELETE FROM " + SummaryCopy.table(link.parent()) + " WHERE "
                        + SummaryCopy.equal(link.parent(), link.referred()),
                List.copyOf(key));
    }

    /** Changes something else of a parent: what is copied, if anything is, be it of a row that it leads to. */
    Optional<Command> touchParent(Link link, List<String> key) {
        Entity changed = link.changed();
        String where = " WHERE " + link.found();
        if (link.turned().isPresent()) {
            return turn(link.turned().get(), changed, where, key);
        }
        RowMaker rows = parentRows.get(changed);
        List<Attribute> others = rows == null
                ? List.of()
                : rows.attributes().stream()
                        .filter(attribute -> link.copied().isEmpty()
                                ? plain(changed, attribute)
                                : link.copied().contains(attribute))
                        .toList();
        if (rows == null || others.isEmpty()) {
            return Optional.empty();
        }
        Attribute attribute = others.get(random.nextInt(others.size()));
        serial++;
        List<@Nullable String> values = new ArrayList<>();
        values.add(rows.value(attribute, random, serial, 0));
        values.addAll(key);
        return Optional.of(new Command(
                "UPDATE " + SummaryCopy.table(changed) + " SET " + SummaryCopy.column(attribute) + " = "
                        + RowMaker.placeholder(attribute) + where,
                values));
    }

    /** Lets a row refer to another, or to none where it may. */
    private Optional<Command> turn(CopyContract.Step turned, Entity of, String where, List<String> key) {
        List<String> names = turned.reference().names();
        List<List<String>> targets =
                population.valuesOf(turned.target(), turned.reference().referredNames(turned.target()));
        if (targets.isEmpty()) {
            return Optional.empty();
        }
        boolean none = random.nextInt(TURNS) == 0
                && names.stream()
                        .allMatch(name -> of.attribute(name).orElseThrow().optional());
        List<String> target = targets.get(random.nextInt(targets.size()));
        List<@Nullable String> values = new ArrayList<>();
        names.forEach(name -> values.add(none ? null : target.get(names.indexOf(name))));
        values.addAll(key);
        return Optional.of(new Command(
                "UPDATE " + SummaryCopy.table(of) + " SET " + SummaryCopy.assignments(of, names, ", ") + where,
                values));
    }

    /** Gives a parent the key of another that may have been deleted, if its children follow. */
    private Optional<Command> rekey(Link link, List<String> from, List<String> to) {
        Entity parent = link.parent();
        RowMaker rows = parentRows.get(parent);
        if (link.reference().onUpdate() != Action.CASCADE || rows == null || !madeUpKey(link, rows)) {
            return Optional.empty();
        }
        List<@Nullable String> values = new ArrayList<>(to);
        values.addAll(from);
        return Optional.of(new Command(
                "UPDATE " + SummaryCopy.table(parent) + " SET "
                        + SummaryCopy.assignments(parent, link.referred(), ", ") + " WHERE "
                        + SummaryCopy.equal(parent, link.referred()),
                values));
    }

    /** Brings back a parent that may have been deleted. */
    private Optional<Command> insertParent(Link link) {
        RowMaker rows = parentRows.get(link.parent());
        if (rows == null || !madeUpKey(link, rows)) {
            return Optional.empty();
        }
        serial++;
        return rows.draw(random, serial, random.nextInt(12), population, Map.of())
                .map(row -> row.with(link.referred(), parent(link)))
                .map(row -> new Command(rows.insert(1) + " ON CONFLICT DO NOTHING", row.inOrder()));
    }

    /**
     * What can happen to a parent's key in one transaction: the row is deleted and comes back with a child, or takes the key of
     * another that is deleted, if its children follow. Nothing where the database makes up the keys.
     */
    List<List<Command>> keyChanges(Link link, List<String> key, List<String> other) {
        RowMaker rows = parentRows.get(link.parent());
        if (rows == null || !madeUpKey(link, rows)) {
            return List.of();
        }
        List<List<Command>> changes = new ArrayList<>();
        serial++;
        rows.draw(random, serial, random.nextInt(12), population, Map.of())
                .map(row -> new Command(
                        rows.insert(1), row.with(link.referred(), key).inOrder()))
                .ifPresent(back ->
                        changes.add(Stream.concat(Stream.of(deletion(link, key), back), insert(link, key).stream())
                                .toList()));
        rekey(link, key, other).ifPresent(change -> changes.add(List.of(deletion(link, other), change)));
        return changes;
    }

    /** Whether the attribute is part of neither the key nor a reference. */
    private static boolean plain(Entity entity, Attribute attribute) {
        String name = attribute.name().value();
        return !entity.keyNames().contains(name)
                && entity.references().values().stream()
                        .noneMatch(reference -> reference.names().contains(name));
    }

    private static boolean madeUpKey(Link link, RowMaker rows) {
        return rows.attributes().stream()
                .map(attribute -> attribute.name().value())
                .toList()
                .containsAll(link.referred());
    }

    /** Picks some of the children that refer to a parent, whose key is to be bound; first those that decide most. */
    private String some(Link link, int rows, int skip) {
        String columns = String.join(", ", identity());
        return "(" + columns + ") IN (SELECT " + columns + " FROM " + SummaryCopy.table(child) + " WHERE "
                + SummaryCopy.equal(child, link.reference().names()) + " ORDER BY " + link.first() + columns
                + " LIMIT " + rows
                + " OFFSET " + skip + ")";
    }
}
