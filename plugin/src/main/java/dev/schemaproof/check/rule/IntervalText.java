package dev.schemaproof.check.rule;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Intervals as most people write them: {@code 1 year 2 days}, {@code 12:30}. */
final class IntervalText {

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** As PostgreSQL compares intervals, a month has 30 days and a day 24 hours. */
    private static final Map<String, Long> UNITS = Map.of(
            "second", SECOND,
            "minute", MINUTE,
            "hour", HOUR,
            "day", DAY,
            "week", 7 * DAY,
            "month", 30 * DAY,
            "year", 360 * DAY);

    private static final Pattern PART = Pattern.compile(
            "\\s*(?:(-?[0-9]{1,9})\\s+(second|minute|hour|day|week|month|year)s?|([0-9]{1,4}):([0-9]{2})(?::([0-9]{2}))?)(?=\\s|$)");

    private IntervalText() {}

    /** What the interval is sorted by; empty for one in another form. */
    static Optional<BigInteger> microseconds(String text) {
        var matcher = PART.matcher(text.strip().toLowerCase(Locale.ROOT));
        var sum = BigInteger.ZERO;
        var end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            sum = sum.add(
                    matcher.group(1) != null
                            ? product(matcher.group(1), UNITS.getOrDefault(matcher.group(2), 0L))
                            : product(matcher.group(3), HOUR)
                                    .add(product(matcher.group(4), MINUTE))
                                    .add(
                                            matcher.group(5) == null
                                                    ? BigInteger.ZERO
                                                    : product(matcher.group(5), SECOND)));
        }
        return end > 0 && end == text.strip().length() ? Optional.of(sum) : Optional.empty();
    }

    private static BigInteger product(String count, long unit) {
        return new BigInteger(count).multiply(BigInteger.valueOf(unit));
    }
}
