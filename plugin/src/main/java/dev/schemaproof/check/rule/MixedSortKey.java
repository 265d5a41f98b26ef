package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.MixedSort;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.KeyValueTable.KeyType;
import java.util.Locale;
import java.util.stream.Stream;

/** A sort key that holds different kinds of values for two entities in the same partitions. */
public final class MixedSortKey implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.tables().stream())
                .flatMap(table -> MixedSort.of(table).stream())
                .map(this::finding);
    }

    private Finding finding(MixedSort mixed) {
        var sort = mixed.key();
        var place = mixed.index()
                .map(index -> "index `" + index + "`")
                .orElseGet(() -> "table `" + mixed.second().table().name() + "`");
        var cure = sort.attribute().type() == KeyType.STRING
                ? "let each begin with a word of its own: `" + sort.name() + ": \""
                        + mixed.second().name().toUpperCase(Locale.ROOT) + "#" + sort + "\"`"
                : "give the entities partitions of their own, or one of them an index of its own";
        return finding(
                        mixed.otherwise().at(),
                        mixed.second().name()
                                + mixed.index().map(index -> "." + index).orElse(""),
                        "`" + sort.name() + "` of " + place + " sorts `"
                                + mixed.second().name() + "` by `"
                                + mixed.otherwise().path() + "`, a `"
                                + mixed.otherwise().path().type().declared() + "`, and `"
                                + mixed.first().name() + "` in the same partitions by `"
                                + mixed.sorted().path() + "`, a `"
                                + mixed.sorted().path().type().declared() + "`")
                .withHelp(cure)
                .withRelated(mixed.sorted().at(), "the other one");
    }
}
