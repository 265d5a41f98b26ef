package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.StoredAttribute;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.data.Row;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import dev.schemaproof.prove.keyvalue.PlainAnswer.Argument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks one pattern's request for many values, and compares what comes back with the answer of the rows: what it is, and in which order. */
final class ReadTrial {

    private static final int SHORT_PAGE = 3;

    private final Laboratory laboratory;
    private final Served served;
    private final Read pattern;
    private final List<RequestForm> forms;
    private final ShardAnswers answers;
    private final Set<String> wanted;

    ReadTrial(Laboratory laboratory, Served served, Map<?, ?> entry) {
        this.laboratory = laboratory;
        this.served = served;
        this.pattern = (Read) served.pattern();
        this.answers = new ShardAnswers(entry);
        this.forms = answers.entries().stream()
                .map(each -> new RequestForm(laboratory.paths(), served, each))
                .toList();
        this.wanted = wanted();
    }

    /** The attributes of an item that the pattern asks for. */
    private Set<String> wanted() {
        var entity = served.item().entity();
        var names = pattern.select().isEmpty()
                ? List.copyOf(entity.attributes().keySet())
                : pattern.select().stream().map(name -> name.value()).toList();
        var wanted = new HashSet<String>();
        for (var name : names) {
            laboratory
                    .paths()
                    .find(entity, name)
                    .flatMap(path -> served.item().holding(path.canonical()))
                    .map(StoredAttribute::name)
                    .ifPresent(wanted::add);
        }
        return wanted;
    }

    Outcome run(int tries, Deadline deadline) throws IOException {
        var random = laboratory.inventor().random();
        var rows = laboratory.rows();
        var all = rows.of(served.item().entity());
        var arguments = new Arguments(laboratory.paths(), laboratory.inventor());
        var telling = 0;
        for (var i = 0; i < tries; i++) {
            deadline.check();
            var row = all.get(random.nextInt(all.size()));
            var chosen = arguments.draw(pattern.where(), rows, row, true);
            var answer = new PlainAnswer(laboratory.paths(), rows, chosen);
            var expected = answer.rows(pattern, served.item().entity());
            telling += expected.isEmpty() ? 0 : 1;
            var flaw = compare(answer, expected, chosen, random.nextBoolean());
            if (flaw.isPresent()) {
                return flaw.get();
            }
        }
        return Outcome.right(tries, telling);
    }

    private Optional<Outcome> compare(
            PlainAnswer answer, List<Row> expected, Map<String, Argument> chosen, boolean shortPages)
            throws IOException {
        var body = forms.get(0).body(chosen);
        try {
            var parts = new ArrayList<Laboratory.Pages>();
            for (var form : forms) {
                var call = form.body(chosen);
                parts.add(call.isPresent() ? ask(form, call.get(), shortPages) : new Laboratory.Pages(List.of(), 0));
            }
            var found = answers.together(parts, forms.get(0).limit());
            return difference(answer, expected, found)
                    .map(difference -> Outcome.wrong(
                            "with " + RequestForm.shown(chosen) + " the request " + difference, shown(body)));
        } catch (RefusedCallException e) {
            return Optional.of(Outcome.wrong(
                    "with " + RequestForm.shown(chosen) + " the request is refused: " + e.getMessage(), shown(body)));
        }
    }

    private String shown(Optional<Map<String, @Nullable Object>> body) {
        return (forms.size() == 1 ? "" : "of " + forms.size() + " shards the first, ") + RequestForm.shown(body);
    }

    private Laboratory.Pages ask(RequestForm form, Map<String, @Nullable Object> body, boolean shortPages)
            throws RefusedCallException, IOException {
        if (form.operation().equals("GetItem")) {
            var item = laboratory.call("GetItem", body).get("Item");
            var items = item == null
                    ? List.<Map<String, @Nullable Object>>of()
                    : List.of(WireValues.normalItem(Laboratory.strings(item)));
            return new Laboratory.Pages(items, items.size());
        }
        var enough = body.get("Limit") instanceof Number limit ? OptionalLong.of(limit.longValue()) : form.limit();
        if (shortPages && !body.containsKey("Limit")) {
            body.put("Limit", SHORT_PAGE);
        }
        return laboratory.pages(form.operation(), body, enough);
    }

    private Optional<String> difference(PlainAnswer answer, List<Row> expected, Laboratory.Pages found) {
        if (pattern.find() == Find.COUNT) {
            return found.count() == expected.size()
                    ? Optional.empty()
                    : Optional.of("counts " + found.count() + ", and the rows are " + expected.size());
        }
        var limit = pattern.find() == Find.ONE ? OptionalLong.of(1) : pattern.limit();
        var number = (int) Math.min(expected.size(), limit.orElse(Long.MAX_VALUE));
        var got = found.items().stream().map(this::part).toList();
        return new OrderedAnswer(answer.order(pattern.orderBy()), row -> part(laboratory.item(served.item(), row)))
                .difference(served.item().name(), expected, number, got);
    }

    private Map<String, @Nullable Object> part(Map<String, @Nullable Object> item) {
        var part = new LinkedHashMap<String, @Nullable Object>(item);
        part.keySet().retainAll(wanted);
        return part;
    }
}
