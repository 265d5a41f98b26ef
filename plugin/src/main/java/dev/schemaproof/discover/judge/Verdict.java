package dev.schemaproof.discover.judge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the data says to a claim. */
public sealed interface Verdict {

    /** The claim. */
    Claim claim();

    /** All rows were read, and none contradicts. */
    record Holds(Claim claim) implements Verdict {}

    /** None of the rows that were read contradicts, but there are more. */
    record NotRefuted(Claim claim) implements Verdict {}

    /**
     * Rows contradict it.
     *
     * @param rows a row without a value, or two that contradict each other
     */
    record Refuted(Claim claim, List<WitnessRow> rows) implements Verdict {

        public Refuted {
            rows = List.copyOf(rows);
        }
    }

    /** The data can't say. */
    record Unjudged(Claim claim, String reason) implements Verdict {}

    /**
     * A row that shows something.
     *
     * @param line where it begins in its file, from 1; 0 where there is no file
     * @param values of the columns concerned, as texts, null where there is none
     */
    record WitnessRow(long line, Map<String, @Nullable String> values) {

        public WitnessRow {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }
}
