package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.UniqueKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A unique key that says what another key of its entity says already: of such keys PostgreSQL makes only one ({@code
 * transformIndexConstraints} in its source).
 */
public final class RepeatedKey extends RelationalRule {

    /** What two keys are the same by. */
    private record Content(List<String> attributes, List<String> include, boolean nullsNotDistinct, Deferral deferral) {

        static Content of(List<String> attributes, KeyDesign design) {
            return new Content(
                    attributes, Located.values(design.include()), design.nullsNotDistinct(), design.deferral());
        }
    }

    /** A key that was there before. */
    private record Earlier(String words, Location at) {}

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        Map<Content, Earlier> earlier = new HashMap<>();
        if (!entity.key().isEmpty()) {
            var attributes = Located.values(entity.key());
            earlier.put(
                    Content.of(attributes, entity.relational().keyDesign()),
                    new Earlier("the key", entity.key().get(0).at()));
        }
        return entity.uniques().stream().flatMap(unique -> {
            var first = earlier.putIfAbsent(
                    Content.of(unique.names(), unique.design()), new Earlier(words(unique), unique.at()));
            return first == null
                    ? Stream.empty()
                    : Stream.of(finding(
                                    unique.at(),
                                    entity.name().value(),
                                    words(unique) + " of `" + entity.name() + "` is the same as " + first.words()
                                            + ", and the database makes one of them only")
                            .withHelp("remove one of the two")
                            .withRelated(first.at(), "the same key"));
        });
    }

    private static String words(UniqueKey unique) {
        return "unique key "
                + unique.name().map(name -> "`" + name + "`").orElseGet(() -> "[" + Words.plain(unique.names()) + "]");
    }
}
