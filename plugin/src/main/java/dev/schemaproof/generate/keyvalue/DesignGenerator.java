package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.Generator;
import dev.schemaproof.output.Json;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes what people and tools want of a DynamoDB store's design: charts, Terraform, a model for NoSQL Workbench. */
public final class DesignGenerator implements Generator {

    private final Templates templates;

    public DesignGenerator(Templates templates) {
        this.templates = templates;
    }

    @Override
    public Stream<Artifact> generate(Facts facts) throws TemplateFailedException {
        List<Artifact> artifacts = new ArrayList<>();
        for (var store : facts.keyValue().stores()) {
            collect(facts.model().name().value(), store, artifacts);
        }
        return artifacts.stream();
    }

    private void collect(String model, StoreFacts store, List<Artifact> artifacts) throws TemplateFailedException {
        var directory = store.store().name().value() + "/";
        var tables = store.store().tables();
        var resources = TerraformTable.resources(tables.keySet());
        for (var table : tables.values()) {
            var name = table.name().value();
            var printed = TerraformTable.of(model, resources.getOrDefault(name, name), table);
            artifacts.add(new Artifact(directory + name + ".tf", templates.render("dynamodb/table.tf.ftl", printed)));
        }
        artifacts.add(new Artifact(
                directory + "design.md", templates.render("dynamodb/design.md.ftl", DesignCharts.of(model, store))));
        artifacts.add(new Artifact(directory + "nosql-workbench.json", Json.text(Workbench.of(model, store))));
    }
}
