package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.contract.Summary.Extreme;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.analysis.index.ReferencePaths;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Index.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A least or greatest value, kept by trigger, that no index or key finds when the row that held it goes. */
public final class UnindexedExtreme implements Rule {

    /** Rows of one parent in no order are on about as many pages; so many are read in the time of a few disk accesses. */
    static final long FEW = 100;

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.contracts().summaries().stream()
                .filter(contract -> contract.summary() instanceof Extreme)
                .filter(contract -> perParent(contract) > FEW)
                .filter(contract -> facts.access().paths(contract.child()).stream()
                        .noneMatch(path -> finds(path, contract, (Extreme) contract.summary())))
                .map(contract -> finding(contract, (Extreme) contract.summary()));
    }

    /** How many rows have the same parent: declared, else as the two tables' rows say. */
    private static long perParent(SummaryContract contract) {
        return contract.reference()
                .perParent()
                .orElse(contract.child().expectedRows()
                        / Math.max(1, contract.parent().expectedRows()));
    }

    /** Behind the reference the values are in order. A partial index may be just what a contract with a condition needs. */
    private static boolean finds(IndexPath path, SummaryContract contract, Extreme extreme) {
        var names = contract.reference().names();
        if (path.method() != Method.BTREE || path.parts().size() <= names.size()) {
            return false;
        }
        var next = path.terms().get(names.size());
        var whole = contract.where().isPresent()
                ? new IndexPath(
                        path.kind(),
                        path.name(),
                        path.parts(),
                        path.method(),
                        path.unique(),
                        path.included(),
                        List.of(),
                        path.at())
                : path;
        return ReferencePaths.leadsBy(whole, names)
                && !next.expression()
                && next.text().equals(extreme.value().name().value());
    }

    private Finding finding(SummaryContract contract, Extreme extreme) {
        var child = contract.child();
        var attributes = new ArrayList<>(contract.reference().names());
        attributes.add(extreme.value().name().value());
        var name = PostgresNames.fit("idx_" + child.table() + "_" + String.join("_", attributes));
        var index = name + ": {on: [" + Words.plain(attributes) + "]}";
        return finding(
                        contract.contract().name().at(),
                        contract.name(),
                        "when the row that holds the " + (extreme.greatest() ? "greatest" : "least") + " `"
                                + extreme.value().name() + "` goes, the trigger reads all rows of `" + child.name()
                                + "` of one `" + contract.parent().name() + "`, some " + perParent(contract)
                                + ", to find the next")
                .withHelp(
                        child.indexes().isEmpty()
                                ? "add to `" + child.name() + "`: `indexes: {" + index + "}`"
                                : "add to the `indexes` of `" + child.name() + "`: `" + index + "`");
    }
}
