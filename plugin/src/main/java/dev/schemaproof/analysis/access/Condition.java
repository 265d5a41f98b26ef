package dev.schemaproof.analysis.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One of the conditions that all hold for the rows of an {@link EntityUse}. */
public sealed interface Condition {

    Basis basis();

    /** The uses whose rows have to be known before it can bound an index. */
    Set<Integer> needs();

    /** As it is written, in canonical form. */
    default String text() {
        return basis().text();
    }

    /**
     * What every condition has.
     *
     * @param text the condition in canonical form, the entity's own columns without their table
     * @param attributes the attributes of the entity that it reads
     * @param claim what follows from it, for the predicates of partial indexes
     * @param stated whether the pattern says it, rather than that it follows from what the pattern says
     */
    record Basis(String text, Set<String> attributes, Claim claim, boolean stated) {

        public Basis {
            attributes = Set.copyOf(attributes);
        }

        /** For a condition that isn't about the attribute itself, but about what it is converted to. */
        Basis withoutClaim() {
            return new Basis(text, attributes, new Claim.Other(text), stated);
        }

        Basis following() {
            return new Basis(text, attributes, new Claim.Other(""), false);
        }
    }

    /** How a term is compared. */
    enum Kind {
        /** With one value. */
        EQUAL,
        /** With any of several values. */
        ANY_OF,
        /** By {@code <}, {@code <=}, {@code >} or {@code >=}. */
        RANGE,
        /** Text that begins with something known when the query is planned. */
        PREFIX,
        /** Any other comparison with a text pattern. */
        PATTERN,
        /** {@code IS NULL}. */
        NULL,
        /** {@code IS NOT NULL}. */
        NOT_NULL,
        /** By an operator of a kind that some index methods know: containment, overlap, full text. */
        OPERATOR
    }

    /**
     * A term compared with values that are known once {@code needs} are.
     *
     * @param operator as SQL writes it, with the term on the left; {@code matches} for the structured full text search
     * @param selective for text patterns: whether three letters in a row are known, or nothing is
     * @param with the attribute of another use that it is equal to, in joins
     */
    record Comparison(
            Term term,
            Kind kind,
            String operator,
            boolean selective,
            Set<Integer> needs,
            Optional<Attributed> with,
            Basis basis)
            implements Condition {

        public Comparison {
            needs = Set.copyOf(needs);
        }

        /** Whether it compares with a value that isn't known before the query is asked. */
        boolean unknown() {
            return basis.claim() instanceof Claim.Compared compared
                    && compared.value().isEmpty();
        }
    }

    /** An attribute of a use. */
    record Attributed(int use, String attribute) {}

    /**
     * Several terms compared as a row by {@code <}, {@code <=}, {@code >} or {@code >=}.
     */
    record RowRange(List<Term> terms, Set<Integer> needs, Basis basis) implements Condition {

        public RowRange {
            terms = List.copyOf(terms);
            needs = Set.copyOf(needs);
        }
    }

    /**
     * Alternatives, each of which needs a way of its own.
     *
     * @param arms the conditions that all hold in each alternative
     */
    record Either(List<List<Condition>> arms, Basis basis) implements Condition {

        public Either {
            arms = arms.stream().map(List::copyOf).toList();
        }

        @Override
        public Set<Integer> needs() {
            var needs = new java.util.TreeSet<Integer>();
            arms.forEach(arm -> arm.forEach(condition -> needs.addAll(condition.needs())));
            return Set.copyOf(needs);
        }
    }

    /**
     * What only a look at each row can tell.
     *
     * @param reason why no index can
     */
    record Filter(String reason, Basis basis) implements Condition {

        static final String ONLY_IF_GIVEN = "one of its alternatives is about a parameter alone";
        static final String AFTER_OUTER_JOIN = "it is tested after the outer join";

        /** Whether it asks for nothing where a parameter is absent. */
        boolean optional() {
            return reason.equals(ONLY_IF_GIVEN);
        }

        /** Whether it drops rows of the whole join, those of its use being optional. */
        boolean afterOuterJoin() {
            return reason.equals(AFTER_OUTER_JOIN);
        }

        @Override
        public Set<Integer> needs() {
            return Set.of();
        }
    }
}
