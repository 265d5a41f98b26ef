package dev.schemaproof.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a plan does with the one index of a table: which of its columns bound what is read, by the rules of B-trees applied to
 * the conditions that the database itself matched with the index.
 *
 * @param sought the terms bound by values, in the order of the index
 * @param range the term whose range ends them
 * @param indexed whether the index is read at all
 * @param indexOnly whether nothing but the index is read
 * @param filter what is tested row by row
 * @param presorted how many sort keys come in order; empty where nothing is sorted
 * @param empty whether the conditions contradict each other, so that nothing is read
 */
record ReadPlan(
        List<String> sought,
        Optional<String> range,
        boolean indexed,
        boolean indexOnly,
        Optional<String> filter,
        OptionalInt presorted,
        boolean empty) {

    /** Whether the conditions bound what is read. */
    boolean bounded() {
        return !sought.isEmpty() || range.isPresent();
    }

    int depth() {
        return sought.size() + (range.isPresent() ? 1 : 0);
    }

    /** Whether the order comes without a sort. */
    boolean ordered() {
        return presorted.isEmpty();
    }

    /**
     * Reads a plan.
     *
     * @param skips whether leading columns of few values may be skipped
     */
    static ReadPlan of(PlanNode root, RandomAccess.Index index, List<String> few, boolean skips) {
        var scans =
                root.all().filter(node -> node.text("Index Name").isPresent()).toList();
        var filter = root.all().flatMap(node -> node.text("Filter").stream()).findFirst();
        var empty = root.all()
                .anyMatch(node ->
                        node.text("One-Time Filter").filter("false"::equals).isPresent());
        var presorted = root.all().anyMatch(node -> node.type().equals("Sort"))
                ? OptionalInt.of(0)
                : root.all()
                        .filter(node -> node.type().equals("Incremental Sort"))
                        .mapToInt(node ->
                                split(node.text("Presorted Key").orElse("x")).size())
                        .findFirst();
        if (scans.isEmpty()) {
            return new ReadPlan(List.of(), Optional.empty(), false, false, filter, presorted, empty);
        }
        ReadPlan worst = null;
        for (var scan : scans) {
            var bound = bound(scan.text("Index Cond").orElse(""), index, few, skips);
            var only = scan.type().equals("Index Only Scan");
            var read = new ReadPlan(bound.sought(), bound.range(), true, only, filter, presorted, empty);
            worst = worst == null || read.depth() < worst.depth() ? read : worst;
        }
        return worst;
    }

    /** What bounds a read of an index, from its first column on. */
    record Bound(List<String> sought, Optional<String> range) {

        int depth() {
            return sought.size() + (range.isPresent() ? 1 : 0);
        }
    }

    /** What of a condition that is shown with an index bounds what is read of it. */
    static Bound bound(String condition, RandomAccess.Index index, List<String> few, boolean skips) {
        // Index only scans show an expression of the index in parentheses of its own
        var conjuncts = conjuncts(condition).stream()
                .map(conjunct -> index.parts().stream()
                        .map(RandomAccess.Part::term)
                        .filter(term -> term.endsWith(")"))
                        .reduce(conjunct, (text, term) -> text.replace("(" + term + ")", term)))
                .toList();
        if (!index.method().equals("btree")) {
            var sought = new ArrayList<String>();
            for (var part : index.parts()) {
                if (conjuncts.stream().anyMatch(ReadPlan::isSelective)) {
                    sought.add(part.term());
                }
            }
            return new Bound(sought, Optional.empty());
        }
        var sought = new ArrayList<String>();
        var skipped = 1L;
        for (var part : index.parts()) {
            var own = conjuncts.stream()
                    .filter(conjunct -> isOn(conjunct, part.term()))
                    .toList();
            var equal = own.stream().anyMatch(conjunct -> isEqual(conjunct, part.term()));
            if (equal) {
                sought.add(part.term());
            } else if (!own.isEmpty()) {
                return new Bound(sought, Optional.of(part.term()));
            } else {
                skipped *= few.contains(part.term()) ? 4 : 1000;
                if (!skips || skipped > 100) {
                    break;
                }
            }
        }
        return new Bound(sought, Optional.empty());
    }

    /** Other than what all rows contain, and than texts too short to have three letters in a row. */
    private static boolean isSelective(String conjunct) {
        return !conjunct.contains("'{}'") && !conjunct.contains("'%ab%'");
    }

    private static boolean isOn(String conjunct, String term) {
        return conjunct.startsWith(term + " ")
                || conjunct.startsWith("ROW(" + term + ",")
                || conjunct.startsWith("ROW(" + term + ")");
    }

    private static boolean isEqual(String conjunct, String term) {
        var rest = conjunct.startsWith("ROW(") ? "" : conjunct.substring(term.length() + 1);
        return rest.startsWith("= ") || rest.startsWith("IS NULL");
    }

    /** {@code ((a = 1) AND (b > 2))} in its parts, without their parentheses. */
    static List<String> conjuncts(String condition) {
        if (condition.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<String>();
        var inner = unwrapped(condition);
        var depth = 0;
        var quoted = false;
        var start = 0;
        for (var i = 0; i < inner.length(); i++) {
            var c = inner.charAt(i);
            quoted = (c == '\'') != quoted;
            if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (depth == 0 && inner.startsWith(" AND ", i)) {
                    found.add(unwrapped(inner.substring(start, i)));
                    start = i + " AND ".length();
                }
            }
        }
        found.add(unwrapped(inner.substring(start)));
        return found;
    }

    /** Without the parentheses around all of it. */
    private static String unwrapped(String text) {
        if (!text.startsWith("(") || !text.endsWith(")")) {
            return text;
        }
        var depth = 0;
        for (var i = 0; i < text.length() - 1; i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return text;
            }
        }
        return text.substring(1, text.length() - 1);
    }

    private static List<String> split(String keys) {
        var found = new ArrayList<String>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i < keys.length(); i++) {
            depth += keys.charAt(i) == '(' ? 1 : keys.charAt(i) == ')' ? -1 : 0;
            if (depth == 0 && keys.charAt(i) == ',') {
                found.add(keys.substring(start, i));
                start = i + 1;
            }
        }
        found.add(keys.substring(start));
        return found;
    }
}
