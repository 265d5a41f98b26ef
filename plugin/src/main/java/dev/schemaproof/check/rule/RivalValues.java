package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.stream.Stream;

/** An attribute that gets its value in more than one way. */
public final class RivalValues extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return entity.attributes().values().stream().flatMap(attribute -> {
            var ways = new ArrayList<String>();
            attribute.defaultValue().ifPresent(value -> ways.add("default"));
            attribute.generated().ifPresent(value -> ways.add("generated"));
            attribute.identity().ifPresent(value -> ways.add("identity"));
            return ways.size() < 2
                    ? Stream.empty()
                    : Stream.of(finding(
                                    attribute.name().at(),
                                    entity.name() + "." + attribute.name(),
                                    "`" + attribute.name() + "` gets its value in " + ways.size() + " ways: by "
                                            + Words.listed(ways))
                            .withHelp(help(attribute)));
        });
    }

    private static String help(Attribute attribute) {
        return attribute.generated().isPresent()
                ? "keep `generated`, which computes every value, and remove the others; or keep a default alone"
                : "keep `identity`, and remove `default`";
    }
}
