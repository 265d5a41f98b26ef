package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.index.ReferencePaths;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index.Method;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** An index whose entries have so few different values that each stands for a large part of the rows. */
public final class UnselectiveIndex implements Rule {

    /** With no more different values than that, each is of a tenth of the rows on average, and of nearly every page. */
    private static final long FEW = 10;

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(entity -> entity.sound() && !entity.small())
                .flatMap(entity -> facts.access().paths(entity).stream()
                        .filter(path -> Indexes.isFree(entity, path))
                        .filter(path -> path.method() == Method.BTREE || path.method() == Method.HASH)
                        .filter(path ->
                                path.predicate().isEmpty() && path.included().isEmpty())
                        .filter(path -> entity.references().values().stream()
                                .noneMatch(reference -> ReferencePaths.leadsBy(path, reference.names())))
                        .flatMap(path -> finding(facts, entity, path)));
    }

    private Stream<Finding> finding(Facts facts, Entity entity, IndexPath path) {
        var values = 1L;
        for (var term : path.terms()) {
            var attribute = entity.attribute(term.text()).filter(found -> !term.expression());
            var distinct = attribute.isEmpty() ? OptionalLong.empty() : distinct(facts, attribute.get());
            if (distinct.isEmpty() || values * distinct.getAsLong() > FEW) {
                return Stream.empty();
            }
            values *= Math.max(1, distinct.getAsLong());
        }
        return Stream.of(finding(
                        path.at(),
                        entity.name() + "." + path.name(),
                        "`" + path.name() + "` has " + Words.counted((int) values, "different value")
                                + ", each of about 1 in " + values + " rows, so that reading the table is as fast")
                .withHelp(
                        "remove it, and accept by `scan: allowed` that all rows are read; add what else is asked for behind it; or, where"
                                + " one value is rare, say so by `skew` and index its rows only, by `where`"));
    }

    /** How many different values there are, if that is sure and nothing is said of some being rare. */
    private static OptionalLong distinct(Facts facts, Attribute attribute) {
        if (!attribute.values().skew().isEmpty() || attribute.values().nulls().isPresent()) {
            return OptionalLong.empty();
        }
        return attribute.values().distinct().isPresent()
                ? attribute.values().distinct()
                : byType(facts.types(), facts, attribute);
    }

    private static OptionalLong byType(BaseTypes types, Facts facts, Attribute attribute) {
        var type = types.of(attribute.type().value());
        if (type instanceof DataType.Named named
                && facts.model().types().get(named.name()) instanceof TypeDefinition.Enumeration enumeration) {
            return OptionalLong.of(enumeration.labels().size());
        }
        return type.equals(new DataType.Scalar(ScalarKind.BOOLEAN)) ? OptionalLong.of(2) : OptionalLong.empty();
    }
}
