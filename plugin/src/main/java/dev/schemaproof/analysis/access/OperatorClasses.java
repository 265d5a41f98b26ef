package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.model.DataType;
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

    /** Whether it is sorted by bytes, for patterns, rather than in the order of the texts. */
    static boolean comparesBytes(IndexPath.Part part) {
        return part.operatorClass()
                .filter(name -> name.endsWith("_pattern_ops"))
                .isPresent();
    }

    /** Whether what an index holds can be had from it: not the trigrams of a text, or the box around a shape. */
    static boolean givesValues(EntityUse use, IndexPath path) {
        return path.method() == Method.BTREE
                || path.method() == Method.GIST
                        && path.parts().stream()
                                .allMatch(part -> part.operatorClass().isEmpty()
                                        && use.entity()
                                                .attribute(part.term().text())
                                                .filter(attribute ->
                                                        attribute.type().value() instanceof DataType.Native named
                                                                && named.text().endsWith("range"))
                                                .isPresent());
    }

    static boolean tree(EntityUse use, IndexPath.Part part, Comparison comparison) {
        var byBytes = comparesBytes(part);
        return switch (comparison.kind()) {
            case EQUAL, ANY_OF, NULL, NOT_NULL -> true;
            case RANGE -> !byBytes;
            case PREFIX -> byBytes || Unfits.comparesBytes(use, part.term());
            case PATTERN, OPERATOR -> false;
        };
    }

    static boolean gin(EntityUse use, IndexPath.Part part, Comparison comparison) {
        var operatorClass = part.operatorClass().orElse("");
        if (operatorClass.equals("gin_trgm_ops")) {
            return isTrigram(comparison);
        }
        if (comparison.kind() == Kind.EQUAL) {
            return comparison.operator().equals("=")
                    && use.entity()
                            .attribute(part.term().text())
                            .filter(attribute -> attribute.type().value() instanceof DataType.Array)
                            .isPresent();
        }
        return comparison.kind() == Kind.OPERATOR
                && GIN.getOrDefault(operatorClass, GIN_DEFAULT).contains(comparison.operator());
    }

    /** Whether blocks of rows can be left out; by how many depends on the order in which rows were added. */
    static boolean brin(IndexPath.Part part, Comparison comparison) {
        return switch (comparison.kind()) {
            case EQUAL, ANY_OF, RANGE, NULL, NOT_NULL -> covers(part, comparison);
            default -> false;
        };
    }

    /** Whether a GiST or SP-GiST index answers it; for plain values GiST does so through an extension. */
    static boolean generalized(Method method, IndexPath.Part part, Comparison comparison) {
        return switch (comparison.kind()) {
            case OPERATOR, NULL, NOT_NULL -> true;
            case EQUAL, RANGE -> method == Method.GIST && (!isTrigrams(part) || comparison.kind() == Kind.EQUAL);
            case ANY_OF -> isTrigrams(part);
            case PREFIX, PATTERN -> isTrigrams(part) && isTrigram(comparison);
            default -> false;
        };
    }

    private static boolean isTrigrams(IndexPath.Part part) {
        return part.operatorClass().equals(Optional.of("gist_trgm_ops"));
    }

    private static boolean isTrigram(Comparison comparison) {
        if (comparison.kind() == Kind.EQUAL || comparison.kind() == Kind.ANY_OF) {
            return true;
        }
        return (comparison.kind() == Kind.PATTERN || comparison.kind() == Kind.PREFIX)
                && !comparison.operator().equals("^@");
    }
}
