package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.index.IndexCosts;
import dev.schemaproof.analysis.index.TableWrites.Write;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** An index that keeps more updates from being heap-only (HOT) than it serves reads, by the declared rates. */
public final class CostlyIndex implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var costs = new IndexCosts(facts);
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity -> facts.access().paths(entity).stream()
                        .filter(path -> Indexes.isFree(entity, path))
                        .flatMap(path -> finding(facts, costs, entity, path)));
    }

    private Stream<Finding> finding(Facts facts, IndexCosts costs, Entity entity, IndexPath path) {
        var lost = costs.of(entity, path).lostHot();
        var updates =
                lost.stream().mapToDouble(write -> write.perSecond().orElse(0)).sum();
        var reads = reads(facts, entity, path);
        if (reads.isEmpty() || updates <= reads.getAsDouble()) {
            return Stream.empty();
        }
        return Stream.of(finding(
                        path.at(),
                        entity.name() + "." + path.name(),
                        "without `" + path.name() + "`, " + rate(updates) + " updates per second of "
                                + Words.listed(lost.stream()
                                        .map(Write::source)
                                        .distinct()
                                        .toList())
                                + " could be heap-only; it serves " + rate(reads.getAsDouble()) + " reads per second")
                .withHelp(
                        "keep what changes that often in an entity of its own, or say in its `reason` why the reads are worth"
                                + " it"));
    }

    /** How often the patterns run that it serves; unknown if one of them doesn't say. */
    private static OptionalDouble reads(Facts facts, Entity entity, IndexPath path) {
        var sum = 0.0;
        for (var name : List.copyOf(facts.access().served(entity, path.name()))) {
            var rate = facts.access()
                    .of(name)
                    .flatMap(access -> access.pattern().header().rate());
            if (rate.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += rate.get().perSecond();
        }
        return OptionalDouble.of(sum);
    }

    private static String rate(double perSecond) {
        return perSecond >= 10 || perSecond == Math.rint(perSecond)
                ? String.format(Locale.ROOT, "%,.0f", perSecond)
                : String.format(Locale.ROOT, "%.2g", perSecond);
    }
}
