package dev.schemaproof.dialect.postgresql;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A storage parameter of a table or an index (manual, {@code CREATE TABLE} and {@code CREATE INDEX}; the limits stand in
 * {@code reloptions.c}).
 *
 * @param name as it is written
 * @param kind what its value is
 * @param least the least number
 * @param most the greatest number
 * @param words the words that are possible, beside those of {@link Kind#BOOLEAN}
 * @param since the first major version that knows it
 */
public record StorageParameter(
        String name, Kind kind, BigDecimal least, BigDecimal most, List<String> words, int since) {

    /** What a value can be. */
    public enum Kind {
        NUMBER,
        BOOLEAN,
        WORD
    }

    private static final int ANY = 0;
    private static final String LARGEST = "2147483647";

    private static final Map<String, List<StorageParameter>> BY_METHOD = Map.of(
            "btree", List.of(number("fillfactor", "10", "100"), truth("deduplicate_items")),
            "hash", List.of(number("fillfactor", "10", "100")),
            "gist", List.of(number("fillfactor", "10", "100"), word("buffering", "on", "off", "auto")),
            "spgist", List.of(number("fillfactor", "10", "100")),
            "gin", List.of(truth("fastupdate"), number("gin_pending_list_limit", "64", LARGEST)),
            "brin", List.of(number("pages_per_range", "1", "131072"), truth("autosummarize")));

    /** Those that a table and the table of its large values have both, the latter behind {@code toast.}. */
    private static final List<StorageParameter> VACUUM = List.of(
            truth("autovacuum_enabled"),
            word("vacuum_index_cleanup", "auto", "on", "off", "true", "false", "yes", "no", "1", "0"),
            truth("vacuum_truncate"),
            number("autovacuum_vacuum_threshold", "0", LARGEST),
            number("autovacuum_vacuum_max_threshold", "-1", LARGEST, 18),
            number("autovacuum_vacuum_scale_factor", "0", "100"),
            number("autovacuum_vacuum_insert_threshold", "-1", LARGEST),
            number("autovacuum_vacuum_insert_scale_factor", "0", "100"),
            number("autovacuum_vacuum_cost_delay", "0", "100"),
            number("autovacuum_vacuum_cost_limit", "1", "10000"),
            number("autovacuum_freeze_min_age", "0", "1000000000"),
            number("autovacuum_freeze_max_age", "100000", "2000000000"),
            number("autovacuum_freeze_table_age", "0", "2000000000"),
            number("autovacuum_multixact_freeze_min_age", "0", "1000000000"),
            number("autovacuum_multixact_freeze_max_age", "10000", "2000000000"),
            number("autovacuum_multixact_freeze_table_age", "0", "2000000000"),
            number("log_autovacuum_min_duration", "-1", LARGEST),
            number("vacuum_max_eager_freeze_failure_rate", "0", "1", 18));

    private static final List<StorageParameter> TABLE = List.of(
            number("fillfactor", "10", "100"),
            number("toast_tuple_target", "128", "8160"),
            number("parallel_workers", "0", "1024"),
            number("autovacuum_analyze_threshold", "0", LARGEST),
            number("autovacuum_analyze_scale_factor", "0", "100"),
            truth("user_catalog_table"));

    public StorageParameter {
        words = List.copyOf(words);
    }

    static StorageParameter number(String name, String least, String most) {
        return number(name, least, most, ANY);
    }

    private static StorageParameter number(String name, String least, String most, int since) {
        return new StorageParameter(name, Kind.NUMBER, new BigDecimal(least), new BigDecimal(most), List.of(), since);
    }

    private static StorageParameter truth(String name) {
        return new StorageParameter(name, Kind.BOOLEAN, BigDecimal.ZERO, BigDecimal.ONE, List.of(), ANY);
    }

    private static StorageParameter word(String name, String... words) {
        return new StorageParameter(name, Kind.WORD, BigDecimal.ZERO, BigDecimal.ONE, Arrays.asList(words), ANY);
    }

    /** Those of a table, by name. */
    public static Map<String, StorageParameter> ofTable() {
        return byName(java.util.stream.Stream.concat(
                TABLE.stream(),
                VACUUM.stream().flatMap(parameter -> java.util.stream.Stream.of(parameter, parameter.ofToast()))));
    }

    /** Those of an index of an access method, by name. */
    public static Map<String, StorageParameter> ofIndex(String method) {
        return byName(BY_METHOD.getOrDefault(method, List.of()).stream());
    }

    private static Map<String, StorageParameter> byName(java.util.stream.Stream<StorageParameter> parameters) {
        return parameters.collect(Collectors.toUnmodifiableMap(StorageParameter::name, Function.identity()));
    }

    private StorageParameter ofToast() {
        return new StorageParameter("toast." + name, kind, least, most, words, since);
    }

    /** Whether PostgreSQL takes the value. */
    public boolean takes(String value) {
        var text = value.strip().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case NUMBER ->
                number(text)
                        .filter(number -> number.compareTo(least) >= 0 && number.compareTo(most) <= 0)
                        .isPresent();
            case BOOLEAN -> text.matches("t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0");
            case WORD -> words.contains(text);
        };
    }

    private static Optional<BigDecimal> number(String text) {
        return text.matches("[+-]?[0-9]{1,20}(?:\\.[0-9]{0,20})?")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /** What it takes, in a sentence. */
    public String range() {
        return switch (kind) {
            case NUMBER -> "a number from " + least + " to " + most;
            case BOOLEAN -> "`on` or `off`";
            case WORD -> "one of `" + String.join("`, `", words) + "`";
        };
    }
}
