package dev.schemaproof.check;

import dev.schemaproof.check.Baseline.Entry;
import dev.schemaproof.check.Baseline.Identity;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.output.PlacedJson;
import dev.schemaproof.output.PlacedJson.SyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the file of a baseline. */
public final class BaselineReader {

    private static final List<String> KEYS = List.of("rule", "subject", "summary", "count");

    private final String file;

    private BaselineReader(String file) {
        this.file = file;
    }

    /**
     * What could be read.
     *
     * @param baseline the list; accepts nothing when there is a flaw
     * @param flaw the first thing that is wrong with the file
     */
    public record Result(Baseline baseline, Optional<Finding> flaw) {}

    /**
     * Reads the text.
     *
     * @param file the path that messages name
     */
    public static Result read(String file, String text) {
        try {
            return new Result(new BaselineReader(file).read(PlacedJson.read(text)), Optional.empty());
        } catch (SyntaxException e) {
            return flawed(new Flawed(new Location(file, e.line(), e.column(), 1), String.valueOf(e.getMessage())));
        } catch (Flawed e) {
            return flawed(e);
        }
    }

    private static Result flawed(Flawed flawed) {
        return new Result(
                Baseline.none(),
                Optional.of(BaselineFlaw.MALFORMED_BASELINE
                        .at(flawed.at, flawed.summary)
                        .withHelp("mend it, or write it anew with `" + Baseline.COMMAND
                                + "` and look at what has changed")));
    }

    private Baseline read(PlacedJson root) throws Flawed {
        var object = object(root, "the baseline");
        var version = object.get("version");
        if (version == null
                || !(version.value() instanceof BigDecimal number)
                || number.compareTo(BigDecimal.valueOf(Baseline.VERSION)) != 0) {
            throw flaw(version == null ? root : version, "the baseline needs `\"version\": " + Baseline.VERSION + "`");
        }
        var list = object.get("findings");
        if (list == null || !(list.value() instanceof List<?> items)) {
            throw flaw(list == null ? root : list, "the baseline needs a list `findings`");
        }
        var entries = new ArrayList<Entry>();
        for (var item : items) {
            entries.add(entry((PlacedJson) item));
        }
        return new Baseline(entries);
    }

    private Entry entry(PlacedJson item) throws Flawed {
        var object = object(item, "an accepted finding");
        for (var key : object.entrySet()) {
            if (!KEYS.contains(key.getKey())) {
                throw flaw(key.getValue(), "an accepted finding has no `" + key.getKey() + "`");
            }
        }
        return new Entry(
                new Identity(text(item, object, "rule"), text(item, object, "subject"), text(item, object, "summary")),
                count(object),
                place(item));
    }

    private int count(Map<String, PlacedJson> object) throws Flawed {
        var count = object.get("count");
        if (count == null) {
            return 1;
        }
        if (count.value() instanceof BigDecimal number
                && number.stripTrailingZeros().scale() <= 0
                && number.signum() > 0
                && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            return number.intValueExact();
        }
        throw flaw(count, "`count` is a whole number from 1");
    }

    private String text(PlacedJson item, Map<String, PlacedJson> object, String key) throws Flawed {
        var value = object.get(key);
        if (value != null && value.value() instanceof String text) {
            return text;
        }
        throw flaw(value == null ? item : value, "an accepted finding needs a text `" + key + "`");
    }

    private Map<String, PlacedJson> object(PlacedJson json, String what) throws Flawed {
        return json.members().orElseThrow(() -> flaw(json, what + " is an object in braces"));
    }

    private Flawed flaw(PlacedJson json, String summary) {
        return new Flawed(place(json), summary);
    }

    private Location place(PlacedJson json) {
        return new Location(file, json.line(), json.column(), 1);
    }

    private static final class Flawed extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Location at;
        private final String summary;

        Flawed(Location at, String summary) {
            super(summary, null, false, false);
            this.at = at;
            this.summary = summary;
        }
    }
}
