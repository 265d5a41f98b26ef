package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.ConditionReader.Side;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Index.Method;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.sql.SqlExpression;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An order by the distance from a value, {@code ORDER BY place <-> :here}, which GiST and SP-GiST indexes give as they read. */
final class Nearness {

    private static final String OPERATOR = " <-> ";

    /** Those of GiST's own and of the extension {@code btree_gist}. */
    private static final Set<ScalarKind> MEASURED = Set.of(
            ScalarKind.SMALLINT,
            ScalarKind.INT,
            ScalarKind.BIGINT,
            ScalarKind.FLOAT,
            ScalarKind.DOUBLE,
            ScalarKind.DATE,
            ScalarKind.TIME,
            ScalarKind.TIMESTAMP,
            ScalarKind.TIMESTAMPTZ,
            ScalarKind.INTERVAL);

    private Nearness() {}

    /** What is sorted by, if it is how near a term of the use is to something else. */
    static Optional<Term> of(Side key, ConditionReader reader, int use) {
        if (!(key.expression() instanceof SqlExpression.Operation operation)
                || !operation.operator().equals(OPERATOR.strip())
                || operation.operands().size() != 2) {
            return Optional.empty();
        }
        var left = new Side(operation.operands().get(0), key.scope());
        var right = new Side(operation.operands().get(1), key.scope());
        return reader.term(left, use)
                .filter(term -> !reader.needs(right).contains(use))
                .or(() -> reader.term(right, use)
                        .filter(term -> !reader.needs(left).contains(use)))
                .map(term -> Term.expression(term.text() + OPERATOR));
    }

    /** Whether the entries of an index come in the order wanted, the nearest first. */
    static boolean isGiven(EntityUse use, IndexPath path, List<Sort> order) {
        var part = path.parts().get(0);
        return order.size() == 1
                && !order.get(0).descending()
                && !order.get(0).nullsFirst()
                && order.get(0).term().text().equals(part.term().text() + OPERATOR)
                && isMeasured(use, path.method(), part);
    }

    private static boolean isMeasured(EntityUse use, Method method, IndexPath.Part part) {
        if (part.operatorClass().isPresent()) {
            return method == Method.GIST && part.operatorClass().get().equals("gist_trgm_ops");
        }
        var type = use.entity()
                .attribute(part.term().text())
                .filter(attribute -> !part.term().expression())
                .map(attribute -> attribute.type().value());
        return type.filter(found -> found instanceof DataType.Native named
                                && named.text().matches("(?i)(point|box|circle|polygon|geometry|geography|cube)\\b.*")
                        || method == Method.GIST
                                && found instanceof DataType.Scalar scalar
                                && MEASURED.contains(scalar.kind()))
                .isPresent();
    }
}
