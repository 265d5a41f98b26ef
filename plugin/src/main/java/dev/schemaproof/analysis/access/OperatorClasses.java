package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.model.Index.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which comparisons the parts of an index answer, by access method and operator class. */
final class OperatorClasses {

    private static final Map<String, Set<String>> GIN = Map.of(
            "jsonb_path_ops", Set.of("@>", "@?", "@@"),
            "jsonb_ops", Set.of("@>", "?", "?|", "?&", "@?", "@@"),
            "array_ops", Set.of("@>", "<@", "&&", "="),
            "tsvector_ops", Set.of("@@", "matches"));

    private static final Set<String> GIN_DEFAULT = Set.of("@>", "<@", "&&", "?", "?|", "?&", "@?", "@@", "matches");

    private OperatorClasses() {}

    /** Whether the comparison is about what the part holds. */
    static boolean covers(IndexPath.Part part, Comparison comparison) {
        return comparison.term().equals(part.term())
                || comparison.operator().equals("matches")
                        && part.searched().equals(Optional.of(comparison.term().text()));
    }

    static boolean tree(EntityUse use, IndexPath.Part part, Comparison comparison) {
        var byBytes = part.operatorClass()
                .filter(name -> name.endsWith("_pattern_ops"))
                .isPresent();
        return switch (comparison.kind()) {
            case EQUAL, ANY_OF, NULL, NOT_NULL -> true;
            case RANGE -> !byBytes;
            case PREFIX -> byBytes || Unfits.comparesBytes(use, part.term());
            case PATTERN, OPERATOR -> false;
        };
    }

    static boolean gin(IndexPath.Part part, Comparison comparison) {
        var operatorClass = part.operatorClass().orElse("");
        if (operatorClass.equals("gin_trgm_ops")) {
            return isTrigram(comparison);
        }
        return comparison.kind() == Kind.OPERATOR
                && GIN.getOrDefault(operatorClass, GIN_DEFAULT).contains(comparison.operator());
    }

    /** Whether blocks of rows can be left out; by how many depends on the order in which rows were added. */
    static boolean brin(IndexPath.Part part, Comparison comparison) {
        return switch (comparison.kind()) {
            case EQUAL, ANY_OF, RANGE -> covers(part, comparison);
            default -> false;
        };
    }

    /** Whether a GiST or SP-GiST index answers it; for plain values GiST does so through an extension. */
    static boolean generalized(Method method, IndexPath.Part part, Comparison comparison) {
        return switch (comparison.kind()) {
            case OPERATOR -> true;
            case EQUAL, RANGE -> method == Method.GIST;
            case PREFIX, PATTERN -> part.operatorClass().equals(Optional.of("gist_trgm_ops")) && isTrigram(comparison);
            default -> false;
        };
    }

    private static boolean isTrigram(Comparison comparison) {
        return (comparison.kind() == Kind.PATTERN || comparison.kind() == Kind.PREFIX)
                && comparison.selective()
                && !comparison.operator().equals("^@");
    }
}
