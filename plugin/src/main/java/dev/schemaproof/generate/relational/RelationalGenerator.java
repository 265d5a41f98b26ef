package dev.schemaproof.generate.relational;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.Generator;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scripts of relational stores, for PostgreSQL 15 to 18: {@code schema.sql}; where there are contracts also {@code
 * triggers.sql}, and for each contract one script that finds drift and one that repairs it.
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
        List<Artifact> artifacts = new ArrayList<>();
        for (var store : facts.model().relationalStores().toList()) {
            if (!facts.model().entitiesOf(store).isEmpty()) {
                generate(facts, store, artifacts);
            }
        }
        return artifacts.stream();
    }

    private void generate(Facts facts, RelationalStore store, List<Artifact> artifacts) throws TemplateFailedException {
        var model = facts.model();
        var folder = store.name() + "/";
        var schema = new SchemaBuilder(facts, store).build();
        artifacts.add(artifact(folder + "schema.sql", "schema", schema));
        var counts = facts.contracts().countsIn(store);
        var views = facts.contracts().viewsIn(store);
        var viewBuilder = new ViewBuilder(facts, store);
        if (!counts.isEmpty() || !views.isEmpty()) {
            var scripts = views.stream().map(viewBuilder::view).toList();
            artifacts.add(artifact(
                    folder + "triggers.sql", "triggers", new SyncBuilder(model, store, counts, scripts).build()));
        }
        for (var count : counts) {
            var script = ReconcileScript.of(model, count);
            var file = folder + "reconcile/" + Artifact.fileName(count.name());
            artifacts.add(artifact(file + ".drift.sql", "drift", script));
            artifacts.add(artifact(file + ".repair.sql", "repair", script));
        }
        for (var view : views) {
            var script = viewBuilder.refresh(view);
            var file = folder + "reconcile/" + Artifact.fileName(view.name());
            artifacts.add(artifact(file + ".drift.sql", "view-drift", script));
            artifacts.add(artifact(file + ".repair.sql", "view-repair", script));
        }
    }

    private Artifact artifact(String path, String template, Object model) throws TemplateFailedException {
        return new Artifact(path, templates.render("postgresql/" + template + ".sql.ftl", model));
    }
}
