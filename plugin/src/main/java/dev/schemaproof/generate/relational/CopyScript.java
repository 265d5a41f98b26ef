package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Everything that the templates of {@code <contract>.drift.sql} and {@code <contract>.repair.sql} print for a copy through
 * references. Names and expressions are SQL already.
 *
 * @param driftHeading what the first is, one line each
 * @param repairHeading what the second is
 * @param tag of the dollar quotes around the repair
 * @param table the table that holds the copy
 * @param keys its key
 * @param copy the column that holds the copy
 * @param value what it should hold
 * @param joins from the table, called {@code copied}, to the source
 * @param guarded whether a trigger refuses direct writes to the copy
 */
public record CopyScript(
        List<String> driftHeading,
        List<String> repairHeading,
        String tag,
        String table,
        List<String> keys,
        String copy,
        String value,
        List<Join> joins,
        boolean guarded)
        implements DriftScript {

    public CopyScript {
        driftHeading = List.copyOf(driftHeading);
        repairHeading = List.copyOf(repairHeading);
        keys = List.copyOf(keys);
        joins = List.copyOf(joins);
    }

    /**
     * One step on the way to the source.
     *
     * @param alias what the rows of its table are called
     * @param on the condition
     */
    public record Join(String table, String alias, String on) {}

    @Override
    public boolean isSummary() {
        return false;
    }

    static CopyScript of(Model model, CopyContract contract) {
        var joins = joins(contract, "copied");
        var last = joins.get(joins.size() - 1).alias();
        var repair =
                new ArrayList<>(Headings.of("Repair for the contract " + contract.name(), model, contract.store()));
        contract.repair().ifPresent(when -> repair.addAll(DIALECT.commentLines("When it runs: " + when)));
        var value = last + "." + DIALECT.identifier(contract.source().column().value());
        return new CopyScript(
                Headings.of("Drift of the contract " + contract.name(), model, contract.store()),
                repair,
                DIALECT.dollarTag(
                        "schemaproof", joins + value + contract.entity().table()),
                SqlText.table(contract.entity()),
                contract.entity().keyNames().stream()
                        .map(name -> SqlText.column(contract.entity(), name))
                        .toList(),
                DIALECT.identifier(contract.copy().column().value()),
                value,
                joins,
                contract.isGuarded());
    }

    /**
     * From a row that holds the copy to its source.
     *
     * @param row what that row is called
     */
    static List<Join> joins(CopyContract contract, String row) {
        var joins = new ArrayList<Join>();
        var from = contract.entity();
        var before = row;
        for (var step : contract.path()) {
            var alias = "source_" + (joins.size() + 1);
            joins.add(new Join(
                    SqlText.table(step.target()),
                    alias,
                    condition(from, before, step.reference(), step.target(), alias)));
            from = step.target();
            before = alias;
        }
        return joins;
    }

    private static String condition(Entity from, String before, Reference reference, Entity target, String alias) {
        var referred = reference.referredNames(target);
        return IntStream.range(0, referred.size())
                .mapToObj(i -> alias + "." + SqlText.column(target, referred.get(i)) + " = " + before + "."
                        + SqlText.column(from, reference.names().get(i)))
                .collect(Collectors.joining(" AND "));
    }
}
