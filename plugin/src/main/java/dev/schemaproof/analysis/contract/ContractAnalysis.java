package dev.schemaproof.analysis.contract;

import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the contracts of a model come to. A contract that is incomplete, contradicts itself, or uses names that name
 * nothing, comes to nothing here: others report that.
 *
 * @param summaries those that triggers are generated for
 * @param applied summaries that the application keeps
 * @param copies copies through references that the application keeps
 * @param followed copies through references that follow their sources, by what is generated: a foreign key or ties, and triggers
 * @param scheduled summaries that a job brings up to date
 * @param scheduledCopies copies through references that a job brings up to date
 * @param noted summaries that the consumer of an outbox brings up to date
 * @param notedCopies copies through references that the consumer of an outbox brings up to date
 * @param views those that materialized views are generated for, each after those that it reads
 * @param unsupported those that are well-formed, but cannot be kept yet
 */
public record ContractAnalysis(
        List<SummaryContract> summaries,
        List<SummaryContract> applied,
        List<CopyContract> copies,
        List<CopyContract> followed,
        List<SummaryContract> scheduled,
        List<CopyContract> scheduledCopies,
        List<SummaryContract> noted,
        List<CopyContract> notedCopies,
        List<ViewContract> views,
        List<UnsupportedContract> unsupported) {

    public ContractAnalysis {
        summaries = List.copyOf(summaries);
        applied = List.copyOf(applied);
        copies = List.copyOf(copies);
        followed = List.copyOf(followed);
        scheduled = List.copyOf(scheduled);
        scheduledCopies = List.copyOf(scheduledCopies);
        noted = List.copyOf(noted);
        notedCopies = List.copyOf(notedCopies);
        views = List.copyOf(views);
        unsupported = List.copyOf(unsupported);
    }

    public static ContractAnalysis of(Model model, ModelSql sql) {
        var summaries = new SummaryResolution(model);
        var views = new ViewResolution(model, sql);
        for (var contract : model.contracts().values()) {
            if (contract.sound()) {
                summaries.resolve(contract);
                views.resolve(contract);
            }
        }
        var analysis = new ContractAnalysis(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                views.views(),
                List.of());
        return new ContractAnalysis(
                summaries.keptByTrigger(analysis::isView),
                summaries.keptByApplication(analysis::isView),
                summaries.copies().applied(),
                summaries.copies().followed(analysis::isView),
                summaries.keptByJob(analysis::isView),
                summaries.copies().scheduled(analysis::isView),
                summaries.keptByOutbox(analysis::isView),
                summaries.copies().noted(analysis::isView),
                analysis.views(),
                Stream.of(summaries.unsupported(), summaries.copies().unsupported(), views.unsupported())
                        .flatMap(List::stream)
                        .toList());
    }

    /** The copies that the database is to let follow, by names alone: without a look at queries, and so at views. */
    public static List<CopyContract> followedIn(Model model, RelationalStore store) {
        var summaries = new SummaryResolution(model);
        model.contracts().values().stream().filter(Contract::sound).forEach(summaries::resolve);
        return summaries.copies().followed(entity -> false).stream()
                .filter(copy -> copy.store().equals(store))
                .toList();
    }

    /** The summaries that one database keeps by trigger. */
    public List<SummaryContract> summariesIn(RelationalStore store) {
        return summaries.stream()
                .filter(summary -> summary.store().equals(store))
                .toList();
    }

    /** The summaries of one database that the application keeps. */
    public List<SummaryContract> appliedIn(RelationalStore store) {
        return applied.stream().filter(summary -> summary.store().equals(store)).toList();
    }

    /** The copies through references of one database that the application keeps. */
    public List<CopyContract> copiesIn(RelationalStore store) {
        return copies.stream().filter(copy -> copy.store().equals(store)).toList();
    }

    /** The copies through references of one database that it keeps itself. */
    public List<CopyContract> followedIn(RelationalStore store) {
        return followed.stream().filter(copy -> copy.store().equals(store)).toList();
    }

    /** The summaries of one database that a job brings up to date. */
    public List<SummaryContract> scheduledIn(RelationalStore store) {
        return scheduled.stream()
                .filter(summary -> summary.store().equals(store))
                .toList();
    }

    /** The copies through references of one database that a job brings up to date. */
    public List<CopyContract> scheduledCopiesIn(RelationalStore store) {
        return scheduledCopies.stream()
                .filter(copy -> copy.store().equals(store))
                .toList();
    }

    /** The summaries of one database that the consumer of an outbox brings up to date. */
    public List<SummaryContract> notedIn(RelationalStore store) {
        return noted.stream().filter(summary -> summary.store().equals(store)).toList();
    }

    /** The copies through references of one database that the consumer of an outbox brings up to date. */
    public List<CopyContract> notedCopiesIn(RelationalStore store) {
        return notedCopies.stream().filter(copy -> copy.store().equals(store)).toList();
    }

    /** The summaries of one database for which triggers run: they keep them, or note which of them are out of date. */
    public List<SummaryContract> triggeredIn(RelationalStore store) {
        return Stream.concat(summariesIn(store).stream(), notedIn(store).stream())
                .toList();
    }

    /** The materialized views of one database, each after those that it reads. */
    public List<ViewContract> viewsIn(RelationalStore store) {
        return views.stream().filter(view -> view.store().equals(store)).toList();
    }

    /** Whether the entity is a materialized view, not a table. */
    public boolean isView(Entity entity) {
        return views.stream()
                .anyMatch(view ->
                        view.entity().name().value().equals(entity.name().value()));
    }

    /**
     * A contract for which nothing can be generated yet.
     *
     * @param contract its name
     * @param at what of it is not supported
     * @param summary what that is
     * @param help what is supported
     */
    public record UnsupportedContract(String contract, Location at, String summary, String help) {}
}
