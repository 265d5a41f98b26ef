package dev.schemaproof.check.rule;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of whole numbers in the form that PostgreSQL gives it: with its lower end and without its upper one.
 *
 * @param lower empty if it has no lower end
 * @param upper empty if it has no upper end
 */
record DiscreteRange(Optional<Long> lower, Optional<Long> upper) implements Comparable<DiscreteRange> {

    private static final Pattern TEXT =
            Pattern.compile("\\s*([\\[(])\\s*([+-]?[0-9]{1,18})?\\s*,\\s*([+-]?[0-9]{1,18})?\\s*([\\])])\\s*");

    private static final Comparator<DiscreteRange> ORDER = Comparator.<DiscreteRange, Boolean>comparing(
                    range -> !range.isEmpty())
            .thenComparing(range -> range.lower().orElse(Long.MIN_VALUE))
            .thenComparing(range -> range.upper().orElse(Long.MAX_VALUE));

    /** The range that a text stands for; empty for a text in another form. */
    static Optional<DiscreteRange> of(String text) {
        var match = TEXT.matcher(text);
        if (match.matches()) {
            return Optional.of(of(
                    end(match.group(2)),
                    end(match.group(3)),
                    match.group(1).equals("["),
                    match.group(4).equals("]")));
        }
        return text.strip().equalsIgnoreCase("empty") ? Optional.of(none()) : Optional.empty();
    }

    static DiscreteRange of(Optional<Long> from, Optional<Long> to, boolean withFrom, boolean withTo) {
        var range = new DiscreteRange(from.map(end -> withFrom ? end : end + 1), to.map(end -> withTo ? end + 1 : end));
        return range.isEmpty() ? none() : range;
    }

    private static DiscreteRange none() {
        return new DiscreteRange(Optional.of(0L), Optional.of(0L));
    }

    private static Optional<Long> end(String digits) {
        return Optional.ofNullable(digits).map(Long::valueOf);
    }

    private boolean isEmpty() {
        return lower.isPresent() && upper.isPresent() && lower.get() >= upper.get();
    }

    @Override
    public int compareTo(DiscreteRange other) {
        return ORDER.compare(this, other);
    }
}
