package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.cost.Bill;
import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.analysis.keyvalue.cost.StoreCapacity;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.Generator;
import dev.schemaproof.model.Model;
import dev.schemaproof.output.Json;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes what people and tools want of a DynamoDB store's design: charts, capacity, Terraform, a model for NoSQL Workbench. */
public final class DesignGenerator implements Generator {

    private final Templates templates;
    private final Bill bill;

    /** @param prices what the user pays */
    public DesignGenerator(Templates templates, Prices prices) {
        this.templates = templates;
        bill = new Bill(prices);
    }

    @Override
    public Stream<Artifact> generate(Facts facts) throws TemplateFailedException {
        List<Artifact> artifacts = new ArrayList<>();
        for (var store : facts.keyValue().stores()) {
            collect(facts.model(), store, artifacts);
        }
        return artifacts.stream();
    }

    private void collect(Model source, StoreFacts store, List<Artifact> artifacts) throws TemplateFailedException {
        var model = source.name().value();
        var directory = store.store().name().value() + "/";
        var tables = store.store().tables();
        var resources = TerraformTable.resources(tables.keySet());
        for (var table : tables.values()) {
            var name = table.name().value();
            var printed = TerraformTable.of(model, resources.getOrDefault(name, name), table);
            artifacts.add(new Artifact(directory + name + ".tf", templates.render("dynamodb/table.tf.ftl", printed)));
        }
        var capacity = StoreCapacity.of(source, store);
        artifacts.add(new Artifact(
                directory + "design.md",
                templates.render("dynamodb/design.md.ftl", DesignCharts.of(model, store, capacity, bill))));
        if (!capacity.tables().isEmpty()) {
            artifacts.add(new Artifact(
                    directory + "capacity.json",
                    Json.text(CapacityJson.of(model, store.store().name().value(), capacity, bill))));
        }
        artifacts.add(new Artifact(directory + "nosql-workbench.json", Json.text(Workbench.of(model, store))));
    }
}
