package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import java.util.stream.Stream;

/** An extension called almost like one that comes with PostgreSQL. There are many others, which can't be known. */
public final class UnknownExtension implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model()
                .relationalStores()
                .flatMap(store -> store.extensions().values().stream()
                        .filter(extension -> !CatalogFacts.extensions()
                                .contains(extension.name().value()))
                        .flatMap(extension ->
                                NearestName.of(extension.name().value(), CatalogFacts.extensions()).stream()
                                        .map(nearest -> Corrections.of(
                                                finding(
                                                                extension.name().at(),
                                                                store.name() + "." + extension.name(),
                                                                "no extension `" + extension.name() + "` is known")
                                                        .withHelp("did you mean `" + nearest + "`?"),
                                                extension.name().value(),
                                                nearest))));
    }
}
