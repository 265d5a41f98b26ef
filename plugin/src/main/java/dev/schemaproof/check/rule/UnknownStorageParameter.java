package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A storage parameter that there is not, or a value that it can't have. */
public final class UnknownStorageParameter extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return Storage.of(entity).stream()
                .flatMap(storage -> storage.parameters().entrySet().stream()
                        .flatMap(given -> judge(entity, store, storage, given.getKey(), given.getValue()).stream()));
    }

    private Optional<Finding> judge(
            Entity entity, RelationalStore store, Storage storage, String name, Located<String> value) {
        var subject = entity.name().value();
        var parameter = storage.known().get(name);
        if (parameter == null) {
            var finding = finding(value.at(), subject, storage.owner() + " has no storage parameter `" + name + "`");
            return Optional.of(NearestName.of(name, storage.known().keySet())
                    .map(nearest -> finding.withHelp("did you mean `" + nearest + "`?"))
                    .orElseGet(() -> finding.withHelp("there is " + Words.quoted(few(storage)))));
        } else if (parameter.since() > store.version()) {
            return Optional.of(finding(
                            value.at(),
                            subject,
                            "the storage parameter `" + name + "` came later than PostgreSQL " + store.version())
                    .withHelp("remove it, or use PostgreSQL " + parameter.since() + " or later: `version: "
                            + parameter.since() + "` of store `" + store.name() + "`"));
        }
        return parameter.takes(value.value())
                ? Optional.empty()
                : Optional.of(finding(
                                value.at(),
                                subject,
                                "`" + value + "` is no value of the storage parameter `" + name + "` of "
                                        + storage.owner())
                        .withHelp("it takes " + parameter.range()));
    }

    /** As many as help. */
    private static List<String> few(Storage storage) {
        return new TreeSet<>(storage.known().keySet()).stream().limit(8).toList();
    }
}
