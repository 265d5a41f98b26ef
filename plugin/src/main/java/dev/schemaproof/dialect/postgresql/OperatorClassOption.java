package dev.schemaproof.dialect.postgresql;

import java.util.Map;

/**
 * An option of an operator class (manual, chapters on GiST and BRIN operator classes and on the extensions that bring
 * their own; the limits stand in the classes' {@code options} functions). They are numbers all of them.
 */
public final class OperatorClassOption {

    private static final StorageParameter LONG_SIGNATURE = StorageParameter.number("siglen", "1", "2024");
    private static final Map<String, StorageParameter> SIGNATURE = Map.of("siglen", LONG_SIGNATURE);

    private static final Map<String, Map<String, StorageParameter>> OF_GIST = Map.of(
            "tsvector_ops", SIGNATURE,
            "gist_trgm_ops", SIGNATURE,
            "gist_hstore_ops", SIGNATURE,
            "gist__intbig_ops", SIGNATURE,
            "gist__int_ops", Map.of("numranges", StorageParameter.number("numranges", "1", "252")),
            "gist_ltree_ops", Map.of("siglen", StorageParameter.number("siglen", "4", "2024")),
            "gist__ltree_ops", SIGNATURE);

    private static final Map<String, StorageParameter> OF_BLOOM = Map.of(
            "n_distinct_per_range", StorageParameter.number("n_distinct_per_range", "-1", "2147483647"),
            "false_positive_rate", StorageParameter.number("false_positive_rate", "0.0001", "0.25"));

    private static final Map<String, StorageParameter> OF_MINMAX_MULTI =
            Map.of("values_per_range", StorageParameter.number("values_per_range", "8", "256"));

    private OperatorClassOption() {}

    /** The options of an operator class of an access method, by name; none for most. */
    public static Map<String, StorageParameter> of(String method, String operatorClass) {
        return switch (method) {
            case "gist" -> OF_GIST.getOrDefault(operatorClass, Map.of());
            case "brin" ->
                operatorClass.endsWith("_bloom_ops")
                        ? OF_BLOOM
                        : operatorClass.endsWith("_minmax_multi_ops") ? OF_MINMAX_MULTI : Map.of();
            default -> Map.of();
        };
    }
}
