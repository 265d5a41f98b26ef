package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.ViewContract;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that the templates print which find and repair the drift of a materialized view.
 *
 * @param driftHeading what the first is, one line each
 * @param repairHeading what the second is
 * @param view the view
 * @param compared its columns as they are compared
 * @param drift the name of the column that says what is wrong
 * @param right the name of the rows that should be there
 * @param held the name of the rows that are there
 * @param concurrently {@code CONCURRENTLY} and a blank, or nothing
 */
public record RefreshScript(
        List<String> driftHeading,
        List<String> repairHeading,
        ViewScript view,
        List<String> compared,
        String drift,
        String right,
        String held,
        String concurrently) {

    public RefreshScript {
        driftHeading = List.copyOf(driftHeading);
        repairHeading = List.copyOf(repairHeading);
        compared = List.copyOf(compared);
    }

    static RefreshScript of(Model model, ViewContract contract, ViewScript view) {
        var repair =
                new ArrayList<>(Headings.of("Repair for the contract " + contract.name(), model, contract.store()));
        contract.repair().ifPresent(when -> repair.addAll(DIALECT.commentLines("When it runs: " + when)));
        var attributes = contract.entity().attributes().values();
        var columns =
                attributes.stream().map(attribute -> attribute.column().value()).collect(Collectors.toSet());
        var tables = model.entitiesOf(contract.store()).stream()
                .map(entity -> entity.table().value())
                .collect(Collectors.toSet());
        return new RefreshScript(
                Headings.of("Drift of the contract " + contract.name(), model, contract.store()),
                repair,
                view,
                attributes.stream().map(RefreshScript::compared).toList(),
                SqlText.unlike("drift", columns),
                SqlText.unlike("right_rows", tables),
                SqlText.unlike("held_rows", tables),
                contract.refreshedConcurrently() ? "CONCURRENTLY " : "");
    }

    /** Types that only the database knows may not tell whether two values are equal: their texts do. */
    private static String compared(Attribute attribute) {
        var column = DIALECT.identifier(attribute.column().value());
        var type = attribute.type().value();
        while (type instanceof DataType.Array array) {
            type = array.element();
        }
        return type instanceof DataType.Native ? column + "::text AS " + column : column;
    }
}
