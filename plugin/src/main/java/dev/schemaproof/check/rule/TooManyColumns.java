package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** More columns than PostgreSQL takes in a table, an index or a key. See the manual, appendix K, Limits. */
public final class TooManyColumns extends RelationalRule {

    private static final int OF_TABLE = 1_600;
    private static final int OF_KEY = 32;

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var found = new ArrayList<Finding>();
        add(
                entity,
                entity.name().at(),
                "`" + entity.name() + "`",
                entity.attributes().size(),
                OF_TABLE,
                "move attributes that are rarely read, or belong together, into an entity of their own",
                found);
        var fewer = "name only those that a search or a rule needs";
        for (var key : TableKey.constraints(entity)) {
            var what = key.words() + " of `" + entity.name() + "`";
            add(entity, key.at(), what, key.attributes().size() + key.include().size(), OF_KEY, fewer, found);
        }
        for (var index : entity.indexes().values()) {
            var count = index.on().size() + index.include().size();
            add(entity, index.name().at(), "index `" + index.name() + "`", count, OF_KEY, fewer, found);
        }
        for (var exclusion : entity.relational().exclusions().values()) {
            var count = exclusion.elements().size() + exclusion.include().size();
            var what = "exclusion constraint `" + exclusion.name() + "`";
            add(entity, exclusion.name().at(), what, count, OF_KEY, fewer, found);
        }
        for (var division : Division.of(entity)) {
            var key = division.partitioning().on();
            var what = "the partition key of " + division.words(entity);
            add(entity, key.get(0).text().at(), what, key.size(), OF_KEY, "partition by few attributes", found);
        }
        for (var reference : entity.references().values()) {
            var what = "reference `" + reference.role() + "`";
            var count = reference.attributes().size();
            var cure = "give `" + reference.entity() + "` a key of fewer attributes";
            add(entity, reference.role().at(), what, count, OF_KEY, cure, found);
        }
        return found.stream();
    }

    private void add(Entity entity, Location at, String what, int count, int limit, String cure, List<Finding> found) {
        if (count > limit) {
            found.add(finding(
                            at,
                            entity.name().value(),
                            what + " has " + count + " columns, and PostgreSQL takes " + limit + " at most")
                    .withHelp(cure));
        }
    }
}
