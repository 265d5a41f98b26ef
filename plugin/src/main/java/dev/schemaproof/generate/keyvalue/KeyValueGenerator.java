package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.Generator;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.output.Json;
import java.util.stream.Stream;

/** Writes a DynamoDB store's tables, as requests and for CloudFormation, and the requests that serve its patterns. */
public final class KeyValueGenerator implements Generator {

    @Override
    public Stream<Artifact> generate(Facts facts) {
        var model = facts.model().name().value();
        return facts.keyValue().stores().stream().flatMap(store -> artifacts(model, store));
    }

    private static Stream<Artifact> artifacts(String model, StoreFacts store) {
        var directory = store.store().name().value() + "/";
        var tables = store.store().tables().values().stream().flatMap(table -> tableArtifacts(directory, model, table));
        var patterns = new Artifact(directory + "access-patterns.json", Json.text(AccessPatterns.of(model, store)));
        return Stream.concat(tables, Stream.of(patterns));
    }

    private static Stream<Artifact> tableArtifacts(String directory, String model, KeyValueTable table) {
        var path = directory + table.name().value();
        return Stream.of(
                new Artifact(path + ".create-table.json", Json.text(TableDefinition.createTable(table))),
                new Artifact(path + ".cloudformation.yaml", CloudFormation.template(model, table)));
    }
}
