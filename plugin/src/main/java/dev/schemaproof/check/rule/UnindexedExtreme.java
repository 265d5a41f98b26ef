package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.analysis.index.ReferencePaths;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Index.Method;
import java.util.ArrayList;
import java.util.stream.Stream;

/** A least or greatest value, kept by trigger, that no index or key finds when the row that held it goes. */
public final class UnindexedExtreme implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.contracts().summaries().stream()
                .flatMap(contract -> contract.sought().stream()
                        .filter(value -> facts.access().paths(contract.child()).stream()
                                .noneMatch(path -> finds(path, contract, value)))
                        .map(value -> finding(contract, value)));
    }

    /** Behind the reference the values are in order. A partial index may be just what a contract with a condition needs. */
    private static boolean finds(IndexPath path, SummaryContract contract, Attribute value) {
        var names = contract.reference().names();
        if (path.method() != Method.BTREE || path.parts().size() <= names.size()) {
            return false;
        }
        var next = path.terms().get(names.size());
        return (contract.where().isPresent()
                        ? ReferencePaths.beginsWith(path, names)
                        : ReferencePaths.leadsBy(path, names))
                && !next.expression()
                && next.text().equals(value.name().value());
    }

    private Finding finding(SummaryContract contract, Attribute value) {
        var child = contract.child();
        var attributes = new ArrayList<>(contract.reference().names());
        attributes.add(value.name().value());
        var name = PostgresNames.fit("idx_" + child.table() + "_" + String.join("_", attributes));
        var index = name + ": {on: [" + Words.plain(attributes) + "]}";
        return finding(
                        contract.contract().name().at(),
                        contract.name(),
                        "when the row that holds the " + contract.summary().word() + " of `" + value.name()
                                + "` goes, the trigger reads all rows of `" + child.name()
                                + "` of one `" + contract.parent().name() + "`, some " + contract.perParent()
                                + ", to find the next")
                .withHelp(
                        child.indexes().isEmpty()
                                ? "add to `" + child.name() + "`: `indexes: {" + index + "}`"
                                : "add to the `indexes` of `" + child.name() + "`: `" + index + "`");
    }
}
