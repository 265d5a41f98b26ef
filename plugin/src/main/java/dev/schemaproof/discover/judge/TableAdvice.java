package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import dev.schemaproof.discover.judge.Verdict.WitnessRow;
import dev.schemaproof.discover.search.Discovered;
import dev.schemaproof.discover.table.ColumnProfile;
import dev.schemaproof.discover.table.Relation.Extent;
import dev.schemaproof.discover.table.RowSink.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the data says of one table.
 *
 * @param shown the table, as messages name it
 * @param tableName its name alone
 * @param columns in order
 * @param profiles of the columns
 * @param rows how many were read
 * @param repeatedRows how many of them are equal to an earlier one in all columns
 * @param extent whether those are all rows
 * @param discovered everything that holds
 * @param keys ranked; if rows are repeated, these are unique only without the repetitions
 * @param rules ranked, the likely ones first
 * @param unranked how many determinants were not ranked
 * @param cover the likely rules without what follows from others or from what the model says, ranked
 * @param byRules the normal form by the likely rules and the likely keys
 * @param byAll the normal form by everything that holds, accidents included
 * @param known the model's entity, where it has one
 * @param verdicts on what the model says
 * @param examples by number of a row that a rule names as its example
 */
public record TableAdvice(
        String shown,
        String tableName,
        List<Column> columns,
        List<ColumnProfile> profiles,
        long rows,
        long repeatedRows,
        Extent extent,
        Discovered discovered,
        List<KeyCandidate> keys,
        List<Rule> rules,
        int unranked,
        List<FunctionalDependency> cover,
        FormFinding byRules,
        FormFinding byAll,
        Optional<ModelLookup.Known> known,
        List<Verdict> verdicts,
        Map<Integer, WitnessRow> examples) {

    public TableAdvice {
        columns = List.copyOf(columns);
        profiles = List.copyOf(profiles);
        keys = List.copyOf(keys);
        rules = List.copyOf(rules);
        cover = List.copyOf(cover);
        verdicts = List.copyOf(verdicts);
        examples = Map.copyOf(examples);
    }

    /** The names of columns, in order. */
    public List<String> names(AttributeSet set) {
        return set.positions().mapToObj(column -> columns.get(column).name()).toList();
    }

    /** The columns that are the same in all rows. */
    public List<String> constants() {
        return columns.stream()
                .filter(column -> {
                    var profile = profiles.get(columns.indexOf(column));
                    return profile.isConstant() && !profile.isEmpty();
                })
                .map(Column::name)
                .toList();
    }

    /** The columns without any value. */
    public List<String> empties() {
        return columns.stream()
                .filter(column -> profiles.get(columns.indexOf(column)).isEmpty())
                .map(Column::name)
                .toList();
    }

    /** The rules that look meant. */
    public List<Rule> likely() {
        return rules.stream().filter(Rule::likely).toList();
    }

    /** Whether the data refutes something that the model says. */
    public boolean refutes() {
        return verdicts.stream().anyMatch(Verdict.Refuted.class::isInstance);
    }
}
