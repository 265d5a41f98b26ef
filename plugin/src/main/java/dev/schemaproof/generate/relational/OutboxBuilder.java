package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.ContractAnalysis;
import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.OutboxScript.Column;
import dev.schemaproof.generate.relational.OutboxScript.Guard;
import dev.schemaproof.generate.relational.OutboxScript.Outbox;
import dev.schemaproof.generate.relational.OutboxScript.Source;
import dev.schemaproof.generate.relational.OutboxScript.Step;
import dev.schemaproof.generate.relational.OutboxScript.Triggers;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides what {@code triggers.sql} says of copies that the consumer of an outbox brings up to date.
 *
 * <p>The triggers note which rows are out of date, not by how much: a note can be taken twice, or in another order than it was
 * made, and the value is right all the same. Every note is a row that the writer's own transaction inserts, so that it is there
 * exactly when the change is.
 *
 * <p>The consumer locks the row that holds the copy, deletes the notes of it that it has seen, by their numbers, and reads the
 * value anew, by a statement that begins behind both; all three commit together or not at all. A writer whose change that
 * statement does not see commits later, and so does its note, which is still there then. Whoever reads later holds the lock
 * later, so that no older value replaces a newer one, however many consumers there are.
 *
 * <p>Of a copy over references each step is noted under its own key, and the consumer looks for the rows that hold copies. Were
 * that left to the writer, it would miss a row which another transaction is just inserting; so either the row's own note is
 * consumed behind the change, or the change's note is consumed behind the row. TRUNCATE says of no row that it is gone: it is
 * noted once for all rows, and the consumer asks which of them are wrong.
 */
final class OutboxBuilder {

    private static final String PREFIX = "schemaproof_note_";

    /** PostgreSQL runs triggers by name, and this one looks at what all others have made of the row. */
    private static final String LAST = "zzzz_";

    private final Model model;
    private final ContractAnalysis contracts;
    private final RelationalStore store;
    private final Set<String> taken;

    OutboxBuilder(Model model, ContractAnalysis contracts, RelationalStore store) {
        this.model = model;
        this.contracts = contracts;
        this.store = store;
        taken = model.entitiesOf(store).stream()
                .map(entity -> entity.table().value())
                .collect(Collectors.toUnmodifiableSet());
    }

    OutboxScript build() {
        var outboxes = Stream.concat(
                        contracts.notedIn(store).stream().map(this::outbox),
                        contracts.notedCopiesIn(store).stream().map(this::outbox))
                .toList();
        var said = outboxes.toString();
        return new OutboxScript(
                DIALECT.dollarTag("schemaproof", said),
                DIALECT.dollarTag("body", said),
                SyncBuilder.GUARD,
                Procedures.CLOCK,
                outboxes.stream()
                        .flatMap(outbox -> outbox.sources().stream())
                        .map(Source::table)
                        .distinct()
                        .sorted()
                        .toList(),
                SqlText.unlike("each_part", taken),
                SqlText.unlike("locked", taken),
                SqlText.unlike("taken", taken),
                outboxes);
    }

    private Outbox outbox(SummaryContract summary) {
        var contract = summary.contract();
        var parent = summary.parent();
        var tally = Tally.of(summary);
        var keys = keys(parent);
        var kept = SyncBuilder.kept(summary);
        return outbox(
                contract,
                parent,
                ReconcileScript.of(model, summary),
                keyColumns(parent),
                List.of(
                        source(
                                contract,
                                summary.child(),
                                1,
                                new Noted(keys, summary.reference().names(), tally.inputs(), tally.where()),
                                new Events(true, true, true, true, true, false)),
                        source(
                                contract,
                                parent,
                                2,
                                new Noted(keys, parent.keyNames(), List.of(), ""),
                                new Events(true, false, false, false, false, true))),
                List.of(),
                List.of(
                        new Guard(kept.insertGuard(), "INSERT", tally.startsWrong("NEW"), kept.arguments()),
                        new Guard(kept.updateGuard(), "UPDATE", changed(kept.column()), kept.arguments())));
    }

    private Outbox outbox(CopyContract copy) {
        var contract = copy.contract();
        var holder = copy.entity();
        var keys = keys(holder);
        var script = CopyScript.of(model, copy);
        var columns = new ArrayList<>(keyColumns(holder));
        var sources = new ArrayList<Source>();
        var steps = new ArrayList<Step>();
        sources.add(source(
                contract,
                holder,
                1,
                new Noted(
                        keys,
                        holder.keyNames(),
                        columnsOf(holder, copy.reference().names()),
                        ""),
                new Events(true, true, false, false, false, true)));
        var from = holder;
        var before = "copied";
        for (var i = 0; i < copy.path().size(); i++) {
            var reference = copy.path().get(i).reference();
            var target = copy.path().get(i).target();
            var referred = reference.referredNames(target);
            var number = i + 1;
            var names = IntStream.rangeClosed(1, referred.size())
                    .mapToObj(part -> "schemaproof_via_" + number + "_" + part)
                    .toList();
            columns.addAll(columns(names, target, referred));
            var decides = i + 1 < copy.path().size()
                    ? copy.path().get(i + 1).reference().names()
                    : List.of(copy.source().name().value());
            sources.add(source(
                    contract,
                    target,
                    sources.size() + 1,
                    new Noted(names, referred, columnsOf(target, decides), ""),
                    new Events(false, true, true, true, false, false)));
            var row = before;
            var entity = from;
            steps.add(new Step(
                    names,
                    script.joins().subList(0, i),
                    reference.names().stream()
                            .map(name -> row + "." + SqlText.column(entity, name))
                            .toList()));
            from = target;
            before = script.joins().get(i).alias();
        }
        var column = copy.copy().column().value();
        return outbox(
                contract,
                holder,
                script,
                columns,
                sources,
                steps,
                List.of(new Guard(
                        SyncBuilder.updateGuard(column),
                        "UPDATE",
                        changed(DIALECT.identifier(column)),
                        Stream.of(column, copy.name(), copy.origin().table().value())
                                .map(DIALECT::literal)
                                .toList())));
    }

    private Outbox outbox(
            Contract contract,
            Entity holder,
            DriftScript drift,
            List<Column> columns,
            List<Source> sources,
            List<Step> steps,
            List<Guard> guards) {
        var name = Procedures.outbox(model, contract, holder);
        return new Outbox(
                Procedures.notes(model, contract, holder),
                SqlText.remark(List.of(contract.name().value())),
                DIALECT.literal(contract.name().value()),
                name,
                DIALECT.literal(name),
                Procedures.allowed(contract).toMillis() / 1000.0,
                Procedures.name(model, contract, holder),
                SqlText.table(holder),
                DIALECT.literal(holder.table().value()),
                keys(holder),
                drift,
                columns,
                sources,
                steps,
                guards,
                SqlText.unlike("wrong", taken),
                SqlText.unlike("counted", taken));
    }

    /**
     * What is noted of a row.
     *
     * @param columns of the outbox
     * @param names the attributes that they take
     * @param inputs what else of a row decides, besides them
     * @param where the condition under which it counts
     */
    private record Noted(List<String> columns, List<String> names, List<String> inputs, String where) {}

    /** The events that are noted, as {@link Source} has them. */
    private record Events(
            boolean inserts, boolean arrives, boolean leaves, boolean deletes, boolean truncates, boolean rekeys) {}

    private Source source(Contract contract, Entity entity, int number, Noted noted, Events events) {
        var name = PREFIX + Procedures.words(model, contract) + "_" + number;
        var alias = SqlText.alias(entity);
        return new Source(
                SqlText.table(entity),
                DIALECT.literal(SqlText.table(entity)),
                entity.relational().partitioning().isPresent(),
                alias,
                SqlText.unlike("new_rows", taken),
                SqlText.unlike("old_rows", taken),
                Procedures.qualified(entity, name),
                new Triggers(
                        trigger(name, "_insert"),
                        trigger(name, "_update"),
                        trigger(name, "_delete"),
                        trigger(name, "_truncate"),
                        trigger(LAST + name, "_rekey")),
                events.rekeys() ? Procedures.qualified(entity, LAST + name) : "",
                noted.columns(),
                noted.names().stream()
                        .map(attribute -> alias + "." + SqlText.column(entity, attribute))
                        .toList(),
                noted.inputs(),
                noted.where(),
                events.inserts(),
                events.arrives(),
                events.leaves(),
                events.deletes(),
                events.truncates());
    }

    /** Contracts may have long names, and such as SQL reads apart. */
    private static String trigger(String name, String event) {
        return DIALECT.identifier(PostgresNames.fit(name + event));
    }

    /** @param names of the outbox's columns, which take after attributes of the entity */
    private static List<Column> columns(List<String> names, Entity entity, List<String> attributes) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> {
                    var column = columnOf(entity, attributes.get(i));
                    return new Column(
                            DIALECT.identifier(names.get(i)),
                            DIALECT.literal(names.get(i)),
                            SqlText.table(entity),
                            DIALECT.literal(SqlText.table(entity)),
                            DIALECT.identifier(column),
                            DIALECT.literal(column));
                })
                .toList();
    }

    private static List<Column> keyColumns(Entity holder) {
        return columns(
                holder.keyNames().stream().map(name -> columnOf(holder, name)).toList(), holder, holder.keyNames());
    }

    private static String columnOf(Entity entity, String attribute) {
        return entity.attribute(attribute).orElseThrow().column().value();
    }

    private static List<String> keys(Entity entity) {
        return entity.keyNames().stream()
                .map(name -> SqlText.column(entity, name))
                .toList();
    }

    private static List<String> columnsOf(Entity entity, List<String> names) {
        return names.stream()
                .map(name -> SqlText.alias(entity) + "." + SqlText.column(entity, name))
                .toList();
    }

    private static String changed(String column) {
        return "OLD." + column + " IS DISTINCT FROM NEW." + column;
    }
}
