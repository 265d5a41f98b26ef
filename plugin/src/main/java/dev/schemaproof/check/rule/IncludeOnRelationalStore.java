package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.KeyValueStore;
import java.util.stream.Stream;

/** A pattern on a relational store that asks for an item collection, which only DynamoDB has. */
public final class IncludeOnRelationalStore implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().patterns().values().stream()
                .filter(pattern -> pattern.header().sound())
                .filter(AccessPattern.Read.class::isInstance)
                .map(AccessPattern.Read.class::cast)
                .filter(read -> !read.include().isEmpty() && !(facts.model().storeOf(read) instanceof KeyValueStore))
                .map(this::finding);
    }

    private Finding finding(AccessPattern.Read read) {
        var first = read.include().get(0);
        return finding(
                        first.entity().at(),
                        read.name().value(),
                        "`" + read.name() + "` includes `" + first.entity()
                                + "`, and its store has no item collections, which hold both")
                .withHelp("write the join as `sql:`, read `" + first.entity()
                        + "` by a pattern of its own, or name a DynamoDB store: `store: ...`");
    }
}
