package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.model.AccessPattern.Write;
import dev.schemaproof.model.AccessPattern.WriteKind;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.Condition.Operator;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.data.Row;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import dev.schemaproof.prove.keyvalue.PlainAnswer.Argument;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one pattern's write again and again, and compares the whole table with what the rows are then: the item, every key that is made of
 * what changed, in whichever item, and nothing else. A write whose row is missing, there already, or otherwise than its conditions say must
 * change nothing.
 */
final class WriteTrial {

    private static final int ATTEMPTS = 30;

    private final Laboratory laboratory;
    private final Served served;
    private final ItemDesign design;
    private final Write pattern;
    private final RequestForm form;
    private final Arguments arguments;
    private final SplittableRandom random;

    WriteTrial(Laboratory laboratory, Served served, Map<?, ?> entry) {
        this.laboratory = laboratory;
        this.served = served;
        this.design = served.item();
        this.pattern = (Write) served.pattern();
        this.form = new RequestForm(laboratory.paths(), served, entry);
        this.arguments = new Arguments(laboratory.paths(), laboratory.inventor());
        this.random = laboratory.inventor().random();
    }

    /**
     * A write that is to be tried.
     *
     * @param arguments the values of its parameters
     * @param after the rows then; nothing where it must not change anything
     * @param row the row as it is written
     * @param before the row that it was
     * @param refusable whether the service may refuse it
     */
    private record Attempt(
            Map<String, Argument> arguments,
            Optional<RowSet> after,
            Optional<Row> row,
            Optional<Row> before,
            boolean refusable) {

        static Attempt vain(Map<String, Argument> arguments) {
            return new Attempt(arguments, Optional.empty(), Optional.empty(), Optional.empty(), true);
        }
    }

    Outcome run(int tries, Deadline deadline) throws IOException {
        var rows = laboratory.rows();
        var items = laboratory.expected(design.table().name().value());
        var outcome = tries(tries, deadline);
        if (pattern.kind() == WriteKind.DELETE) {
            // Others need the rows that are gone, and those who refer to them
            laboratory.become(rows, design.table().name().value(), items);
        }
        if (pattern.kind() == WriteKind.DELETE || outcome.flaw().isPresent()) {
            restore();
        }
        return outcome;
    }

    private Outcome tries(int tries, Deadline deadline) throws IOException {
        var telling = 0;
        var made = 0;
        for (var i = 0; i < tries; i++) {
            deadline.check();
            var attempt = i % 4 == 3 ? vain() : effective();
            if (attempt.isEmpty()) {
                continue;
            }
            made++;
            telling += attempt.get().after().isPresent() ? 1 : 0;
            var flaw = make(attempt.get());
            if (flaw.isPresent()) {
                return flaw.get();
            }
        }
        return Outcome.right(made, telling);
    }

    /** What comes after it must find the table as it should be. */
    private void restore() throws IOException {
        try {
            laboratory.restore(laboratory.table(design.table().name().value()));
        } catch (RefusedCallException e) {
            throw new IOException("the items of a table can't be written again: " + e.getMessage(), e);
        }
    }

    private boolean inserts() {
        return pattern.kind() == WriteKind.INSERT || pattern.kind() == WriteKind.UPSERT;
    }

    private Optional<Row> someRow() {
        var all = laboratory.rows().of(design.entity());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private Optional<Attempt> effective() {
        if (pattern.kind() == WriteKind.INSERT || pattern.kind() == WriteKind.UPSERT && random.nextBoolean()) {
            return inserted();
        }
        return someRow().flatMap(row -> pattern.kind() == WriteKind.DELETE ? deleted(row) : updated(row));
    }

    /** A new row, such as the conditions say. */
    private Optional<Attempt> inserted() {
        var rows = laboratory.rows();
        return laboratory.inventor().row(design.entity(), rows).flatMap(drawn -> {
            var row = fixed(drawn);
            var after = rows.with(row);
            if (!laboratory.inventor().unique(row, rows)
                    || ItemMaker.item(design, after, row).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Attempt(
                    values(after, row, Map.of()), Optional.of(after), Optional.of(row), Optional.empty(), false));
        });
    }

    /** The row with the values that conditions compare with, where those are written out. */
    private Row fixed(Row row) {
        var values = new LinkedHashMap<String, @Nullable String>(row.values());
        for (var condition : pattern.where()) {
            var name = condition.attribute().value();
            if (condition.operator() == Operator.EQUAL && values.containsKey(name)) {
                if (condition.operands().get(0) instanceof Operand.Text text) {
                    values.put(name, text.value());
                } else if (condition.operands().get(0) instanceof Operand.Plain plain) {
                    values.put(name, plain.value());
                }
            }
        }
        return new Row(row.entity(), values);
    }

    private Optional<Attempt> deleted(Row row) {
        return matching(row)
                .map(chosen -> new Attempt(
                        chosen,
                        Optional.of(laboratory.rows().without(row)),
                        Optional.empty(),
                        Optional.of(row),
                        false));
    }

    /** Values of parameters under which the conditions hold for the row. */
    private Optional<Map<String, Argument>> matching(Row row) {
        var rows = laboratory.rows();
        for (var i = 0; i < ATTEMPTS; i++) {
            var chosen = arguments.draw(pattern.where(), rows, row, i > 0);
            if (new PlainAnswer(laboratory.paths(), rows, chosen).holds(pattern.where(), row)) {
                return Optional.of(chosen);
            }
        }
        return Optional.empty();
    }

    private Optional<Attempt> updated(Row row) {
        var rows = laboratory.rows();
        var compared = inserts() ? Optional.of(Map.<String, Argument>of()) : matching(row);
        var other = laboratory.inventor().row(design.entity(), rows);
        if (compared.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, @Nullable String>(row.values());
        for (var name : changed(row)) {
            values.put(name, other.get().values().get(name));
        }
        var after = new Row(row.entity(), values);
        var others = rows.with(row, after);
        if (!laboratory.inventor().unique(after, rows.without(row)) || dangling(after, others)) {
            return Optional.empty();
        }
        return Optional.of(new Attempt(
                values(others, after, compared.get()),
                Optional.of(others),
                Optional.of(after),
                Optional.of(row),
                false));
    }

    /** Whether the mixture of two rows refers to nothing, or to something that it must refer to and doesn't. */
    private boolean dangling(Row row, RowSet rows) {
        return ItemMaker.item(design, rows, row).isEmpty()
                || row.entity().references().values().stream()
                        .anyMatch(reference -> reference.names().size() > 1
                                && reference.names().stream()
                                        .anyMatch(name -> changed(row).contains(name)));
    }

    /** The attributes that get a new value: those of {@code set}, else all that don't say which row it is. */
    private Set<String> changed(Row row) {
        if (pattern.set().isEmpty()) {
            var rest = new HashSet<>(row.values().keySet());
            design.stored().values().stream()
                    .filter(stored -> !stored.path().canonical().own())
                    .forEach(stored -> rest.removeAll(sources(stored.path())));
            design.key().templates().stream()
                    .flatMap(template -> template.variables().stream())
                    .forEach(variable -> rest.removeAll(sources(variable.path())));
            rest.retainAll(design.stored().values().stream()
                    .filter(stored -> stored.path().canonical().own())
                    .map(stored -> stored.path().canonical().attribute())
                    .collect(Collectors.toSet()));
            pattern.where().stream()
                    .filter(condition -> condition.operator() == Operator.EQUAL)
                    .forEach(condition -> rest.remove(condition.attribute().value()));
            return rest;
        }
        return pattern.set().stream().map(name -> name.value()).collect(Collectors.toSet());
    }

    private Set<String> sources(ResolvedPath path) {
        var canonical = path.canonical();
        return canonical.own()
                ? Set.of(canonical.attribute())
                : design.entity()
                        .reference(canonical.roles().get(0))
                        .map(reference -> Set.copyOf(reference.names()))
                        .orElseGet(Set::of);
    }

    /** A write that must change nothing: its row is there already, or missing, or otherwise than its conditions say. */
    private Optional<Attempt> vain() {
        var rows = laboratory.rows();
        if (pattern.kind() == WriteKind.UPSERT) {
            return Optional.empty();
        }
        if (pattern.kind() == WriteKind.INSERT) {
            return someRow()
                    .filter(row -> fixed(row).equals(row))
                    .map(row -> Attempt.vain(values(rows, row, Map.of())));
        }
        var missing = laboratory.inventor().row(design.entity(), rows);
        if (missing.isEmpty() || random.nextBoolean()) {
            return otherwise();
        }
        var then = rows.with(missing.get());
        var compared = arguments.draw(pattern.where(), then, missing.get(), false);
        return Optional.of(Attempt.vain(values(then, missing.get(), compared)));
    }

    /** The row's own key, and another condition that doesn't hold. */
    private Optional<Attempt> otherwise() {
        var rows = laboratory.rows();
        var row = someRow();
        for (var i = 0; row.isPresent() && i < ATTEMPTS; i++) {
            var chosen = arguments.draw(pattern.where(), rows, row.get(), true);
            var answer = new PlainAnswer(laboratory.paths(), rows, chosen);
            if (rows.of(design.entity()).stream().noneMatch(other -> answer.holds(pattern.where(), other))) {
                // New values, so that it shows when they are written after all
                return laboratory
                        .inventor()
                        .row(design.entity(), rows)
                        .map(other -> Attempt.vain(values(rows.with(other), other, chosen)));
            }
        }
        return Optional.empty();
    }

    /** The value of every parameter: what is compared, else what the row is then. */
    private Map<String, Argument> values(RowSet rows, Row row, Map<String, Argument> compared) {
        var values = new LinkedHashMap<String, Argument>();
        for (var parameter : served.parameters()) {
            if (compared.containsKey(parameter.name())) {
                values.put(parameter.name(), compared.get(parameter.name()));
            } else {
                laboratory
                        .paths()
                        .find(design.entity(), parameter.path())
                        .flatMap(path -> rows.value(row, path.canonical()))
                        .ifPresent(value -> values.put(parameter.name(), Argument.of(value)));
            }
        }
        return values;
    }

    private Optional<Outcome> make(Attempt attempt) throws IOException {
        var table = design.table().name().value();
        var expected = expected(attempt);
        var body = form.body(attempt.arguments());
        var shown = "with " + RequestForm.shown(attempt.arguments()) + " the write ";
        try {
            try {
                if (body.isPresent()) {
                    laboratory.call(form.operation(), body.get());
                }
            } catch (RefusedCallException e) {
                if (!attempt.refusable() || !e.isConditionFailed()) {
                    return Optional.of(Outcome.wrong(shown + "is refused: " + e.getMessage(), RequestForm.shown(body)));
                }
            }
            var difference = difference(expected, laboratory.found(table));
            if (difference.isPresent()) {
                return Optional.of(Outcome.wrong(shown + difference.get(), RequestForm.shown(body)));
            }
        } catch (RefusedCallException e) {
            return Optional.of(Outcome.wrong("the table can't be read: " + e.getMessage()));
        }
        laboratory.become(attempt.after().orElse(laboratory.rows()), table, expected);
        return Optional.empty();
    }

    /** What the table must hold then. Keys of other items follow at once; copies in them are for their contract to bring up to date. */
    private Map<Row, Map<String, @Nullable Object>> expected(Attempt attempt) {
        var expected = laboratory.expected(design.table().name().value());
        if (attempt.after().isEmpty()) {
            return expected;
        }
        attempt.before().ifPresent(expected::remove);
        var after = attempt.after().get();
        if (attempt.row().isPresent()) {
            for (var entry : expected.entrySet()) {
                var owner = design(entry.getKey());
                if (ItemMaker.looksElsewhere(owner)) {
                    ItemMaker.item(owner, after, entry.getKey())
                            .ifPresent(item -> entry.setValue(ItemMaker.withCopiesOf(owner, item, entry.getValue())));
                }
            }
            var row = attempt.row().get();
            var item = ItemMaker.item(design, after, row).orElseThrow();
            // An update leaves the copies of other rows' values alone; an item that is written as a whole brings them
            // along
            var kept = attempt.before().filter(before -> form.operation().equals("UpdateItem"));
            expected.put(
                    row,
                    kept.map(before -> ItemMaker.withCopiesOf(design, item, laboratory.item(design, before)))
                            .orElse(item));
        }
        return expected;
    }

    private ItemDesign design(Row row) {
        return row.entity().equals(design.entity())
                ? design
                : laboratory.design(design.table().name().value(), row.entity());
    }

    private Optional<String> difference(
            Map<Row, Map<String, @Nullable Object>> expected, List<Map<String, @Nullable Object>> found) {
        var left = new HashSet<>(found);
        for (var entry : expected.entrySet()) {
            if (!left.remove(entry.getValue())) {
                return Optional.of(difference(entry.getKey(), entry.getValue(), left));
            }
        }
        return left.stream()
                .findFirst()
                .map(item -> "leaves an item that belongs to no row: " + RequestForm.line(item));
    }

    /** What is wrong with the item of a row. */
    private String difference(Row row, Map<String, @Nullable Object> item, Set<Map<String, @Nullable Object>> found) {
        var key = design(row).key().names();
        var owner = "`" + row.entity().name() + "`";
        return found.stream()
                .filter(other -> key.stream().allMatch(name -> Objects.equals(item.get(name), other.get(name))))
                .findFirst()
                .map(other -> Stream.concat(item.keySet().stream(), other.keySet().stream())
                        .distinct()
                        .filter(name -> !Objects.equals(item.get(name), other.get(name)))
                        .map(name -> "`" + name + "` of a " + owner + " is " + shown(other.get(name)) + " and must be "
                                + shown(item.get(name)))
                        .collect(Collectors.joining("; ", "leaves something stale: ", "")))
                .orElseGet(() -> "leaves no item for a row of " + owner + ": " + RequestForm.line(item));
    }

    private static String shown(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? RequestForm.line(Laboratory.strings(map)) : "absent";
    }
}
