package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.generate.relational.FormerScript.Made;
import dev.schemaproof.generate.relational.FormerScript.Settlement;
import dev.schemaproof.generate.relational.OutboxScript.Outbox;
import dev.schemaproof.generate.relational.OutboxScript.Source;
import dev.schemaproof.generate.relational.SyncScript.Child;
import dev.schemaproof.generate.relational.SyncScript.Parent;
import dev.schemaproof.generate.relational.SyncScript.Pending;
import dev.schemaproof.generate.relational.SyncScript.Share;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mode;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides how {@code triggers.sql} rids a database of what former contracts had there, which the model that it is generated
 * from knows nothing of.
 *
 * <p>Whatever a script makes it marks by a comment, with the model, the store, the SQL schema that it was made from, and the
 * contracts that need it. So the next script finds what is ours, and drops what it does not make itself. Triggers and foreign
 * keys, which would act on tables that the new contracts change, go before anything is made; tables, views and functions when
 * all else is there, since until then some of it may still read them. A mark is of one object: what somebody drops and makes
 * again by the same name is not ours any more.
 *
 * <p>Changes that wait for a copy must not go with the table in which they wait. As only the former model knows what to do with them, its
 * script leaves a function that does it. It is called by whoever drops it, and runs with the rights of its own owner, so that a
 * function that somebody else has marked gains nothing.
 */
final class FormerBuilder {

    private static final String ALONE = "''";

    private final Facts facts;
    private final RelationalStore store;
    private final List<Made> made = new ArrayList<>();

    FormerBuilder(Facts facts, RelationalStore store) {
        this.facts = facts;
        this.store = store;
    }

    FormerScript build(
            List<Pending> pendings,
            List<Child> children,
            List<Parent> parents,
            FollowScript followed,
            OutboxScript noted) {
        children.forEach(this::child);
        parents.forEach(this::parent);
        pending(pendings);
        followed.tables().forEach(this::followed);
        followed.bounds()
                .forEach(bound ->
                        add(Made.CONSTRAINT, bound.literal(), bound.constraint().name(), bound.contracts()));
        scheduled();
        noted.outboxes().forEach(this::noted);
        var outboxes = noted.outboxes().stream().map(Outbox::contract).toList();
        if (!outboxes.isEmpty()) {
            add(Made.VIEW, ALONE, noted.clock(), all(outboxes));
        }
        var guarded = Stream.concat(
                        parents.stream()
                                .flatMap(parent -> parent.copies().stream()
                                        .map(copy -> copy.arguments().get(1))),
                        outboxes.stream())
                .toList();
        if (!guarded.isEmpty()) {
            add(Made.FUNCTION, ALONE, SyncBuilder.GUARD, all(guarded));
        }
        var settlements = settlements();
        settlements.forEach(settlement ->
                add(Made.FUNCTION, ALONE, settlement.function(), DIALECT.literal(settlement.contracts())));
        var mark = DIALECT.literal("schemaproof " + always(facts.model().name().value()) + "."
                + always(store.name().value()) + ".");
        var said = made + mark + settlements;
        return new FormerScript(
                DIALECT.dollarTag("schemaproof", said),
                DIALECT.dollarTag("function", said),
                mark,
                SyncBuilder.GUARD,
                SyncBuilder.FLUSH,
                made,
                settlements);
    }

    private static String always(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private void add(String kind, String place, String name, String contracts) {
        made.add(new Made(kind, place, DIALECT.literal(name), contracts));
    }

    private static String all(Collection<String> literals) {
        return literals.stream().distinct().collect(Collectors.joining(" || ', ' || "));
    }

    private void child(Child child) {
        var contracts = DIALECT.literal(
                child.shares().stream().map(Share::contracts).distinct().collect(Collectors.joining(", ")));
        add(Made.FUNCTION, ALONE, child.function(), contracts);
        Stream.of(child.insert(), child.update(), child.delete(), child.truncate())
                .forEach(trigger -> add(Made.TRIGGER, child.literal(), trigger, contracts));
    }

    private void parent(Parent parent) {
        var contracts = all(
                parent.copies().stream().map(copy -> copy.arguments().get(1)).toList());
        hook(parent, parent.arrive(), contracts);
        if (!parent.carried().isEmpty()) {
            hook(parent, parent.leave(), contracts);
        }
        if (!parent.carriedApart().isEmpty()) {
            add(Made.TRIGGER, parent.literal(), parent.leave().trigger() + "_for_good", contracts);
        }
        if (parent.isFolded()) {
            hook(parent, parent.empty(), contracts);
            add(Made.VIEW, ALONE, parent.view(), contracts);
        }
        for (var fold : parent.folds()) {
            add(Made.TABLE, ALONE, fold.name(), DIALECT.literal(fold.contracts()));
            add(Made.PROCEDURE, ALONE, fold.procedure(), DIALECT.literal(fold.contracts()));
        }
        for (var copy : parent.copies()) {
            add(
                    Made.TRIGGER,
                    parent.literal(),
                    copy.insertGuard(),
                    copy.arguments().get(1));
            add(
                    Made.TRIGGER,
                    parent.literal(),
                    copy.updateGuard(),
                    copy.arguments().get(1));
        }
    }

    private void hook(Parent parent, SyncScript.Hook hook, String contracts) {
        add(Made.FUNCTION, ALONE, hook.function(), contracts);
        add(Made.TRIGGER, parent.literal(), hook.trigger(), contracts);
    }

    private void pending(List<Pending> pendings) {
        pendings.forEach(pending -> add(Made.TABLE, ALONE, pending.name(), DIALECT.literal(pending.contracts())));
        if (!pendings.isEmpty()) {
            var contracts =
                    DIALECT.literal(pendings.stream().map(Pending::contracts).collect(Collectors.joining(", ")));
            add(Made.TABLE, ALONE, SyncBuilder.FLUSH, contracts);
            add(Made.FUNCTION, ALONE, SyncBuilder.FLUSH, contracts);
        }
    }

    private void followed(FollowScript.Table table) {
        var contracts = DIALECT.literal(table.contracts());
        var place = DIALECT.literal(table.name());
        add(Made.FUNCTION, ALONE, table.function(), contracts);
        add(Made.TRIGGER, place, table.insert(), contracts);
        add(Made.TRIGGER, place, table.update(), contracts);
        table.ties().forEach(this::tied);
    }

    private void tied(TieScript tie) {
        var contracts = DIALECT.literal(tie.contracts());
        Stream.of(tie.copying(), tie.passing()).forEach(function -> add(Made.FUNCTION, ALONE, function, contracts));
        for (var knot : tie.knots()) {
            add(Made.TABLE, ALONE, knot.name(), contracts);
            Stream.of(knot.function(), knot.emptying())
                    .forEach(function -> add(Made.FUNCTION, ALONE, function, contracts));
            knot.triggers().forEach(trigger -> add(Made.TRIGGER, DIALECT.literal(knot.table()), trigger, contracts));
        }
    }

    private void scheduled() {
        facts.contracts().scheduledIn(store).forEach(job -> scheduled(job.contract(), job.parent()));
        facts.contracts().scheduledCopiesIn(store).forEach(job -> scheduled(job.contract(), job.entity()));
    }

    private void scheduled(Contract contract, Entity holder) {
        add(
                Made.PROCEDURE,
                ALONE,
                Procedures.name(facts.model(), contract, holder),
                DIALECT.literal(contract.name().value()));
    }

    private void noted(Outbox outbox) {
        add(Made.TABLE, ALONE, outbox.name(), outbox.contract());
        add(Made.PROCEDURE, ALONE, outbox.procedure(), outbox.contract());
        outbox.sources().forEach(source -> noted(source, outbox.contract()));
        outbox.guards()
                .forEach(guard ->
                        add(Made.TRIGGER, DIALECT.literal(outbox.table()), guard.trigger(), outbox.contract()));
    }

    private void noted(Source source, String contract) {
        add(Made.FUNCTION, ALONE, source.function(), contract);
        var triggers = source.triggers();
        Stream.of(
                        source.inserts() ? triggers.insert() : "",
                        source.arrives() ? triggers.update() : "",
                        source.deletes() ? triggers.delete() : "",
                        source.truncates() ? triggers.truncate() : "")
                .filter(trigger -> !trigger.isEmpty())
                .forEach(trigger -> add(Made.TRIGGER, source.literal(), trigger, contract));
        if (!source.rekey().isEmpty()) {
            add(Made.FUNCTION, ALONE, source.rekey(), contract);
            add(Made.TRIGGER, source.literal(), triggers.rekey(), contract);
        }
    }

    private List<Settlement> settlements() {
        var contracts = facts.contracts();
        return Stream.of(
                        contracts.summariesIn(store).stream()
                                .filter(summary ->
                                        summary.mode().filter(Mode::isFolded).isPresent())
                                .map(summary -> settlement(summary, FoldBuilder.table(summary))),
                        contracts.notedIn(store).stream().map(summary -> settlement(summary, "")),
                        contracts.notedCopiesIn(store).stream().map(this::settlement))
                .flatMap(settlements -> settlements)
                .toList();
    }

    private Settlement settlement(SummaryContract summary, String aside) {
        return settlement(
                summary.contract(),
                summary.parent(),
                List.of(SqlText.table(summary.child())),
                aside,
                ReconcileScript.of(facts.model(), summary));
    }

    private Settlement settlement(CopyContract copy) {
        return settlement(
                copy.contract(),
                copy.entity(),
                copy.path().stream()
                        .map(step -> SqlText.table(step.target()))
                        .distinct()
                        .toList(),
                "",
                CopyScript.of(facts.model(), copy));
    }

    private Settlement settlement(
            Contract contract, Entity holder, List<String> sources, String aside, DriftScript drift) {
        var function = Procedures.qualified(holder, "schemaproof_settle_" + Procedures.words(facts.model(), contract));
        return new Settlement(
                SqlText.remark(List.of(contract.name().value())),
                function,
                DIALECT.literal(function),
                sources,
                SqlText.table(holder),
                aside,
                drift);
    }
}
