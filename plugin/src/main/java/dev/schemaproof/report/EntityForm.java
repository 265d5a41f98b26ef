package dev.schemaproof.report;

import dev.schemaproof.analysis.cure.Cure;
import dev.schemaproof.analysis.normal.Origin;
import dev.schemaproof.generate.relational.Contradiction;
import dev.schemaproof.generate.relational.ExpandContract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.NormalForm;
import java.util.List;
import java.util.Optional;

/**
 * What is said about the normal form of an entity, with the certificates.
 *
 * @param entity which
 * @param atLeast the highest form that it is certainly in
 * @param atMost the highest form that it may be in
 * @param heldApart the highest form that it would be in without what the database holds equal, where that is another
 * @param keys its candidate keys, smallest first
 * @param allKeys whether these are all
 * @param dependencies what is known to hold
 * @param treatments how it is taken apart
 */
public record EntityForm(
        Entity entity,
        NormalForm atLeast,
        NormalForm atMost,
        Optional<NormalForm> heldApart,
        List<List<String>> keys,
        boolean allKeys,
        List<Judged> dependencies,
        List<Treatment> treatments) {

    public EntityForm {
        keys = List.copyOf(keys);
        dependencies = List.copyOf(dependencies);
        treatments = List.copyOf(treatments);
    }

    /** Whether nothing is known but keys, so that there is nothing to say. */
    boolean plain() {
        return dependencies.isEmpty() && treatments.isEmpty();
    }

    /**
     * A dependency and its verdict.
     *
     * @param origin why it holds
     * @param verdict what it means
     */
    public record Judged(List<String> determinant, List<String> dependents, Origin origin, Verdict verdict) {

        public Judged {
            determinant = List.copyOf(determinant);
            dependents = List.copyOf(dependents);
        }
    }

    /** What a dependency means. */
    public sealed interface Verdict {

        /** It breaks nothing, as its determinant determines everything by these steps. */
        record Superkey(List<Step> steps) implements Verdict {

            public Superkey {
                steps = List.copyOf(steps);
            }
        }

        /**
         * It breaks a form.
         *
         * @param form the lowest
         * @param attributes that break it
         * @param wanted why that is none the less as it should be, if it is
         * @param steps how they are determined
         * @param example two rows that show it; none where the database holds them equal
         */
        record Broken(
                NormalForm form,
                List<String> attributes,
                Optional<Wanted> wanted,
                List<Step> steps,
                Optional<Contradiction> example)
                implements Verdict {

            public Broken {
                attributes = List.copyOf(attributes);
                steps = List.copyOf(steps);
            }
        }

        /**
         * Keys that were not explored leave it open.
         *
         * @param certain the lowest form that it is known to break
         * @param open the attributes that may break a lower one
         */
        record Undecided(NormalForm certain, List<String> open) implements Verdict {

            public Undecided {
                open = List.copyOf(open);
            }
        }
    }

    /** Why a repetition is let be. */
    public enum Wanted {
        /** A contract documents it. */
        CONTRACT,
        /** The database itself holds it equal. */
        HELD,
        /** It is a copy through a reference, which another finding is about. */
        COPY
    }

    /** One use of a dependency in a derivation. */
    public record Step(List<String> determinant, List<String> adds, Origin origin) {

        public Step {
            determinant = List.copyOf(determinant);
            adds = List.copyOf(adds);
        }
    }

    /**
     * How a part of the entity is taken out.
     *
     * @param suspected the dependencies that only names suggest, if it is about those
     * @param steps in a database that is running; none where the model names what is not there
     */
    public record Treatment(List<String> suspected, Cure cure, Optional<ExpandContract> steps) {

        public Treatment {
            suspected = List.copyOf(suspected);
        }
    }
}
