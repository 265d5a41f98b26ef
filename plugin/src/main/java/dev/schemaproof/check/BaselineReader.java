package dev.schemaproof.check;

import dev.schemaproof.check.Baseline.Entry;
import dev.schemaproof.check.Baseline.Identity;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.output.PlacedJson;
import dev.schemaproof.output.PlacedJson.SyntaxException;
import dev.schemaproof.output.PlacedObject;
import java.util.ArrayList;
import java.util.List;
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
            return new Result(
                    Baseline.none(),
                    Optional.of(BaselineFlaw.MALFORMED_BASELINE
                            .at(new Location(file, e.line(), e.column(), 1), String.valueOf(e.getMessage()))
                            .withHelp("mend it, or write it anew with `" + Baseline.COMMAND
                                    + "` and look at what has changed")));
        }
    }

    private Baseline read(PlacedJson root) throws SyntaxException {
        var entries = new ArrayList<Entry>();
        for (var item :
                PlacedObject.of(root, "the baseline").version(Baseline.VERSION).list("findings")) {
            entries.add(entry(item));
        }
        return new Baseline(entries);
    }

    private Entry entry(PlacedJson item) throws SyntaxException {
        var object = PlacedObject.of(item, "an accepted finding").only(KEYS);
        return new Entry(
                new Identity(object.text("rule"), object.text("subject"), object.text("summary")),
                object.count("count").orElse(1),
                new Location(file, item.line(), item.column(), 1));
    }
}
