package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.CountContract;
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
import org.jspecify.annotations.Nullable;

/**
 * Makes up statements that change what is counted: everything that applications do to a table and to those that it
 * refers to. Most of it goes to a few parents, so that connections meet.
 */
final class Workload {

    private static final int HOT_PARENTS = 4;
    private static final double HOT = 0.7;

    private final List<CountContract> contracts;
    private final Entity child;
    private final RowMaker childRows;
    private final Map<Entity, RowMaker> parentRows;
    private final Population population;
    private final SplittableRandom random;
    private long serial;

    /**
     * @param contracts that count rows of the same child; at least one
     * @param population the rows that were there at the beginning
     * @param firstSerial from which rows are numbered; must be far from that of other workloads
     */
    Workload(
            List<CountContract> contracts,
            RowMaker childRows,
            Map<Entity, RowMaker> parentRows,
            Population population,
            SplittableRandom random,
            long firstSerial) {
        this.contracts = List.copyOf(contracts);
        this.child = contracts.get(0).child();
        this.childRows = childRows;
        this.parentRows = Map.copyOf(parentRows);
        this.population = population;
        this.random = random;
        this.serial = firstSerial;
    }

    /** The next statement. */
    Command next() {
        CountContract contract = contracts.get(random.nextInt(contracts.size()));
        for (int i = 0; ; i++) {
            // An insert is always possible in the end
            int kind = i < 20 ? random.nextInt(100) : 0;
            Optional<Command> command = draw(contract, kind);
            if (command.isPresent()) {
                return command.get();
            }
            if (i > 1_000) {
                throw new IllegalStateException("no statement on " + child.name() + " could be made up");
            }
        }
    }

    private Optional<Command> draw(CountContract contract, int kind) {
        if (kind < 30) {
            return insert(contract, 1, "");
        } else if (kind < 38) {
            return insert(contract, 2 + random.nextInt(4), "");
        } else if (kind < 44) {
            return insert(contract, 3, " ON CONFLICT DO NOTHING");
        } else if (kind < 50) {
            return upsert(contract);
        } else if (kind < 66) {
            return Optional.of(move(contract, parent(contract), parent(contract), 1 + random.nextInt(3), 0));
        } else if (kind < 69) {
            return unrefer(contract);
        } else if (kind < 75) {
            return touch(contract);
        } else if (kind < 92) {
            return Optional.of(delete(contract, parent(contract), 1 + random.nextInt(5), 0));
        } else if (kind < 94) {
            return deleteParent(contract);
        } else if (kind < 96) {
            return touchParent(contract);
        } else if (kind < 97) {
            return rekeyParent(contract);
        } else {
            return insertParent(contract);
        }
    }

    /** A parent's key, mostly one of those that all workloads prefer. */
    List<String> parent(CountContract contract) {
        List<List<String>> keys = population.keysOf(contract.parent());
        boolean hot = random.nextDouble() < HOT;
        return keys.get(random.nextInt(hot ? Math.min(HOT_PARENTS, keys.size()) : keys.size()));
    }

    /** Inserts children of random parents. */
    private Optional<Command> insert(CountContract contract, int rows, String suffix) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            Optional<Row> row = child(contract, parent(contract));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            values.addAll(row.get().inOrder());
        }
        return Optional.of(new Command(childRows.insert(rows) + suffix, values));
    }

    /** Inserts a child of the parent. */
    Optional<Command> insert(CountContract contract, List<String> parent) {
        return child(contract, parent).map(row -> new Command(childRows.insert(1), row.inOrder()));
    }

    private Optional<Row> child(CountContract contract, List<String> parent) {
        serial++;
        return childRows.draw(
                random,
                serial,
                random.nextInt(10),
                population,
                Map.of(contract.reference().role().value(), parent));
    }

    /** Inserts a child, or lets the one with its key refer to this one's parent. */
    private Optional<Command> upsert(CountContract contract) {
        List<Attribute> key = child.keyNames().stream()
                .map(name -> child.attribute(name).orElseThrow())
                .toList();
        if (key.isEmpty() || !childRows.attributes().containsAll(key)) {
            return Optional.empty();
        }
        String columns = CountedCopy.names(
                key.stream().map(found -> found.column().value()).toList());
        List<String> set = contract.reference().names().stream()
                .map(name -> CountedCopy.column(child.attribute(name).orElseThrow()))
                .map(column -> column + " = EXCLUDED." + column)
                .toList();
        return insert(contract, 1, " ON CONFLICT (" + columns + ") DO UPDATE SET " + String.join(", ", set));
    }

    /** Lets some children of one parent refer to another. */
    Command move(CountContract contract, List<String> from, List<String> to, int rows, int skip) {
        Reference reference = contract.reference();
        List<@Nullable String> values = new ArrayList<>(to);
        values.addAll(from);
        return new Command(
                "UPDATE " + CountedCopy.table(child) + " SET " + CountedCopy.assignments(child, reference.names(), ", ")
                        + " WHERE " + some(contract, rows, skip),
                values);
    }

    /** Deletes some children of a parent. */
    Command delete(CountContract contract, List<String> parent, int rows, int skip) {
        return new Command(
                "DELETE FROM " + CountedCopy.table(child) + " WHERE " + some(contract, rows, skip),
                List.copyOf(parent));
    }

    /** Lets some children of a parent refer to none, where they may. */
    private Optional<Command> unrefer(CountContract contract) {
        List<Attribute> columns = contract.reference().names().stream()
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
                        .map(attribute -> CountedCopy.column(attribute) + " = NULL")
                        .toList());
        return Optional.of(new Command(
                "UPDATE " + CountedCopy.table(child) + " SET " + nulls + " WHERE " + some(contract, 2, 0),
                List.copyOf(parent(contract))));
    }

    /** Changes something else of some children: what decides whether they count, as a rule. */
    private Optional<Command> touch(CountContract contract) {
        List<Attribute> others = childRows.attributes().stream()
                .filter(attribute -> plain(child, attribute))
                .filter(attribute -> contract.where().isEmpty()
                        || SqlWords.mentions(
                                contract.where().get().value(),
                                attribute.column().value()))
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Attribute attribute = others.get(random.nextInt(others.size()));
        serial++;
        List<@Nullable String> values = new ArrayList<>();
        values.add(childRows.value(attribute, random, serial, 0));
        values.addAll(parent(contract));
        return Optional.of(new Command(
                "UPDATE " + CountedCopy.table(child) + " SET " + CountedCopy.column(attribute) + " = "
                        + RowMaker.placeholder(attribute) + " WHERE " + some(contract, 3, 0),
                values));
    }

    /** Deletes a parent, with its children or without, as the reference has it. */
    private Optional<Command> deleteParent(CountContract contract) {
        RowMaker rows = parentRows.get(contract.parent());
        List<List<String>> keys = population.keysOf(contract.parent());
        boolean canComeBack = rows != null && madeUpKey(rows);
        if (!canComeBack && keys.size() <= HOT_PARENTS) {
            return Optional.empty();
        }
        // One whose key the database numbers cannot come back, so the preferred ones stay
        List<String> key =
                canComeBack ? parent(contract) : keys.get(HOT_PARENTS + random.nextInt(keys.size() - HOT_PARENTS));
        return Optional.of(new Command(
                "DELETE FROM " + CountedCopy.table(contract.parent()) + " WHERE "
                        + CountedCopy.equal(contract.parent(), contract.parent().keyNames()),
                List.copyOf(key)));
    }

    /** Changes something else of a parent. */
    private Optional<Command> touchParent(CountContract contract) {
        Entity parent = contract.parent();
        RowMaker rows = parentRows.get(parent);
        List<Attribute> others = rows == null
                ? List.of()
                : rows.attributes().stream()
                        .filter(attribute -> plain(parent, attribute))
                        .toList();
        if (rows == null || others.isEmpty()) {
            return Optional.empty();
        }
        Attribute attribute = others.get(random.nextInt(others.size()));
        serial++;
        List<@Nullable String> values = new ArrayList<>();
        values.add(rows.value(attribute, random, serial, 0));
        values.addAll(parent(contract));
        return Optional.of(new Command(
                "UPDATE " + CountedCopy.table(parent) + " SET " + CountedCopy.column(attribute) + " = "
                        + RowMaker.placeholder(attribute) + " WHERE " + CountedCopy.equal(parent, parent.keyNames()),
                values));
    }

    /** Gives a parent the key of another that may have been deleted, if its children follow. */
    private Optional<Command> rekeyParent(CountContract contract) {
        Entity parent = contract.parent();
        RowMaker rows = parentRows.get(parent);
        if (contract.reference().onUpdate() != Action.CASCADE || rows == null || !madeUpKey(rows)) {
            return Optional.empty();
        }
        List<@Nullable String> values = new ArrayList<>(parent(contract));
        values.addAll(parent(contract));
        return Optional.of(new Command(
                "UPDATE " + CountedCopy.table(parent) + " SET "
                        + CountedCopy.assignments(parent, parent.keyNames(), ", ") + " WHERE "
                        + CountedCopy.equal(parent, parent.keyNames()),
                values));
    }

    /** Brings back a parent that may have been deleted. */
    private Optional<Command> insertParent(CountContract contract) {
        RowMaker rows = parentRows.get(contract.parent());
        if (rows == null || !madeUpKey(rows)) {
            return Optional.empty();
        }
        serial++;
        return rows.draw(random, serial, random.nextInt(12), population, Map.of())
                .map(row -> row.withKey(parent(contract)))
                .map(row -> new Command(rows.insert(1) + " ON CONFLICT DO NOTHING", row.inOrder()));
    }

    /** Whether the attribute is part of neither the key nor a reference. */
    private static boolean plain(Entity entity, Attribute attribute) {
        String name = attribute.name().value();
        return !entity.keyNames().contains(name)
                && entity.references().values().stream()
                        .noneMatch(reference -> reference.names().contains(name));
    }

    private static boolean madeUpKey(RowMaker rows) {
        return rows.attributes().stream()
                .map(attribute -> attribute.name().value())
                .toList()
                .containsAll(rows.entity().keyNames());
    }

    /** Picks some of the children that refer to a parent, whose key is to be bound. */
    private String some(CountContract contract, int rows, int skip) {
        List<String> key = child.keyNames().stream()
                .map(name -> child.attribute(name).orElseThrow().column().value())
                .toList();
        String columns = key.isEmpty() ? "ctid" : CountedCopy.names(key);
        return "(" + columns + ") IN (SELECT " + columns + " FROM " + CountedCopy.table(child) + " WHERE "
                + CountedCopy.equal(child, contract.reference().names()) + " ORDER BY " + columns + " LIMIT " + rows
                + " OFFSET " + skip + ")";
    }
}
