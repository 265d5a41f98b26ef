package dev.schemaproof.generate.relational;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.Generator;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The scripts of relational stores, for PostgreSQL 15 to 18: {@code schema.sql}; {@code triggers.sql}, also where there are
 * no contracts any more; and for each contract one script that finds drift and one that repairs it.
 *
 * <p>Each script runs alone, by {@code psql} or as a migration, in the schema that comes first in the search path.
 */
public final class RelationalGenerator implements Generator {

    private final Templates templates;

    public RelationalGenerator(Templates templates) {
        this.templates = templates;
    }

    @Override
    public Stream<Artifact> generate(Facts facts) throws TemplateFailedException {
        List<Script> scripts = new ArrayList<>();
        for (var store : facts.model().relationalStores().toList()) {
            if (!facts.model().entitiesOf(store).isEmpty()) {
                collect(facts, store, scripts);
            }
        }
        List<Artifact> artifacts = new ArrayList<>();
        // Side by side, as no script needs another
        for (var printed : scripts.parallelStream().map(this::print).toList()) {
            artifacts.add(printed.orThrow());
        }
        return artifacts.stream();
    }

    /**
     * A script that is still to be printed.
     *
     * @param decided what its template prints
     */
    private record Script(String path, String template, Supplier<Object> decided) {}

    /** What came of a script: it, or what is wrong with its template. */
    private record Printed(Optional<Artifact> artifact, Optional<TemplateFailedException> failure) {

        Artifact orThrow() throws TemplateFailedException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return artifact.orElseThrow();
        }
    }

    private Printed print(Script script) {
        try {
            var text = templates.render(
                    "postgresql/" + script.template() + ".sql.ftl",
                    script.decided().get());
            return new Printed(Optional.of(new Artifact(script.path(), text)), Optional.empty());
        } catch (TemplateFailedException e) {
            return new Printed(Optional.empty(), Optional.of(e));
        }
    }

    private static void collect(Facts facts, RelationalStore store, List<Script> scripts) {
        var model = facts.model();
        var folder = store.name() + "/";
        scripts.add(new Script(folder + "schema.sql", "schema", () -> new SchemaBuilder(facts, store).build()));
        var summaries = facts.contracts().summariesIn(store);
        var views = facts.contracts().viewsIn(store);
        var followed = facts.contracts().followedIn(store);
        var scheduled = facts.contracts().scheduledIn(store);
        var scheduledCopies = facts.contracts().scheduledCopiesIn(store);
        var noted = facts.contracts().notedIn(store);
        var notedCopies = facts.contracts().notedCopiesIn(store);
        var viewBuilder = new ViewBuilder(facts, store);
        var viewScripts = views.stream().map(viewBuilder::view).toList();
        scripts.add(new Script(
                folder + "triggers.sql",
                "triggers",
                () -> new SyncBuilder(
                                facts,
                                store,
                                summaries,
                                new FollowBuilder(model, store, followed).build(),
                                new JobBuilder(model, facts.contracts(), store).build(),
                                new OutboxBuilder(model, facts.contracts(), store).build(),
                                viewScripts)
                        .build()));
        for (var summary : Stream.of(
                        summaries, scheduled, noted, facts.contracts().appliedIn(store))
                .flatMap(List::stream)
                .toList()) {
            var script = ReconcileScript.of(model, summary);
            var file = folder + "reconcile/" + Artifact.fileName(summary.name());
            scripts.add(new Script(file + ".drift.sql", "drift", () -> script));
            scripts.add(new Script(file + ".repair.sql", "repair", () -> script));
        }
        for (var copy : Stream.of(
                        followed,
                        scheduledCopies,
                        notedCopies,
                        facts.contracts().copiesIn(store))
                .flatMap(List::stream)
                .toList()) {
            var script = CopyScript.of(model, copy);
            var file = folder + "reconcile/" + Artifact.fileName(copy.name());
            scripts.add(new Script(file + ".drift.sql", "copy-drift", () -> script));
            scripts.add(new Script(file + ".repair.sql", "copy-repair", () -> script));
        }
        for (var view : views) {
            var script = viewBuilder.refresh(view);
            var file = folder + "reconcile/" + Artifact.fileName(view.name());
            scripts.add(new Script(file + ".drift.sql", "view-drift", () -> script));
            scripts.add(new Script(file + ".repair.sql", "view-repair", () -> script));
        }
    }
}
