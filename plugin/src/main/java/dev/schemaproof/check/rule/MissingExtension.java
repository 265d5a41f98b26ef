package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.IndexClasses;
import dev.schemaproof.analysis.type.NativeTypes;
import dev.schemaproof.analysis.type.TypeFlaw;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index.Part;
import dev.schemaproof.model.RelationalStore;
import java.util.Optional;
import java.util.stream.Stream;

/** A type, a function or an operator class of an extension that the store does not name. */
public final class MissingExtension implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var types = NativeTypes.in(facts.model()).stream()
                .flatMap(use -> NativeTypes.extensionOf(use.name()).stream()
                        .flatMap(
                                extension -> finding(
                                        use.store(),
                                        extension,
                                        "the type `" + use.name() + "`",
                                        use.at(),
                                        use.subject())
                                        .stream()));
        var functions = facts.typing().flaws().stream()
                .filter(found -> found.flaw().kind() == TypeFlaw.Kind.MISSING_EXTENSION)
                .map(found -> finding(found.at(), found.subject(), found.flaw().summary())
                        .withHelp(help(found.store(), found.flaw().extension().orElseThrow())));
        var classes = facts.model().entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity -> facts.model().storeOf(entity) instanceof RelationalStore store
                        ? classes(entity, store, facts)
                        : Stream.empty());
        return Stream.of(types, functions, classes).flatMap(stream -> stream);
    }

    private Stream<Finding> classes(Entity entity, RelationalStore store, Facts facts) {
        var known = new IndexClasses(facts.typing().system(store));
        return IndexedPart.of(entity, facts).flatMap(indexed -> {
            var named = indexed.part().flatMap(Part::operatorClass);
            if (named.isPresent()) {
                return CatalogFacts.all().operatorClasses(indexed.method().word()).stream()
                        .filter(each -> each.name().equals(named.get().value()))
                        .flatMap(each -> each.origin().extension().stream())
                        .limit(1)
                        .flatMap(extension -> finding(
                                store,
                                extension,
                                "the operator class `" + named.get() + "`",
                                named.get().at(),
                                entity.name().value())
                                .stream());
            }
            return indexed.type().stream()
                    .filter(type -> known.standard(indexed.method(), type).isEmpty())
                    .flatMap(type -> UnindexableType.elsewhere(indexed.method(), type, known).stream()
                            .flatMap(each -> each.origin().extension().stream())
                            .flatMap(extension -> finding(
                                    store,
                                    extension,
                                    indexed.method().word() + " of `" + indexed.name() + "`, which is `" + type + "`,",
                                    indexed.at(),
                                    entity.name().value())
                                    .stream()));
        });
    }

    private Optional<Finding> finding(
            RelationalStore store, String extension, String what, Location at, String subject) {
        return store.extensions().containsKey(extension)
                ? Optional.empty()
                : Optional.of(finding(at, subject, what + " belongs to the extension `" + extension + "`")
                        .withHelp(help(store, extension)));
    }

    private static String help(RelationalStore store, String extension) {
        var names = Stream.concat(store.extensions().keySet().stream(), Stream.of(extension))
                .toList();
        return "name it in the store: `" + store.name() + ": {..., extensions: [" + String.join(", ", names) + "]}`";
    }
}
