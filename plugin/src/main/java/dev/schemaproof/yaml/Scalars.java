package dev.schemaproof.yaml;

import dev.schemaproof.model.AccessPattern.Rate;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Shapes of single texts: words, numbers with units, dates, SQL. Nothing is ever a number or truth value by accident. */
final class Scalars {

    private static final Pattern COUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kKMG]?)");
    private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*%");
    private static final Pattern FACTOR = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*[xX×]?");
    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([a-zµ]+)");
    private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kKMG]?)\\s*/\\s*([a-z]+)");

    private static final Pattern SHARDS = Pattern.compile("[2-9]|[1-9][0-9]{1,2}|1000");

    private static final Map<String, Long> MULTIPLIERS =
            Map.of("", 1L, "k", 1_000L, "K", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);

    private static final Map<String, Long> NANOSECONDS = nanoseconds();
    private static final Map<String, Long> SECONDS = Map.ofEntries(
            Map.entry("s", 1L),
            Map.entry("sec", 1L),
            Map.entry("second", 1L),
            Map.entry("m", 60L),
            Map.entry("min", 60L),
            Map.entry("minute", 60L),
            Map.entry("h", 3_600L),
            Map.entry("hour", 3_600L),
            Map.entry("d", 86_400L),
            Map.entry("day", 86_400L));

    private Scalars() {}

    /** Any text, but not none. */
    static final Shape<String> TEXT = of("a text", any(), (scalar, reading) -> {
        if (scalar.value().isBlank()) {
            reading.report(Flaw.MALFORMED_VALUE, scalar.at(), "nothing stands here");
            return Optional.empty();
        }
        return Optional.of(scalar.value().strip());
    });

    /** A text with its place. */
    static final Shape<Located<String>> LOCATED = located(TEXT);

    /** A reason: a text that says something. */
    static final Shape<Located<String>> REASON = located(of("a reason", any(), (scalar, reading) -> {
        if (Placeholders.isPlaceholder(scalar.value())) {
            reading.report(
                    Flaw.MALFORMED_VALUE,
                    scalar.at(),
                    scalar.value().isBlank() ? "nothing stands here" : "`" + shown(scalar) + "` is no reason",
                    "say why, so that whoever reads it later can judge whether it still holds");
            return Optional.empty();
        }
        return Optional.of(scalar.value().strip());
    }));

    /** SQL or another small language whose findings point at words inside. */
    static final Shape<SourceText> SOURCE = of("a text", any(), (scalar, reading) -> {
        if (scalar.value().isBlank()) {
            reading.report(Flaw.MALFORMED_VALUE, scalar.at(), "nothing stands here");
            return Optional.empty();
        }
        return Optional.of(scalar.source());
    });

    static final Shape<Boolean> TRUTH = words(
            "a truth value",
            word -> Optional.ofNullable(Map.of("true", true, "false", false).get(word)),
            List.of("true", "false"));

    /** A number of things: 500, 10k, 2.5M, 1G. */
    static final Shape<Long> COUNT_OF =
            parsed("a number such as 500, 10k, 2.5M or 1G", pattern(COUNT, "integer"), text -> {
                var match = COUNT.matcher(text);
                return match.matches()
                        ? exact(new BigDecimal(match.group(1))
                                .multiply(BigDecimal.valueOf(MULTIPLIERS.getOrDefault(match.group(2), 1L))))
                        : Optional.empty();
            });

    /** A number of shards. */
    static final Shape<Integer> SHARD_COUNT = parsed(
            "a number of shards from 2 to 1000",
            shardCount(),
            text -> SHARDS.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty());

    /** A share of a whole: 30% or 0.3, as 0 to 1. */
    static final Shape<Double> SHARE = parsed(
            "a share such as 30% or 0.3",
            pattern(PERCENT, "number"), text -> {
                var percent = PERCENT.matcher(text);
                var share = percent.matches() ? decimal(percent.group(1)).map(value -> value / 100) : decimal(text);
                return share.filter(value -> value >= 0 && value <= 1);
            });

    /** A factor: 50x. */
    static final Shape<Double> TIMES = parsed("a factor such as 50x", pattern(FACTOR, "number"), text -> {
        var match = FACTOR.matcher(text);
        return match.matches() ? decimal(match.group(1)) : Optional.empty();
    });

    /** A length of time: 12.4 ms, 5m, 1 day. */
    static final Shape<Duration> DURATION_OF =
            parsed("a duration such as 12.4 ms, 30s, 5m, 2h or 1d", pattern(DURATION, ""), Scalars::duration);

    /** How stale a copy may be: none, or a duration. */
    static final Shape<Duration> STALENESS = parsed(
            "`none`, or a duration such as 30s, 5m or 1d",
            pattern(Pattern.compile("none|" + DURATION.pattern()), ""),
            text -> "none".equals(text) ? Optional.of(Duration.ZERO) : duration(text));

    /** A day: 2026-05-02. */
    static final Shape<LocalDate> DATE =
            parsed("a date such as 2026-05-02", pattern(Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), ""), text -> {
                try {
                    return Optional.of(LocalDate.parse(text));
                } catch (DateTimeException e) {
                    return Optional.empty();
                }
            });

    /** How often: 2000/s, 5/min, 1/day. */
    static final Shape<Rate> RATE_OF =
            parsed("a rate such as 2000/s, 5/min, 10/h or 1/day", pattern(RATE, ""), text -> {
                var match = RATE.matcher(text);
                if (!match.matches() || !SECONDS.containsKey(match.group(3))) {
                    return Optional.empty();
                }
                var perSecond = Double.parseDouble(match.group(1))
                        * MULTIPLIERS.getOrDefault(match.group(2), 1L)
                        / SECONDS.get(match.group(3));
                return Optional.of(new Rate(perSecond, text));
            });

    /** One of the words of an enumeration. */
    static <T> Shape<T> oneOf(String what, List<T> values, Function<T, String> word) {
        return words(
                what,
                text -> values.stream()
                        .filter(value -> word.apply(value).equals(text))
                        .findFirst(),
                values.stream().map(word).toList());
    }

    /** A value with its place. */
    static <T> Shape<Located<T>> located(Shape<T> shape) {
        return new Shape<>() {
            @Override
            public Optional<Located<T>> read(Spot spot, Reading reading) {
                return shape.read(spot, reading)
                        .map(value -> new Located<>(value, spot.node().at()));
            }

            @Override
            public Map<String, Object> schema(Definitions definitions) {
                return shape.schema(definitions);
            }
        };
    }

    /** A text that a function reads. */
    static <T> Shape<T> parsed(String what, Map<String, Object> schema, Function<String, Optional<T>> parser) {
        return of(what, schema, (scalar, reading) -> {
            var value = parser.apply(scalar.value().strip());
            if (value.isEmpty()) {
                reading.report(
                        Flaw.MALFORMED_VALUE,
                        scalar.at(),
                        scalar.value().isBlank() ? "nothing stands here" : "`" + shown(scalar) + "` can't be read",
                        "write " + what);
            }
            return value;
        });
    }

    /** A text that a function reads and reports on by itself. */
    static <T> Shape<T> of(
            String what, Map<String, Object> schema, BiFunction<Node.Scalar, Reading, Optional<T>> parser) {
        return new Shape<>() {
            @Override
            public Optional<T> read(Spot spot, Reading reading) {
                if (!(spot.node() instanceof Node.Scalar scalar)) {
                    reading.report(
                            Flaw.WRONG_SHAPE,
                            spot.node().at(),
                            "`" + spot.name() + "` is " + what + ", not "
                                    + spot.node().kind());
                    return Optional.empty();
                }
                if (scalar.empty()) {
                    reading.report(
                            Flaw.WRONG_SHAPE, spot.name().at(), "`" + spot.name() + "` is " + what + ", not nothing");
                    return Optional.empty();
                }
                return parser.apply(scalar, reading);
            }

            @Override
            public Map<String, Object> schema(Definitions definitions) {
                var titled = new LinkedHashMap<>(schema);
                titled.put("title", what.replace("`", ""));
                return titled;
            }
        };
    }

    private static <T> Shape<T> words(String what, Function<String, Optional<T>> parser, List<String> known) {
        var schema = new LinkedHashMap<String, Object>();
        // What YAML readers of editors take for numbers and truth values
        var inJson = Stream.concat(known.stream(), known.stream().flatMap(Scalars::asJson))
                .toList();
        schema.put("enum", inJson);
        return of(what, schema, (scalar, reading) -> {
            var value = parser.apply(scalar.value().strip());
            if (value.isEmpty()) {
                reading.reportUnknown(
                        Flaw.UNKNOWN_VALUE,
                        scalar.at(),
                        "`" + shown(scalar) + "` is no " + what.replaceFirst("^an? ", ""),
                        scalar.value(),
                        known);
            }
            return value;
        });
    }

    /** The JSON Schema of any scalar; YAML readers of editors take some texts for numbers and truth values. */
    static Map<String, Object> any() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", List.of("string", "number", "boolean"));
        return schema;
    }

    /** The JSON Schema of texts of a pattern, which YAML readers of editors may take for a number. */
    static Map<String, Object> pattern(Pattern pattern, String numberType) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", numberType.isEmpty() ? "string" : List.of("string", numberType));
        schema.put("pattern", "^\\s*(?:" + pattern.pattern() + ")\\s*$");
        return schema;
    }

    private static Map<String, Object> shardCount() {
        var schema = pattern(SHARDS, "integer");
        schema.put("minimum", 2);
        schema.put("maximum", 1000);
        return schema;
    }

    private static Stream<Object> asJson(String word) {
        if ("true".equals(word) || "false".equals(word)) {
            return Stream.of(Boolean.valueOf(word));
        }
        return word.matches("[0-9]{1,9}") ? Stream.of(Integer.valueOf(word)) : Stream.empty();
    }

    private static String shown(Node.Scalar scalar) {
        var text = scalar.value().strip().replaceAll("\\s+", " ");
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static Optional<Duration> duration(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var unit = NANOSECONDS.get(match.group(2));
        return unit == null
                ? Optional.empty()
                : exact(new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(unit)))
                        .map(Duration::ofNanos);
    }

    private static Optional<Long> exact(BigDecimal number) {
        try {
            return Optional.of(number.stripTrailingZeros().longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Double> decimal(String text) {
        try {
            return Optional.of(new BigDecimal(text).doubleValue());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Long> nanoseconds() {
        var units = new LinkedHashMap<String, Long>();
        var second = Duration.ofSeconds(1).toNanos();
        List.of("ns", "nanosecond", "nanoseconds").forEach(unit -> units.put(unit, 1L));
        List.of("us", "µs", "microsecond", "microseconds").forEach(unit -> units.put(unit, second / 1_000_000));
        List.of("ms", "millisecond", "milliseconds").forEach(unit -> units.put(unit, second / 1_000));
        List.of("s", "sec", "second", "seconds").forEach(unit -> units.put(unit, second));
        List.of("m", "min", "minute", "minutes").forEach(unit -> units.put(unit, 60 * second));
        List.of("h", "hour", "hours").forEach(unit -> units.put(unit, 3_600 * second));
        List.of("d", "day", "days").forEach(unit -> units.put(unit, 86_400 * second));
        return Map.copyOf(units);
    }
}
