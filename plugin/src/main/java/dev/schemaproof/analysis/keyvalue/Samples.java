package dev.schemaproof.analysis.keyvalue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Values for examples: believable, always the same, and inside what the model declares. */
final class Samples {

    private static final String MOMENT = "2024-01-15T08:30:00Z";

    /** Moments that differ from {@link #MOMENT} in ever smaller fields. */
    private static final List<String> OTHER_MOMENTS = List.of(
            "2025-01-15T08:30:00Z",
            "2024-02-15T08:30:00Z",
            "2024-01-16T08:30:00Z",
            "2024-01-15T17:30:00Z",
            "2024-01-15T08:45:00Z",
            "2024-01-15T08:30:30Z",
            "2024-01-15T08:30:00.5Z",
            "2024-01-15T08:30:00.000001Z");

    private static final int SHARDED = 2_000;

    private Samples() {}

    /** Two different values of the path; the second is the first where there is only one. */
    static List<String> two(ResolvedPath path) {
        var all = candidates(path)
                .filter(allowed(path.type()))
                .distinct()
                .limit(2)
                .toList();
        if (all.size() == 2) {
            return all;
        }
        var automaton = Automaton.of(List.of(path.type().shape()));
        var first = all.stream().findFirst().or(automaton::shortest).orElse("x");
        return List.of(first, automaton.shortestExcept(first).orElse(first));
    }

    /** Two different values that the formats write alike. */
    static Optional<List<String>> alike(ResolvedPath path, List<KeyFormat> formats) {
        var type = path.type();
        var values = Stream.concat(candidates(path), many(path))
                .filter(allowed(type))
                .distinct()
                .toList();
        for (var first : values.subList(0, Math.min(values.size(), 2))) {
            for (var second : values) {
                if (!second.equals(first)
                        && formats.stream()
                                .allMatch(format -> format.write(type, first).equals(format.write(type, second)))) {
                    return Optional.of(List.of(first, second));
                }
            }
        }
        return Optional.empty();
    }

    private static Predicate<String> allowed(ValueType type) {
        if (type.kind() != ValueType.Kind.TEXT) {
            return value -> true;
        }
        var automaton = Automaton.of(List.of(type.shape()));
        return automaton::accepts;
    }

    private static Stream<String> candidates(ResolvedPath path) {
        return switch (path.type().kind()) {
            case TEXT -> texts(path.attribute().name().value());
            case ENUMERATION -> path.type().labels().stream();
            case UUID -> Stream.of(uuid(1), uuid(2));
            case INTEGER, DECIMAL, FLOAT -> Stream.of("1", "2");
            case BOOLEAN -> Stream.of("true", "false");
            case DATE -> moments().map(moment -> moment.substring(0, 10)).distinct();
            case TIME ->
                moments()
                        .map(moment -> moment.substring(11, moment.length() - 1))
                        .distinct();
            case TIMESTAMP -> moments();
            case INET -> Stream.of("192.0.2.1", "192.0.2.2");
            case BYTES, OTHER, UNKNOWN -> Stream.of("x", "y");
        };
    }

    private static Stream<String> moments() {
        return Stream.concat(Stream.of(MOMENT), OTHER_MOMENTS.stream());
    }

    private static Stream<String> texts(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("mail")) {
            return Stream.of("alice@example.com", "bob@example.com", "Alice@example.com");
        }
        return lower.contains("name")
                ? Stream.of("alice", "bob", "Alice")
                : Stream.of(
                        lower.substring(0, 1),
                        lower.substring(0, 1) + "2",
                        lower.substring(0, 1).toUpperCase(Locale.ROOT));
    }

    /** So many values that two of them share a shard. */
    private static Stream<String> many(ResolvedPath path) {
        return switch (path.type().kind()) {
            case UUID -> numbers().map(Samples::uuid);
            case INTEGER, DECIMAL, FLOAT -> numbers().map(String::valueOf);
            case TEXT ->
                Stream.concat(
                        shortest(path.type()),
                        numbers().flatMap(i -> Stream.of("a" + i, "a".repeat(i % 60 + 1), String.valueOf(i))));
            case TIMESTAMP ->
                numbers()
                        .map(i -> String.format(
                                Locale.ROOT, "2024-01-%02dT%02d:%02d:00Z", i % 28 + 1, i / 28 % 24, i / 672));
            case DATE ->
                numbers()
                        .map(i -> String.format(
                                Locale.ROOT, "%04d-%02d-%02d", 2000 + i / 336, i / 28 % 12 + 1, i % 28 + 1));
            default -> Stream.empty();
        };
    }

    private static Stream<String> shortest(ValueType type) {
        return Automaton.of(List.of(type.shape())).shortest().stream()
                .flatMap(text -> Stream.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT)));
    }

    private static Stream<Integer> numbers() {
        return Stream.iterate(1, i -> i + 1).limit(SHARDED);
    }

    private static String uuid(int number) {
        return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", number);
    }
}
