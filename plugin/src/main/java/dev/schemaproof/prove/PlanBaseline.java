package dev.schemaproof.prove;

import dev.schemaproof.output.Json;
import dev.schemaproof.output.PlacedJson;
import dev.schemaproof.output.PlacedJson.SyntaxException;
import dev.schemaproof.output.PlacedObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How patterns were planned when a team last looked, so that a change that makes one dearer is seen. Kept in a file for
 * each kind of engine and major version, as only their plans can be compared.
 *
 * @param entries in the order of their stores and patterns
 */
public record PlanBaseline(List<Entry> entries) {

    /** The command that writes the file anew. */
    public static final String COMMAND = "mvn verify -Dschema.baseline=update";

    private static final int VERSION = 1;
    private static final String WHAT = "the baseline of plans";
    private static final List<String> KEYS = List.of("store", "pattern", "cost", "rows", "buffers", "volume", "plan");

    /** Costs that differ by less are the same plan in another minor version, or on another day. */
    private static final double TOLERANCE = 1.25;

    private static final double UNIT = 1;

    /** So many pages more may be an index that is a level deeper on other rows. */
    private static final long PAGES = 4;

    public PlanBaseline {
        entries = entries.stream()
                .sorted(Comparator.comparing(Entry::store).thenComparing(Entry::pattern))
                .toList();
    }

    /**
     * How a pattern was planned.
     *
     * @param cost in the planner's unit, to two decimals
     * @param buffers the most pages that it read when it was run, where it was
     * @param volume how many rows a table had at most then
     * @param plan in a line
     */
    public record Entry(
            String store, String pattern, double cost, long rows, OptionalLong buffers, long volume, String plan) {

        /** How a pattern is planned now. */
        public static Entry of(String store, PatternPlan plan) {
            return new Entry(
                    store, plan.pattern(), plan.cost(), plan.rows(), plan.buffers(), volume(plan), plan.line());
        }

        /** Whether the plan reads more pages than this one, by more than chance. */
        boolean readLessThan(PatternPlan plan) {
            return comparable(plan) && more(plan.buffers().getAsLong(), buffers.getAsLong());
        }

        /** Whether the plan reads fewer pages than this one, by more than chance. */
        boolean readMoreThan(PatternPlan plan) {
            return comparable(plan) && more(buffers.getAsLong(), plan.buffers().getAsLong());
        }

        /** Whether both were run, and on as many rows. */
        private boolean comparable(PatternPlan plan) {
            return buffers.isPresent() && plan.buffers().isPresent() && volume == volume(plan);
        }

        private static long volume(PatternPlan plan) {
            return plan.execution()
                    .flatMap(Execution::figures)
                    .map(Execution.Figures::volume)
                    .orElse((long) ProofSettings.USUAL_VOLUME);
        }

        private static boolean more(long many, long few) {
            return many > few * TOLERANCE && many > few + PAGES;
        }

        /** Whether the plan costs more than this one, by more than chance. */
        boolean betterThan(PatternPlan plan) {
            return plan.cost() > cost * TOLERANCE && plan.cost() > cost + UNIT;
        }

        /** Whether the plan costs less than this one, by more than chance. */
        boolean worseThan(PatternPlan plan) {
            return plan.cost() * TOLERANCE < cost && plan.cost() + UNIT < cost;
        }
    }

    /** The name of the file that is kept for a server of PostgreSQL. */
    public static String fileName(int majorVersion) {
        return "plans-postgresql-" + majorVersion + ".json";
    }

    /** These plans. */
    public static PlanBaseline of(Collection<Entry> entries) {
        return new PlanBaseline(List.copyOf(entries));
    }

    /**
     * Reads the text of a file.
     *
     * @throws SyntaxException when it is no baseline of plans
     */
    public static PlanBaseline read(String text) throws SyntaxException {
        List<Entry> entries = new ArrayList<>();
        for (PlacedJson item :
                PlacedObject.of(PlacedJson.read(text), WHAT).version(VERSION).list("plans")) {
            PlacedObject object = PlacedObject.of(item, "a plan").only(KEYS);
            entries.add(new Entry(
                    object.text("store"),
                    object.text("pattern"),
                    object.number("cost").doubleValue(),
                    object.number("rows").longValue(),
                    object.numberIfAny("buffers")
                            .map(number -> OptionalLong.of(number.longValue()))
                            .orElse(OptionalLong.empty()),
                    object.numberIfAny("volume").map(Number::longValue).orElse((long) ProofSettings.USUAL_VOLUME),
                    object.text("plan")));
        }
        return new PlanBaseline(entries);
    }

    /** The file: a plan a line, in an order that depends on nothing else, so that branches merge. */
    public String text() {
        return entries.stream()
                .map(PlanBaseline::line)
                .collect(Collectors.joining(
                        ",\n",
                        "{\n  \"version\": " + VERSION + ",\n  \"plans\": [\n",
                        (entries.isEmpty() ? "" : "\n") + "  ]\n}\n"));
    }

    private static String line(Entry entry) {
        return String.format(
                Locale.ROOT,
                "    {\"store\": %s, \"pattern\": %s, \"cost\": %.2f, \"rows\": %d, %s%s\"plan\": %s}",
                Json.quoted(entry.store()),
                Json.quoted(entry.pattern()),
                entry.cost(),
                entry.rows(),
                entry.buffers().isPresent() ? "\"buffers\": " + entry.buffers().getAsLong() + ", " : "",
                entry.volume() == ProofSettings.USUAL_VOLUME ? "" : "\"volume\": " + entry.volume() + ", ",
                Json.quoted(entry.plan()));
    }

    /** What it says of a pattern. */
    Optional<Entry> of(String store, String pattern) {
        return entries.stream()
                .filter(entry -> entry.store().equals(store) && entry.pattern().equals(pattern))
                .findFirst();
    }
}
