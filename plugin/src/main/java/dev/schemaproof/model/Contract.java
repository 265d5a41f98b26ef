package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A denormalization contract: the four answers, as far as they were given. Rules judge what is missing; here every part
 * may be absent.
 *
 * @param name its key
 * @param duplicates what data is duplicated
 * @param sync how it is kept in sync
 * @param staleness what happens if it goes stale
 * @param gain the query it optimizes and the measured gain
 * @param placeholders answers that answer nothing, such as {@code TODO}; their parts are absent above
 * @param sound whether all of it could be read
 */
public record Contract(
        Located<String> name,
        Optional<Duplicates> duplicates,
        Optional<Sync> sync,
        Optional<Staleness> staleness,
        Optional<Gain> gain,
        List<Placeholder> placeholders,
        boolean sound) {

    public Contract {
        placeholders = List.copyOf(placeholders);
    }

    /**
     * An answer that answers nothing.
     *
     * @param key the path of its key, such as {@code staleness.effect}
     * @param text what was written; may be empty
     */
    public record Placeholder(String key, Located<String> text) {}

    /**
     * Question 1: what data is duplicated.
     *
     * @param at the part's key
     * @param into the copy: {@code Entity.attribute}, or an entity for a precomputed table
     * @param from what it is made of
     */
    public record Duplicates(Location at, Optional<Target> into, Optional<Located<Derivation>> from) {}

    /**
     * The copy.
     *
     * @param entity the entity that holds it
     * @param attribute its attribute; absent when the entity as a whole is the copy
     */
    public record Target(Located<String> entity, Optional<Located<String>> attribute) {

        @Override
        public String toString() {
            return attribute.map(name -> entity + "." + name).orElse(entity.value());
        }
    }

    /**
     * Question 2: how it is kept in sync.
     *
     * @param every the interval of a job, a refresh or a fold
     * @param concurrently whether a materialized view can be read while it is refreshed
     * @param code where the application does it, as {@code package.Class#method}
     * @param mode when a trigger brings the copy up to date; absent for {@link Mode#DEFERRED}
     * @param slots among how many rows {@link Mode#SLOTTED} spreads the changes of one copy; absent for {@link #SLOTS}
     */
    public record Sync(
            Location at,
            Optional<Located<Mechanism>> by,
            Optional<Located<Duration>> every,
            boolean concurrently,
            Optional<Located<String>> code,
            Optional<Located<Mode>> mode,
            Optional<Located<Long>> slots) {

        /** The slots of a copy, unless the contract names another number: as many writers at once as a small pool has. */
        public static final int SLOTS = 16;

        /** More would make each look at a copy read more pages than writers save. */
        public static final int MOST_SLOTS = 256;
    }

    /** When a trigger brings a copy up to date. */
    public enum Mode {
        /** Once a transaction, when it commits. */
        DEFERRED,
        /** With each statement. */
        IMMEDIATE,
        /** By a fold, which adds up what writers have added to one of a few rows beside the copy's. */
        SLOTTED,
        /** By a fold, which adds up the rows that writers have left, one for each change. */
        LEDGER;

        /** Whether changes are laid aside, so that no writer locks the row that holds the copy, and are folded into it later. */
        public boolean isFolded() {
            return this == SLOTTED || this == LEDGER;
        }

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What keeps a copy in sync. */
    public enum Mechanism {
        TRIGGER,
        MATERIALIZED_VIEW,
        JOB,
        OUTBOX,
        APPLICATION;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Question 3: what happens if it goes stale.
     *
     * @param allowed how stale it may be; zero means that no committed state is stale
     * @param effect what a user would notice
     * @param repair when the generated repair runs
     */
    public record Staleness(
            Location at,
            Optional<Located<Duration>> allowed,
            Optional<Located<String>> effect,
            Optional<Located<String>> repair) {}

    /**
     * Question 4: the query that it serves, and the measured gain.
     *
     * @param pattern the access pattern that reads the copy
     * @param instead the same answer without the copy, SQL
     * @param atLeast the claimed gain as a factor
     * @param measured how the claim was found
     */
    public record Gain(
            Location at,
            Optional<Located<String>> pattern,
            Optional<SourceText> instead,
            Optional<Located<Double>> atLeast,
            Optional<Measurement> measured) {}

    /**
     * A measurement of the gain.
     *
     * @param before without the copy
     * @param after with it
     * @param rows at how many rows
     * @param on the day
     * @param where the place, such as staging
     */
    public record Measurement(
            Location at,
            Optional<Located<Duration>> before,
            Optional<Located<Duration>> after,
            OptionalLong rows,
            Optional<Located<LocalDate>> on,
            Optional<Located<String>> where) {}
}
