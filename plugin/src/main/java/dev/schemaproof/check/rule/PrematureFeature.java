package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Grant.Privilege;
import dev.schemaproof.model.RelationalStore;
import java.util.stream.Stream;

/** Something that only later versions of PostgreSQL know than the one of the store. */
public final class PrematureFeature extends RelationalRule {

    private static final int VIRTUAL_COLUMNS = 18;
    private static final int MAINTAIN = 17;

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var virtual = entity.attributes().values().stream()
                .filter(attribute -> attribute.virtual() && store.version() < VIRTUAL_COLUMNS)
                .map((Attribute attribute) -> finding(
                        attribute.name().at(),
                        entity.name() + "." + attribute.name(),
                        "virtual generated columns, such as `" + attribute.name() + "`",
                        VIRTUAL_COLUMNS,
                        "remove `virtual: true`, so that it is stored",
                        store));
        var maintain = entity.relational().grants().stream()
                .flatMap(grant -> grant.privileges().stream())
                .filter(permission ->
                        permission.privilege().value() == Privilege.MAINTAIN && store.version() < MAINTAIN)
                .map(permission -> finding(
                        permission.privilege().at(),
                        entity.name().value(),
                        "the privilege `maintain`",
                        MAINTAIN,
                        "remove it",
                        store));
        return Stream.concat(virtual, maintain);
    }

    private Finding finding(
            Location at, String subject, String what, int since, String instead, RelationalStore store) {
        return finding(at, subject, what + " came later than PostgreSQL " + store.version())
                .withHelp(instead + ", or use PostgreSQL " + since + " or later: `version: " + since + "` of store `"
                        + store.name() + "`")
                .withRelated(store.name().at(), "the store");
    }
}
