package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.Bound;
import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.Refusal.RefusedException;
import dev.schemaproof.analysis.keyvalue.Refusal.Stage;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.Term.Comparison;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a whole table, where the team accepts it, and drops what the pattern doesn't want. */
final class ScanResolver {

    private final Paths paths;
    private final List<ItemDesign> neighbours;
    private final ItemDesign item;
    private final Read pattern;
    private final Bindings bindings;

    ScanResolver(Paths paths, List<ItemDesign> neighbours, ItemDesign item, Read pattern, Bindings bindings) {
        this.paths = paths;
        this.neighbours = List.copyOf(neighbours);
        this.item = item;
        this.pattern = pattern;
        this.bindings = bindings.fresh();
    }

    Served resolve() throws RefusedException {
        try {
            refuseOrder();
            var filter = new ArrayList<>(distinguishing());
            for (var bound : bindings.conditions()) {
                filter.addAll(FilterTerms.of(bound, stored(bound), bindings));
            }
            var count = pattern.find() == Find.COUNT;
            var limit = pattern.find() == Find.ONE ? OptionalLong.of(1) : pattern.limit();
            return new Served(
                    pattern,
                    item,
                    Optional.empty(),
                    new Request.Scan(item.table().name().value(), filter, projection(), count),
                    bindings.parameters(),
                    bindings.conditions().stream().map(Bound::condition).toList(),
                    List.of(),
                    count ? OptionalLong.empty() : limit,
                    List.of());
        } catch (NoValueException e) {
            throw Refusal.noValue(e);
        }
    }

    private void refuseOrder() throws RefusedException {
        var known = paths.closure(item.entity(), bindings.equalPaths());
        for (var order : pattern.orderBy()) {
            var path = paths.find(item.entity(), order.attribute().value()).orElseThrow();
            if (pattern.find() != Find.COUNT
                    && !known.contains(path.canonical())
                    && !paths.identify(item.entity(), bindings.equalPaths())) {
                throw Refusal.exception(
                        Stage.ORDER,
                        Flaw.UNORDERED,
                        order.attribute().at(),
                        "a scan returns `" + item.name() + "` in no order, and the pattern asks for `" + path + "`",
                        "sort in the application and drop `orderBy`, or add an index that sorts");
            }
        }
    }

    /** What the keys of these items have in common and those of no other. */
    private List<Term> distinguishing() throws RefusedException {
        var terms = new ArrayList<Term>();
        for (var template : item.key().templates()) {
            if (template.variables().isEmpty()) {
                terms.add(Term.equal(template.name(), RequestValue.text(template.literalPrefix())));
            } else if (!template.literalPrefix().isEmpty()) {
                terms.add(new Term(
                        template.name(), Comparison.BEGINS_WITH, List.of(RequestValue.text(template.literalPrefix()))));
            }
        }
        for (var other : neighbours) {
            if (alike(other)) {
                throw Refusal.exception(
                        Stage.LEAK,
                        Flaw.LEAKING,
                        pattern.name().at(),
                        "a scan for `" + item.name() + "` would return items of `" + other.name()
                                + "` too: their keys begin alike",
                        "let the keys of `" + item.name() + "` begin with a word of their own, such as `"
                                + item.name().toUpperCase(Locale.ROOT) + "#`");
            }
        }
        return terms;
    }

    /** Whether keys of the other items pass too. */
    private boolean alike(ItemDesign other) {
        for (var i = 0; i < item.key().templates().size(); i++) {
            var mine = item.key().templates().get(i);
            var fixed = mine.literalPrefix().isEmpty() ? 0 : 1;
            var theirs = other.key().templates().get(i).texts();
            if (theirs.meet(Leak.stretch(mine, fixed)) instanceof Meeting.Never) {
                return false;
            }
        }
        return true;
    }

    private List<String> projection() throws RefusedException {
        if (pattern.find() == Find.COUNT) {
            return List.of();
        }
        var names = new ArrayList<String>();
        for (var name : pattern.select()) {
            var path = paths.find(item.entity(), name.value()).orElseThrow();
            names.add(stored(path, name.at()).name());
        }
        if (names.isEmpty()) {
            for (var attribute : item.entity().attributes().keySet()) {
                stored(
                        paths.find(item.entity(), attribute).orElseThrow(),
                        pattern.name().at());
            }
        }
        return names;
    }

    private StoredAttribute stored(Bound bound) throws RefusedException {
        return stored(bound.path(), bound.condition().attribute().at());
    }

    private StoredAttribute stored(ResolvedPath path, Location at) throws RefusedException {
        return item.holding(path.canonical()).orElseThrow(() -> Unstored.in(item, path, at));
    }
}
