package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Either;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Condition.RowRange;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes up indexes that would serve a use that none serves: what is equal first, then the order or a range. */
final class IndexProposals {

    private final EntityUse use;
    private final StoreTables tables;

    IndexProposals(EntityUse use, StoreTables tables) {
        this.use = use;
        this.tables = tables;
    }

    /** One index, or one for each alternative; none where the conditions leave nothing to index. */
    List<IndexProposal> of(List<Condition> available, List<Sort> order, PatternShape shape) {
        var limited = shape.blockOf(use).limited();
        var single = single(available, order, limited);
        if (single.isPresent()) {
            return List.of(single.get());
        }
        for (var condition : available) {
            if (condition instanceof Either either) {
                var proposals = new ArrayList<IndexProposal>();
                for (var arm : either.arms()) {
                    var matcher = new IndexMatcher(use, arm, List.of(), Set::isEmpty, tables.version());
                    var served = tables.paths(use.entity()).stream()
                            .anyMatch(path -> matcher.match(path).seek().isPresent());
                    if (!served) {
                        single(arm, List.of(), false).ifPresent(proposals::add);
                    }
                }
                return proposals.stream().distinct().toList();
            }
        }
        return List.of();
    }

    private Optional<IndexProposal> single(List<Condition> conditions, List<Sort> order, boolean limited) {
        var parts = new LinkedHashSet<String>();
        var equal = new LinkedHashSet<Term>();
        comparisons(conditions, Kind.EQUAL, Kind.ANY_OF).forEach(equal::add);
        equal.stream().map(IndexProposals::text).forEach(parts::add);
        var sorted = order.stream().filter(key -> !equal.contains(key.term())).toList();
        var range = range(conditions);
        var ordered = !sorted.isEmpty()
                && (limited
                        || range.isEmpty()
                        || range.get().equals(sorted.get(0).term()));
        if (ordered && (!equal.isEmpty() || range.isPresent() || limited && filtersNothing())) {
            sorted.forEach(key -> parts.add(text(key)));
        } else {
            range.ifPresent(term -> parts.add(text(term)));
        }
        if (parts.isEmpty()) {
            return special(conditions);
        }
        return Optional.of(proposal(List.copyOf(parts), ""));
    }

    private boolean filtersNothing() {
        return use.conditions().stream()
                .filter(condition -> condition.basis().stated())
                .allMatch(condition -> condition instanceof Comparison comparison
                        && comparison.with().isPresent());
    }

    private static List<Term> comparisons(List<Condition> conditions, Kind... kinds) {
        var wanted = Set.of(kinds);
        return conditions.stream()
                .filter(condition -> condition instanceof Comparison comparison && wanted.contains(comparison.kind()))
                .map(condition -> ((Comparison) condition).term())
                .toList();
    }

    private static Optional<Term> range(List<Condition> conditions) {
        return comparisons(conditions, Kind.RANGE).stream()
                .findFirst()
                .or(() -> conditions.stream()
                        .filter(RowRange.class::isInstance)
                        .map(condition -> ((RowRange) condition).terms().get(0))
                        .findFirst());
    }

    /** What a B-tree in its usual form doesn't serve. */
    private Optional<IndexProposal> special(List<Condition> conditions) {
        for (var condition : conditions) {
            if (condition instanceof Comparison comparison) {
                var term = text(comparison.term());
                if (comparison.kind() == Kind.PREFIX) {
                    var bytes = Unfits.comparesBytes(use, comparison.term());
                    return Optional.of(proposal(List.of(bytes ? term : term + " text_pattern_ops"), ""));
                } else if (comparison.kind() == Kind.PATTERN
                        && comparison.selective()
                        && !comparison.operator().equals("^@")) {
                    return Optional.of(proposal(List.of(term + " gin_trgm_ops"), "gin"));
                } else if (comparison.kind() == Kind.OPERATOR) {
                    var words = comparison.operator().equals("matches")
                            && !comparison.term().expression();
                    return Optional.of(proposal(
                            List.of(words ? "to_tsvector('english', " + column(comparison.term()) + ")" : term),
                            "gin"));
                } else if (comparison.kind() == Kind.NULL) {
                    return Optional.of(proposal(List.of(term), ""));
                }
            }
        }
        return Optional.empty();
    }

    private String column(Term term) {
        return use.entity()
                .attribute(term.text())
                .map(Attribute::column)
                .map(Object::toString)
                .orElse(term.text());
    }

    private static String text(Term term) {
        return term.expression() && !term.text().endsWith(")") ? "(" + term + ")" : term.text();
    }

    private static String text(Sort key) {
        var nulls = key.anyNulls() || key.nullsFirst() == key.descending()
                ? ""
                : key.nullsFirst() ? " nulls first" : " nulls last";
        return text(key.term()) + (key.descending() ? " desc" : "") + nulls;
    }

    private IndexProposal proposal(List<String> parts, String method) {
        var words = parts.stream()
                .map(part -> part.replaceFirst(" (desc|nulls|text_pattern_ops|gin_trgm_ops).*", ""))
                .map(part -> part.replaceAll("[^\\p{L}\\p{N}]+", "_").replaceAll("^_|_$", ""))
                .collect(Collectors.joining("_"));
        var name = PostgresNames.fit("idx_" + use.entity().table().value() + "_" + words);
        var on = parts.stream()
                .map(part -> part.matches("[\\p{L}\\p{N}_ ]+") ? part : "\"" + part.replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(", "));
        return new IndexProposal(
                name,
                String.join(", ", parts),
                "{on: [" + on + "]" + (method.isEmpty() ? "" : ", using: " + method) + "}");
    }
}
