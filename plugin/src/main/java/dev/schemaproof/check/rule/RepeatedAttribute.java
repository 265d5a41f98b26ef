package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An attribute that stands twice where once would do. */
public final class RepeatedAttribute extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var found = new ArrayList<Finding>();
        for (var key : TableKey.constraints(entity)) {
            var what = key.words() + " of `" + entity.name() + "`";
            var first = repeated(entity, what, key.attributes(), new HashMap<>(), Severity.ERROR, found);
            repeated(entity, what, key.include(), first, Severity.WARNING, found);
        }
        for (var index : entity.indexes().values()) {
            var what = "index `" + index.name() + "`";
            var first = repeated(entity, what, plain(index.on()), new HashMap<>(), Severity.WARNING, found);
            repeated(entity, what, index.include(), first, Severity.WARNING, found);
        }
        for (var exclusion : entity.relational().exclusions().values()) {
            // An attribute may be compared by two operators
            var compared =
                    exclusion.elements().stream().map(Exclusion.Element::part).toList();
            var first = repeated(entity, "", plain(compared), new HashMap<>(), Severity.WARNING, new ArrayList<>());
            repeated(
                    entity,
                    "exclusion constraint `" + exclusion.name() + "`",
                    exclusion.include(),
                    first,
                    Severity.WARNING,
                    found);
        }
        for (var division : Division.of(entity)) {
            var what = "the partition key of " + division.words(entity);
            repeated(entity, what, plain(division.partitioning().on()), new HashMap<>(), Severity.WARNING, found);
        }
        for (var reference : entity.references().values()) {
            var what = "reference `" + reference.role() + "`";
            repeated(entity, what, reference.to(), new HashMap<>(), Severity.ERROR, found);
            repeated(entity, what, reference.attributes(), new HashMap<>(), Severity.WARNING, found);
        }
        return found.stream();
    }

    /** Parts without a collation or operator class of their own, by which two of one attribute could differ. */
    private static List<Located<String>> plain(List<Index.Part> parts) {
        return parts.stream()
                .filter(part -> !part.expression()
                        && part.collation().isEmpty()
                        && part.operatorClass().isEmpty())
                .map(part -> new Located<>(part.text().value(), part.text().at()))
                .toList();
    }

    /** Reports what has been seen before; gives what has been seen now. */
    private Map<String, Located<String>> repeated(
            Entity entity,
            String what,
            List<Located<String>> names,
            Map<String, Located<String>> before,
            Severity severity,
            List<Finding> found) {
        for (var name : names) {
            var earlier = before.putIfAbsent(name.value(), name);
            if (earlier != null) {
                found.add(finding(name.at(), entity.name().value(), what + " names `" + name + "` twice")
                        .withHelp("keep one of the two")
                        .withRelated(earlier.at(), "first named here")
                        .withSeverity(severity));
            }
        }
        return before;
    }
}
