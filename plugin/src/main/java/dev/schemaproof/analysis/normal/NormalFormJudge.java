package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.normal.NormalForms.Judgement;
import dev.schemaproof.analysis.normal.NormalForms.PartialKey;
import dev.schemaproof.analysis.normal.NormalForms.Verdict;
import dev.schemaproof.model.NormalForm;
import java.util.ArrayList;
import java.util.List;

/** Judges one relation for {@link NormalForms}. */
final class NormalFormJudge {

    /** So many times a key around a determinant is looked for beyond those explored. */
    private static final int ATTEMPTS = 100;

    private final DependencySet dependencies;
    private final CandidateKeys keys;
    private final AttributeSet prime;

    /** In no candidate key, for certain. */
    private final AttributeSet nonPrime;

    private int attempts = ATTEMPTS;

    NormalFormJudge(DependencySet dependencies, CandidateKeys keys) {
        this.dependencies = dependencies;
        this.keys = keys;
        prime = keys.prime();
        nonPrime = dependencies.all().minus(prime).minus(keys.undecided());
    }

    NormalForms judge() {
        var judgements = new ArrayList<Judgement>();
        for (var i = 0; i < dependencies.dependencies().size(); i++) {
            var dependency = dependencies.dependencies().get(i);
            if (!dependency.trivial()) {
                judgements.add(new Judgement(i, verdict(dependency)));
            }
        }
        var partial = partial();
        return new NormalForms(keys, judgements, partial, atLeast(judgements, partial), atMost(judgements, partial));
    }

    private Verdict verdict(FunctionalDependency dependency) {
        var determinant = dependency.determinant();
        var superkey = dependencies.derive(determinant, dependencies.all());
        if (superkey.isPresent()) {
            return new Verdict.Conforms(superkey.get());
        }
        var dependents = dependency.dependents().minus(determinant);
        var outside = dependents.intersection(nonPrime);
        var open = dependents.intersection(keys.undecided());
        if (outside.isEmpty() && open.isEmpty()) {
            return new Verdict.Breaks(NormalForm.BOYCE_CODD, dependents);
        }
        var certain = outside.isEmpty() ? NormalForm.BOYCE_CODD : NormalForm.THIRD;
        return switch (isPartOfKey(determinant)) {
            case YES ->
                outside.isEmpty()
                        ? new Verdict.Undecided(certain, open)
                        : new Verdict.Breaks(NormalForm.SECOND, outside);
            case NO ->
                outside.isEmpty()
                        ? new Verdict.Undecided(certain, open)
                        : new Verdict.Breaks(NormalForm.THIRD, outside);
            case UNKNOWN -> new Verdict.Undecided(certain, outside.union(open));
        };
    }

    /** Whether the attributes, which are no superkey, are a part of a candidate key. */
    private Answer isPartOfKey(AttributeSet attributes) {
        if (keys.properlyContaining(attributes).isPresent()) {
            return Answer.YES;
        }
        // In a key no attribute follows from others
        if (keys.complete()
                || attributes.intersects(nonPrime)
                || !dependencies.reduce(attributes, attributes).equals(attributes)) {
            return Answer.NO;
        }
        return attempts-- > 0 && KeySearch.around(dependencies, attributes).isPresent() ? Answer.YES : Answer.UNKNOWN;
    }

    private List<PartialKey> partial() {
        var partial = new ArrayList<PartialKey>();
        var left = nonPrime;
        for (var key : keys.found()) {
            for (var position : left.isEmpty() ? new int[0] : key.toPositions()) {
                var part = key.without(position);
                var dependents = dependencies.closure(part).intersection(left);
                if (!dependents.isEmpty()) {
                    partial.add(new PartialKey(key, dependencies.reduce(part, dependents), dependents));
                    left = left.minus(dependents);
                }
            }
        }
        return partial;
    }

    private NormalForm atLeast(List<Judgement> judgements, List<PartialKey> partial) {
        if (judgements.stream().allMatch(judgement -> judgement.verdict() instanceof Verdict.Conforms)) {
            return NormalForm.BOYCE_CODD;
        }
        if (judgements.stream().allMatch(judgement -> keepsThird(judgement.verdict()))) {
            return NormalForm.THIRD;
        }
        return keys.complete() && partial.isEmpty() ? NormalForm.SECOND : NormalForm.FIRST;
    }

    private static boolean keepsThird(Verdict verdict) {
        return verdict instanceof Verdict.Conforms
                || verdict instanceof Verdict.Breaks breaks && breaks.form() == NormalForm.BOYCE_CODD;
    }

    private static NormalForm atMost(List<Judgement> judgements, List<PartialKey> partial) {
        if (!partial.isEmpty()) {
            return NormalForm.FIRST;
        }
        return judgements.stream()
                .map(judgement -> formBelow(judgement.verdict()))
                .min(NormalForm::compareTo)
                .orElse(NormalForm.BOYCE_CODD);
    }

    /** The highest form that a relation with such a dependency can be in. */
    private static NormalForm formBelow(Verdict verdict) {
        if (verdict instanceof Verdict.Breaks breaks) {
            return below(breaks.form());
        }
        return verdict instanceof Verdict.Undecided undecided ? below(undecided.certain()) : NormalForm.BOYCE_CODD;
    }

    private static NormalForm below(NormalForm form) {
        return switch (form) {
            case FIRST, SECOND -> NormalForm.FIRST;
            case THIRD -> NormalForm.SECOND;
            case BOYCE_CODD -> NormalForm.THIRD;
        };
    }
}
