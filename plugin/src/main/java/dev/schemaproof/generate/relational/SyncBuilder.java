package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.SyncScript.Backfill;
import dev.schemaproof.generate.relational.SyncScript.Child;
import dev.schemaproof.generate.relational.SyncScript.Kept;
import dev.schemaproof.generate.relational.SyncScript.Parent;
import dev.schemaproof.generate.relational.SyncScript.Rekey;
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
 */
final class SyncBuilder {

    private final Model model;
    private final RelationalStore store;
    private final List<SummaryContract> summaries;
    private final List<ViewScript> views;
    private final Set<String> tables;

    SyncBuilder(Model model, RelationalStore store, List<SummaryContract> summaries, List<ViewScript> views) {
        this.model = model;
        this.store = store;
        this.summaries = summaries;
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
                .map(this::parent)
                .toList();
        var backfills = summaries.stream().map(SyncBuilder::backfill).toList();
        var said = children.toString() + parents + backfills;
        return new SyncScript(
                Headings.of("The synchronization", model, store),
                DIALECT.dollarTag("schemaproof", said),
                DIALECT.dollarTag("function", said),
                "schemaproof_guard",
                children,
                parents,
                backfills,
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
        return new Child(
                SqlText.table(child),
                SqlText.alias(child),
                function("schemaproof_sync_", child),
                SqlText.unlike("change", tables),
                SqlText.unlike("new_rows", tables),
                SqlText.unlike("old_rows", tables),
                "schemaproof_sync_insert",
                "schemaproof_sync_update",
                "schemaproof_sync_delete",
                "schemaproof_sync_truncate",
                grouped(ofChild, SummaryContract::parent).values().stream()
                        .map(SyncBuilder::share)
                        .toList());
    }

    private static Share share(List<SummaryContract> ofParent) {
        var tallies = ofParent.stream().map(Tally::of).toList();
        return new Share(
                SqlText.remark(ofParent.stream().map(SummaryContract::name).toList()),
                tallies.get(0).parent(),
                tallies.get(0).parentKeys(),
                tallies.stream().map(Tally::copy).toList(),
                tallies,
                tallies.stream().anyMatch(tally -> !tally.isAdded() || tally.inexact()));
    }

    private Parent parent(List<SummaryContract> ofParent) {
        var moved = SqlText.unlike("moved", tables);
        var first = Tally.of(ofParent.get(0));
        return new Parent(
                first.parent(),
                first.parentKeys(),
                new Rekey(function("schemaproof_rekey_", ofParent.get(0).parent()), "schemaproof_rekey"),
                moved,
                ofParent.stream().map(summary -> kept(summary, moved)).toList());
    }

    private static Kept kept(SummaryContract summary, String moved) {
        var column = summary.copy().column().value();
        var tally = Tally.of(summary);
        return new Kept(
                tally.copy(),
                name("schemaproof_guard_insert_" + column),
                name("schemaproof_guard_update_" + column),
                Stream.of(column, summary.name(), summary.child().table().value())
                        .map(DIALECT::literal)
                        .toList(),
                tally,
                tally.valueFor(moved));
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
