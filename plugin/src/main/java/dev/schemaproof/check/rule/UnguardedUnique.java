package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Uniqueness;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.UniqueKey;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A unique key of an entity in a DynamoDB store that no key of a table keeps. */
public final class UnguardedUnique implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream().flatMap(store -> {
            var uniqueness = new Uniqueness(store);
            return store.tables().stream()
                    .flatMap(table -> table.items().stream())
                    .filter(item -> facts.model().storeOf(item.entity()).equals(store.store()))
                    .flatMap(item -> item.entity().uniques().stream()
                            .filter(unique -> !uniqueness.kept(item, unique.names()))
                            .map(unique -> finding(store, item, unique)));
        });
    }

    private Finding finding(StoreFacts store, ItemDesign item, UniqueKey unique) {
        var names = unique.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(" and "));
        var guard = item.name()
                + unique.names().stream().map(UnguardedUnique::capitalized).collect(Collectors.joining());
        var role = item.name().substring(0, 1).toLowerCase(Locale.ROOT)
                + item.name().substring(1);
        var template = unique.names().stream()
                .map(name -> "{" + role + "." + name + "}")
                .collect(Collectors.joining("#"));
        return finding(
                        unique.at(),
                        item.name() + "." + String.join(",", unique.names()),
                        "nothing in store `" + store.store().name() + "` keeps " + names + " of `" + item.name()
                                + "` unique: only the key of a table is, and an index never")
                .withHelp("let an item stand for the value, and insert it in one transaction with the row: an entity `"
                        + guard
                        + "` with a reference `" + role + "` to `" + item.name() + "`, and the key `\""
                        + String.join("_", unique.names()).toUpperCase(Locale.ROOT) + "#" + template
                        + "\"`; or make the key of `" + item.name() + "` of nothing else");
    }

    private static String capitalized(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
