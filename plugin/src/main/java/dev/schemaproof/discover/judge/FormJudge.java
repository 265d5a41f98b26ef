package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.CandidateKeys;
import dev.schemaproof.analysis.normal.DependencySet;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import dev.schemaproof.analysis.normal.NormalForms;
import dev.schemaproof.analysis.normal.NormalForms.Verdict.Breaks;
import dev.schemaproof.discover.judge.FormFinding.Break;
import dev.schemaproof.discover.table.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Judges the normal form of a table by dependencies between those of its columns that vary: what is the same in all rows
 * depends on nothing, which would break every form and says nothing.
 */
final class FormJudge {

    /** More dependencies than that are not judged together: finding all keys takes too long. */
    private static final int MOST_DEPENDENCIES = 1_000;

    /** The columns that vary. */
    private final int[] columns;

    private final int[] places;

    FormJudge(Relation relation) {
        columns = IntStream.range(0, relation.width())
                .filter(column -> !relation.profile(column).isConstant())
                .toArray();
        places = new int[relation.width()];
        java.util.Arrays.fill(places, -1);
        for (var i = 0; i < columns.length; i++) {
            places[columns[i]] = i;
        }
    }

    /**
     * The form by these dependencies and keys alone.
     *
     * @param keys sets of columns that determine all others
     */
    FormFinding by(List<FunctionalDependency> dependencies, List<AttributeSet> keys) {
        var all = new ArrayList<FunctionalDependency>();
        var everything = AttributeSet.firstOf(columns.length);
        keys.forEach(key -> all.add(new FunctionalDependency(inner(key), everything)));
        dependencies.stream()
                .filter(dependency -> !dependency.determinant().isEmpty())
                .map(dependency ->
                        new FunctionalDependency(inner(dependency.determinant()), inner(dependency.dependents())))
                .filter(dependency -> !dependency.dependents().isEmpty())
                .forEach(all::add);
        if (all.size() > MOST_DEPENDENCIES || columns.length == 0) {
            return FormFinding.unknown();
        }
        var set = new DependencySet(columns.length, all);
        var candidateKeys = CandidateKeys.of(set, CandidateKeys.LIMIT);
        var forms = NormalForms.of(set, candidateKeys);
        var breaks = new ArrayList<Break>();
        for (var judgement : forms.violations()) {
            if (judgement.verdict() instanceof Breaks broken) {
                var dependency = all.get(judgement.dependency());
                breaks.add(new Break(outer(dependency.determinant()), outer(broken.attributes()), broken.form()));
            }
        }
        return new FormFinding(
                forms.reached(),
                candidateKeys.complete()
                        ? candidateKeys.found().stream().map(this::outer).toList()
                        : List.of(),
                breaks);
    }

    /** The form by everything that holds, accidents included; unknown if not all of that was found. */
    FormFinding byAll(List<FunctionalDependency> dependencies, List<AttributeSet> keys, boolean complete) {
        return complete && keys.size() <= CandidateKeys.LIMIT ? by(dependencies, keys) : FormFinding.unknown();
    }

    private AttributeSet inner(AttributeSet outer) {
        return AttributeSet.of(outer.positions()
                .map(column -> places[column])
                .filter(place -> place >= 0)
                .toArray());
    }

    private AttributeSet outer(AttributeSet inner) {
        return AttributeSet.of(inner.positions().map(place -> columns[place]).toArray());
    }
}
