package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.Resolution.Share;
import dev.schemaproof.analysis.keyvalue.StoredAttribute;
import dev.schemaproof.model.AccessPattern.Include;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Located;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.data.Row;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import dev.schemaproof.prove.keyvalue.PlainAnswer.Argument;
import dev.schemaproof.prove.keyvalue.RequestForm.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks the request of a pattern that includes other entities for many values: its items are taken apart and joined as the file of requests
 * says, and must be what the rows and their references say.
 */
final class JoinTrial {

    private static final int SHORT_PAGE = 2;

    private final Laboratory laboratory;
    private final Served served;
    private final Read pattern;
    private final RequestForm form;

    JoinTrial(Laboratory laboratory, Served served, Map<?, ?> entry) {
        this.laboratory = laboratory;
        this.served = served;
        this.pattern = (Read) served.pattern();
        this.form = new RequestForm(laboratory.paths(), served, entry);
    }

    /** The answer of one call, taken apart. */
    private record Parts(List<Kind> kinds, Map<String, List<Map<String, @Nullable Object>>> items) {

        List<Map<String, @Nullable Object>> of(ItemDesign design) {
            return items.getOrDefault(design.name(), List.of());
        }

        Map<String, String> join(ItemDesign design) {
            return kinds.stream()
                    .filter(kind -> kind.entity().equals(design.name()))
                    .findFirst()
                    .map(Kind::join)
                    .orElse(Map.of());
        }
    }

    /** What makes an answer wrong, in words. */
    private static final class WrongAnswerException extends Exception {

        private static final long serialVersionUID = 1L;

        WrongAnswerException(String message) {
            super(message);
        }
    }

    Outcome run(int tries, Deadline deadline) throws IOException {
        var random = laboratory.inventor().random();
        var rows = laboratory.rows();
        var all = rows.of(served.item().entity());
        var arguments = new Arguments(laboratory.paths(), laboratory.inventor());
        var telling = 0;
        for (var i = 0; i < tries; i++) {
            deadline.check();
            var chosen = arguments.draw(pattern.where(), rows, all.get(random.nextInt(all.size())), true);
            var answer = new PlainAnswer(laboratory.paths(), rows, chosen);
            var expected = answer.rows(pattern, served.item().entity());
            telling += included(answer, expected) ? 1 : 0;
            var flaw = compare(answer, expected, chosen, random.nextBoolean());
            if (flaw.isPresent()) {
                return flaw.get();
            }
        }
        return Outcome.right(tries, telling);
    }

    /** Whether something of every included entity belongs to the rows, so that the join is put to the test. */
    private boolean included(PlainAnswer answer, List<Row> expected) {
        return served.shares().stream()
                .allMatch(share -> share.include().isEmpty()
                        || expected.stream()
                                .anyMatch(row -> !answer.referring(
                                                share.item().entity(),
                                                share.include().get(),
                                                row)
                                        .isEmpty()));
    }

    private Optional<Outcome> compare(
            PlainAnswer answer, List<Row> expected, Map<String, Argument> chosen, boolean shortPages)
            throws IOException {
        var body = form.body(chosen);
        var shown = "with " + RequestForm.shown(chosen) + " the request ";
        try {
            var items = body.isPresent() ? ask(body.get(), shortPages) : List.<Map<String, @Nullable Object>>of();
            var parts = apart(items, form.kinds(chosen));
            require(
                    served.item(),
                    expected,
                    parts.of(served.item()),
                    pattern.select(),
                    answer.order(pattern.orderBy()));
            for (var share : served.shares()) {
                if (share.include().isPresent()) {
                    requireJoined(answer, expected, share, share.include().get(), parts);
                }
            }
            return Optional.empty();
        } catch (WrongAnswerException e) {
            return Optional.of(Outcome.wrong(shown + e.getMessage(), RequestForm.shown(body)));
        } catch (RefusedCallException e) {
            return Optional.of(Outcome.wrong(shown + "is refused: " + e.getMessage(), RequestForm.shown(body)));
        }
    }

    private List<Map<String, @Nullable Object>> ask(Map<String, @Nullable Object> body, boolean shortPages)
            throws RefusedCallException, IOException {
        if (shortPages) {
            body.put("Limit", SHORT_PAGE);
        }
        return laboratory.pages(form.operation(), body, OptionalLong.empty()).items();
    }

    /** Each item is of one entity, and those of an entity come together where the sort key tells them apart. */
    private Parts apart(List<Map<String, @Nullable Object>> items, List<Kind> kinds) throws WrongAnswerException {
        var result = new LinkedHashMap<String, List<Map<String, @Nullable Object>>>();
        var last = 0;
        for (var item : items) {
            var fitting = kinds.stream().filter(kind -> kind.fits(item)).toList();
            if (fitting.size() != 1) {
                throw new WrongAnswerException("returns what "
                        + (fitting.isEmpty() ? "is of none of the entities" : "may be of several entities") + ": "
                        + RequestForm.line(item));
            }
            var kind = fitting.get(0);
            if (sorted(kinds)) {
                if (kinds.indexOf(kind) < last) {
                    throw new WrongAnswerException("returns a `" + kind.entity() + "` behind items of `"
                            + kinds.get(last).entity() + "`: " + RequestForm.line(item));
                }
                last = kinds.indexOf(kind);
            }
            result.computeIfAbsent(kind.entity(), name -> new ArrayList<>()).add(item);
        }
        return new Parts(kinds, result);
    }

    private boolean sorted(List<Kind> kinds) {
        var key = served.index()
                .flatMap(index -> Optional.ofNullable(served.item().indexes().get(index)))
                .orElse(served.item().key());
        return kinds.stream()
                .allMatch(kind -> key.sort()
                        .filter(sort -> sort.name().equals(kind.attribute()))
                        .isPresent());
    }

    private void require(
            ItemDesign design,
            List<Row> expected,
            List<Map<String, @Nullable Object>> got,
            List<Located<String>> select,
            Comparator<Row> order)
            throws WrongAnswerException {
        var wanted = wanted(design, select);
        var difference = new OrderedAnswer(order, row -> part(laboratory.item(design, row), wanted))
                .difference(
                        design.name(),
                        expected,
                        expected.size(),
                        got.stream().map(item -> part(item, wanted)).toList());
        if (difference.isPresent()) {
            throw new WrongAnswerException(difference.get());
        }
    }

    /** What refers to each row, and nothing that refers to none of them. */
    private void requireJoined(PlainAnswer answer, List<Row> expected, Share share, Include include, Parts parts)
            throws WrongAnswerException {
        var design = share.item();
        var join = parts.join(design);
        if (join.isEmpty() && expected.size() > 1) {
            throw new WrongAnswerException("returns several of " + served.item().name() + ", and nothing says which `"
                    + design.name() + "` belongs to which");
        }
        var left = new HashMap<List<@Nullable Object>, List<Map<String, @Nullable Object>>>();
        for (var item : parts.of(design)) {
            left.computeIfAbsent(values(item, join.keySet()), key -> new ArrayList<>())
                    .add(item);
        }
        for (var row : expected) {
            var key = values(laboratory.item(served.item(), row), join.values());
            var got = Objects.requireNonNullElse(left.remove(key), List.<Map<String, @Nullable Object>>of());
            require(
                    design,
                    answer.referring(design.entity(), include, row),
                    got,
                    include.select(),
                    answer.order(include.orderBy()));
        }
        var stray = left.values().stream().flatMap(List::stream).findFirst();
        if (stray.isPresent()) {
            throw new WrongAnswerException("returns a `" + design.name() + "` that belongs to no `"
                    + served.item().name() + "` of the answer: " + RequestForm.line(stray.get()));
        }
    }

    private static List<@Nullable Object> values(Map<String, @Nullable Object> item, Collection<String> names) {
        var values = new ArrayList<@Nullable Object>();
        names.forEach(name -> values.add(item.get(name)));
        return values;
    }

    private List<String> wanted(ItemDesign design, List<Located<String>> select) {
        var names = select.isEmpty() ? List.copyOf(design.entity().attributes().keySet()) : Located.values(select);
        return names.stream()
                .flatMap(name -> laboratory.paths().find(design.entity(), name).stream())
                .flatMap(path -> design.holding(path.canonical()).stream())
                .map(StoredAttribute::name)
                .toList();
    }

    private static Map<String, @Nullable Object> part(Map<String, @Nullable Object> item, List<String> wanted) {
        var part = new LinkedHashMap<String, @Nullable Object>(item);
        part.keySet().retainAll(wanted);
        return part;
    }
}
