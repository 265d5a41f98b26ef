package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.SyncScript.Backfill;
import dev.schemaproof.generate.relational.SyncScript.Carried;
import dev.schemaproof.generate.relational.SyncScript.Child;
import dev.schemaproof.generate.relational.SyncScript.Hook;
import dev.schemaproof.generate.relational.SyncScript.Kept;
import dev.schemaproof.generate.relational.SyncScript.Notes;
import dev.schemaproof.generate.relational.SyncScript.Parent;
import dev.schemaproof.generate.relational.SyncScript.Pending;
import dev.schemaproof.generate.relational.SyncScript.Share;
import dev.schemaproof.model.Contract.Mode;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 *
 * <p>Slotted and ledger copies are noted likewise, but the notes stay until a fold: see {@link FoldBuilder}.
 */
final class SyncBuilder {

    /** The table, function and trigger that bring deferred copies up to date at commit. */
    static final String FLUSH = "schemaproof_flush";

    /** The function that refuses direct writes. */
    static final String GUARD = "schemaproof_guard";

    /** In this order, those who write to several copies of one parent lock what they have to. */
    private static final List<Mode> LOCKED = List.of(Mode.IMMEDIATE, Mode.DEFERRED, Mode.SLOTTED, Mode.LEDGER);

    private final Facts facts;
    private final Model model;
    private final RelationalStore store;
    private final List<SummaryContract> summaries;
    private final FollowScript followed;
    private final JobScript scheduled;
    private final OutboxScript noted;
    private final List<ViewScript> views;
    private final Set<String> tables;

    SyncBuilder(
            Facts facts,
            RelationalStore store,
            List<SummaryContract> summaries,
            FollowScript followed,
            JobScript scheduled,
            OutboxScript noted,
            List<ViewScript> views) {
        this.facts = facts;
        model = facts.model();
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
        var pendings = grouped(of(Mode.DEFERRED, summaries), SummaryContract::parent).values().stream()
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
                views,
                new FormerBuilder(facts, store).build(pendings, children, parents, followed, noted));
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
        var function = beside(child, "schemaproof_sync_");
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
                        .flatMap(ofParent -> LOCKED.stream().map(mode -> of(mode, ofParent)))
                        .filter(ofParent -> !ofParent.isEmpty())
                        .map(SyncBuilder::share)
                        .toList());
    }

    private static List<SummaryContract> of(Mode mode, List<SummaryContract> summaries) {
        return summaries.stream()
                .filter(summary -> summary.mode().equals(Optional.of(mode)))
                .toList();
    }

    private static Pending pending(List<SummaryContract> ofParent) {
        var share = share(ofParent);
        return new Pending(share.notes().table(), share.contracts(), share.table(), share.keys(), share.tallies());
    }

    /** Where the changes of copies of one parent and one mode go, if not to the parent. */
    private static Notes notes(List<SummaryContract> ofParent) {
        var first = ofParent.get(0);
        return switch (first.mode().orElseThrow()) {
            case IMMEDIATE -> Notes.NONE;
            case DEFERRED ->
                new Notes(
                        Mode.DEFERRED,
                        beside(first.parent(), "schemaproof_pending_"),
                        "schemaproof_xid",
                        "pg_current_xact_id()");
            case LEDGER -> new Notes(Mode.LEDGER, FoldBuilder.table(first), "", "");
            case SLOTTED ->
                new Notes(
                        Mode.SLOTTED,
                        FoldBuilder.table(first),
                        FoldBuilder.slotColumn(Mode.SLOTTED),
                        FoldBuilder.slotNumber(ofParent));
        };
    }

    private static Share share(List<SummaryContract> ofParent) {
        var tallies = ofParent.stream().map(Tally::of).toList();
        return new Share(
                SqlText.remark(ofParent.stream().map(SummaryContract::name).toList()),
                tallies.get(0).parent(),
                tallies.get(0).parentKeys(),
                tallies.stream().map(Tally::copy).toList(),
                tallies,
                notes(ofParent));
    }

    private static Parent parent(List<SummaryContract> ofParent) {
        var parent = ofParent.get(0).parent();
        var first = Tally.of(ofParent.get(0));
        var empty = beside(parent, "schemaproof_empty_");
        return new Parent(
                first.parent(),
                first.parentKeys(),
                new Hook(beside(parent, "schemaproof_arrive_"), "schemaproof_arrive"),
                new Hook(beside(parent, "schemaproof_leave_"), "schemaproof_leave"),
                new Hook(empty, "schemaproof_empty"),
                DIALECT.literal(empty),
                DIALECT.literal(first.parent()),
                parent.relational().partitioning().isPresent(),
                ofParent.stream().map(SyncBuilder::kept).toList(),
                LOCKED.stream()
                        .map(mode -> of(mode, ofParent))
                        .filter(ofMode -> !ofMode.isEmpty())
                        .map(ofMode -> new Carried(
                                notes(ofMode),
                                ofMode.stream()
                                        .map(Tally::of)
                                        .filter(Tally::isAdded)
                                        .map(Tally::copy)
                                        .toList()))
                        .filter(carried -> !carried.copies().isEmpty())
                        .toList(),
                Stream.of(Mode.SLOTTED, Mode.LEDGER)
                        .map(mode -> of(mode, ofParent))
                        .filter(ofMode -> !ofMode.isEmpty())
                        .map(FoldBuilder::fold)
                        .toList(),
                FoldBuilder.view(parent),
                FoldBuilder.readers(parent));
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

    /** What belongs to a table, beside it. */
    static String beside(Entity entity, String prefix) {
        return DIALECT.qualified(
                entity.relational().schema(),
                PostgresNames.fit(prefix + entity.table().value()));
    }

    private static String name(String wanted) {
        return DIALECT.identifier(PostgresNames.fit(wanted));
    }
}
