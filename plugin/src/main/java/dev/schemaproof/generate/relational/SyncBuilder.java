package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.SyncScript.Backfill;
import dev.schemaproof.generate.relational.SyncScript.Child;
import dev.schemaproof.generate.relational.SyncScript.Hook;
import dev.schemaproof.generate.relational.SyncScript.Kept;
import dev.schemaproof.generate.relational.SyncScript.Parent;
import dev.schemaproof.generate.relational.SyncScript.Pending;
import dev.schemaproof.generate.relational.SyncScript.Share;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides everything that {@code triggers.sql} says.
 *
 * <p>All copies of one child's rows are kept by one set of triggers, for the sake of the order of locks: two sessions whose rows
 * concern the same parents, in whatever roles, update these in the same order and can't deadlock within a statement.
 *
 * <p>Deferred copies, which is what they are unless the contract says otherwise, take that further: the triggers of a child
 * only note what a statement changes for each parent, in one table a parent table, under the number of the transaction.
 * One deferred constraint trigger, on a table with one row a transaction, sums that up at commit and updates each parent
 * once, in the order of tables and keys. What a savepoint takes back, its notes go with; a transaction's notes are gone when
 * it ends either way, so that their tables hold no committed row and need no log.
 */
final class SyncBuilder {

    /** The table, function and trigger that bring deferred copies up to date at commit. */
    static final String FLUSH = "schemaproof_flush";

    /** The function that refuses direct writes. */
    static final String GUARD = "schemaproof_guard";

    private final Model model;
    private final RelationalStore store;
    private final List<SummaryContract> summaries;
    private final FollowScript followed;
    private final JobScript scheduled;
    private final OutboxScript noted;
    private final List<ViewScript> views;
    private final Set<String> tables;

    SyncBuilder(
            Model model,
            RelationalStore store,
            List<SummaryContract> summaries,
            FollowScript followed,
            JobScript scheduled,
            OutboxScript noted,
            List<ViewScript> views) {
        this.model = model;
        this.store = store;
        this.summaries = summaries;
        this.followed = followed;
        this.scheduled = scheduled;
        this.noted = noted;
        this.views = views;
        tables = model.entitiesOf(store).stream()
                .map(entity -> entity.table().value())
                .collect(Collectors.toUnmodifiableSet());
    }

    SyncScript build() {
        var children = grouped(summaries, SummaryContract::child).values().stream()
                .map(this::child)
                .toList();
        var parents = grouped(summaries, SummaryContract::parent).values().stream()
                .map(SyncBuilder::parent)
                .toList();
        var pendings = grouped(deferred(summaries), SummaryContract::parent).values().stream()
                .map(SyncBuilder::pending)
                .toList();
        var backfills = summaries.stream().map(SyncBuilder::backfill).toList();
        var said = children.toString() + parents + pendings + backfills;
        return new SyncScript(
                Headings.of("The synchronization", model, store),
                DIALECT.dollarTag("schemaproof", said),
                DIALECT.dollarTag("function", said),
                GUARD,
                FLUSH,
                SqlText.unlike("change", tables),
                pendings,
                children,
                parents,
                backfills,
                followed,
                scheduled,
                noted,
                views);
    }

    /** By table name, which is the same order in every session, and in every version of the model. */
    private static Map<String, List<SummaryContract>> grouped(
            List<SummaryContract> summaries, Function<SummaryContract, Entity> entity) {
        return summaries.stream()
                .collect(Collectors.groupingBy(
                        summary -> place(entity.apply(summary)), TreeMap::new, Collectors.toList()));
    }

    private Child child(List<SummaryContract> ofChild) {
        var child = ofChild.get(0).child();
        var function = function("schemaproof_sync_", child);
        return new Child(
                SqlText.table(child),
                DIALECT.literal(SqlText.table(child)),
                child.relational().partitioning().isPresent(),
                SqlText.alias(child),
                function,
                DIALECT.literal(function),
                SqlText.unlike("new_rows", tables),
                SqlText.unlike("old_rows", tables),
                "schemaproof_sync_insert",
                "schemaproof_sync_update",
                "schemaproof_sync_delete",
                "schemaproof_sync_truncate",
                grouped(ofChild, SummaryContract::parent).values().stream()
                        .flatMap(ofParent -> Stream.of(immediate(ofParent), deferred(ofParent)))
                        .filter(ofParent -> !ofParent.isEmpty())
                        .map(SyncBuilder::share)
                        .toList());
    }

    private static List<SummaryContract> deferred(List<SummaryContract> summaries) {
        return summaries.stream().filter(SummaryContract::isDeferred).toList();
    }

    private static List<SummaryContract> immediate(List<SummaryContract> summaries) {
        return summaries.stream().filter(summary -> !summary.isDeferred()).toList();
    }

    private static Pending pending(List<SummaryContract> ofParent) {
        var share = share(ofParent);
        return new Pending(share.pending(), share.contracts(), share.table(), share.keys(), share.tallies());
    }

    /** The table in which the changes of a parent's copies wait, beside it. */
    private static String pending(Entity parent) {
        return function("schemaproof_pending_", parent);
    }

    private static Share share(List<SummaryContract> ofParent) {
        var tallies = ofParent.stream().map(Tally::of).toList();
        return new Share(
                SqlText.remark(ofParent.stream().map(SummaryContract::name).toList()),
                tallies.get(0).parent(),
                tallies.get(0).parentKeys(),
                tallies.stream().map(Tally::copy).toList(),
                tallies,
                ofParent.get(0).isDeferred() ? pending(ofParent.get(0).parent()) : "");
    }

    private static Parent parent(List<SummaryContract> ofParent) {
        var parent = ofParent.get(0).parent();
        var first = Tally.of(ofParent.get(0));
        return new Parent(
                first.parent(),
                first.parentKeys(),
                new Hook(function("schemaproof_arrive_", parent), "schemaproof_arrive"),
                new Hook(function("schemaproof_leave_", parent), "schemaproof_leave"),
                deferred(ofParent).isEmpty() ? "" : pending(parent),
                ofParent.stream().map(SyncBuilder::kept).toList(),
                carried(immediate(ofParent)),
                carried(deferred(ofParent)));
    }

    private static List<String> carried(List<SummaryContract> summaries) {
        return summaries.stream()
                .map(Tally::of)
                .filter(Tally::isAdded)
                .map(Tally::copy)
                .toList();
    }

    static Kept kept(SummaryContract summary) {
        var column = summary.copy().column().value();
        var tally = Tally.of(summary);
        return new Kept(
                tally.copy(),
                name("schemaproof_guard_insert_" + column),
                updateGuard(column),
                Stream.of(column, summary.name(), summary.child().table().value())
                        .map(DIALECT::literal)
                        .toList(),
                tally);
    }

    /** The trigger that refuses a direct change of a column. */
    static String updateGuard(String column) {
        return name("schemaproof_guard_update_" + column);
    }

    private static Backfill backfill(SummaryContract summary) {
        return new Backfill(SqlText.remark(List.of(summary.name())), Tally.of(summary));
    }

    /** SQL schema and table in an order of their own, which does not depend on quotes. */
    private static String place(Entity entity) {
        return entity.relational().schema().map(Located::value).orElse("") + "\0"
                + entity.table().value();
    }

    /** A function of the table's own, beside it. */
    private static String function(String prefix, Entity entity) {
        return DIALECT.qualified(
                entity.relational().schema(),
                PostgresNames.fit(prefix + entity.table().value()));
    }

    private static String name(String wanted) {
        return DIALECT.identifier(PostgresNames.fit(wanted));
    }
}
