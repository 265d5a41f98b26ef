package dev.schemaproof.analysis.normal;

import dev.schemaproof.model.NormalForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which normal form a relation is in, from the first to Boyce-Codd, and why. E. F. Codd, "Further Normalization of the Data
 * Base Relational Model", 1972, and "Recent Investigations in Relational Data Base Systems", IFIP Congress 1974; the third
 * in the equivalent form of C. Zaniolo, ACM TODS 7(3), 1982.
 *
 * <p>The third and Boyce-Codd are judged by the dependencies of the set, which is enough for a whole relation. The second is
 * judged by the parts of the keys: an attribute can depend on a part that is no determinant of the set.
 *
 * @param keys the candidate keys by which it was judged
 * @param judgements one for each dependency of the set that isn't trivial, in order
 * @param partial for each attribute outside all keys that depends on a part of one, such a part
 * @param atLeast the highest form that the relation is certainly in
 * @param atMost the highest form that it may be in; the same unless keys were left unexplored
 */
public record NormalForms(
        CandidateKeys keys,
        List<Judgement> judgements,
        List<PartialKey> partial,
        NormalForm atLeast,
        NormalForm atMost) {

    public NormalForms {
        judgements = List.copyOf(judgements);
        partial = List.copyOf(partial);
    }

    /**
     * What a dependency means for the normal forms.
     *
     * @param dependency its index in the set
     */
    public record Judgement(int dependency, Verdict verdict) {}

    /** Whether a dependency is one of a normalized relation. */
    public sealed interface Verdict {

        /**
         * It breaks nothing, as its determinant determines everything.
         *
         * @param superkey how
         */
        record Conforms(Derivation superkey) implements Verdict {}

        /**
         * Its determinant is no superkey.
         *
         * @param form the lowest form that it breaks. Second: the determinant is a proper part of a candidate key, and one of
         *     the attributes in none. Third: one of them is in none. Boyce-Codd: all of them are in one
         * @param attributes the dependents that break this form; where keys are unexplored, those that certainly do
         */
        record Breaks(NormalForm form, AttributeSet attributes) implements Verdict {}

        /**
         * Its determinant is no superkey, and which is the lowest form it breaks depends on keys that were not explored.
         *
         * @param certain the lowest form that it is known to break
         * @param open the dependents that may break a lower one
         */
        record Undecided(NormalForm certain, AttributeSet open) implements Verdict {}
    }

    /**
     * A proper part of a candidate key that determines attributes outside all keys.
     *
     * @param part no part of it determines them all
     * @param dependents what it determines, and no key contains
     */
    public record PartialKey(AttributeSet key, AttributeSet part, AttributeSet dependents) {}

    /** Judges the relation by up to {@link CandidateKeys#LIMIT} keys. */
    public static NormalForms of(DependencySet dependencies) {
        return of(dependencies, CandidateKeys.of(dependencies, CandidateKeys.LIMIT));
    }

    /**
     * Judges the relation.
     *
     * @param keys its candidate keys, as far as they were explored
     */
    public static NormalForms of(DependencySet dependencies, CandidateKeys keys) {
        return new NormalFormJudge(dependencies, keys).judge();
    }

    /** The highest form that the relation is in, unless unexplored keys leave it open. */
    public Optional<NormalForm> reached() {
        return atLeast == atMost ? Optional.of(atLeast) : Optional.empty();
    }

    /** The judgement of the dependency at this index; none if it is trivial. */
    public Optional<Judgement> of(int dependency) {
        return judgements.stream()
                .filter(judgement -> judgement.dependency() == dependency)
                .findFirst();
    }

    /** What breaks a form, or may break it. */
    public List<Judgement> violations() {
        var violations = new ArrayList<>(judgements);
        violations.removeIf(judgement -> judgement.verdict() instanceof Verdict.Conforms);
        return violations;
    }
}
