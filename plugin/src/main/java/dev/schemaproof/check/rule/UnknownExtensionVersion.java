package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.model.RelationalStore;
import java.util.Set;
import java.util.stream.Stream;

/** A version of an extension that comes with PostgreSQL, and not in that version. */
public final class UnknownExtensionVersion implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model()
                .relationalStores()
                .flatMap(store -> store.extensions().values().stream().flatMap(extension -> check(store, extension)));
    }

    private Stream<Finding> check(RelationalStore store, RelationalStore.Extension extension) {
        var versions = CatalogFacts.of(store.version(), Set.of())
                .extensionVersions(extension.name().value());
        return extension.version().stream()
                .filter(version -> !versions.isEmpty() && !versions.contains(version.value()))
                .map(version -> finding(
                                version.at(),
                                store.name() + "." + extension.name(),
                                "there is no version `" + version + "` of `" + extension.name() + "` in PostgreSQL "
                                        + store.version())
                        .withHelp("leave it out for the newest, or write "
                                + String.join(
                                        " or ",
                                        versions.stream()
                                                .map(known -> "`" + known + "`")
                                                .toList())));
    }
}
