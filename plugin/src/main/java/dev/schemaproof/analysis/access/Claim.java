package dev.schemaproof.analysis.access;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a condition says of a row, as far as PostgreSQL itself draws conclusions from it when it asks whether a query demands
 * the predicate of a partial index ({@code predtest.c}): comparisons with constants, tests for absent values, and what
 * {@code AND} and {@code OR} make of them. Nothing else follows from anything but itself.
 */
sealed interface Claim {

    /** Whether the goal holds for every row for which this holds. */
    default boolean implies(Claim goal) {
        if (this instanceof All all) {
            return all.implied(goal);
        } else if (this instanceof Any any) {
            return any.implied(goal);
        } else if (goal instanceof All all) {
            return all.claims().stream().allMatch(this::implies);
        } else if (goal instanceof Any any) {
            return any.claims().stream().anyMatch(this::implies);
        }
        return equals(goal) || this instanceof Compared compared && compared.proves(goal);
    }

    /** Whether the claim compares what a goal is about with a value that isn't known before the query is asked. */
    default boolean mayImply(Claim goal) {
        if (goal instanceof All all) {
            return all.claims().stream().anyMatch(this::mayImply);
        } else if (goal instanceof Any any) {
            return any.claims().stream().anyMatch(this::mayImply);
        } else if (this instanceof All all) {
            return all.claims().stream().anyMatch(claim -> claim.mayImply(goal));
        } else if (this instanceof Any any) {
            return any.claims().stream().anyMatch(claim -> claim.mayImply(goal));
        }
        return this instanceof Compared compared
                && goal instanceof Compared other
                && compared.value().isEmpty()
                && compared.term().equals(other.term());
    }

    /** All of several. */
    record All(List<Claim> claims) implements Claim {

        public All {
            claims = List.copyOf(claims);
        }

        private boolean implied(Claim goal) {
            if (goal instanceof All all) {
                return all.claims().stream().allMatch(this::implies);
            }
            return goal instanceof Any any && any.claims().stream().anyMatch(this::implies)
                    || claims.stream().anyMatch(claim -> claim.implies(goal));
        }
    }

    /** One of several. */
    record Any(List<Claim> claims) implements Claim {

        public Any {
            claims = List.copyOf(claims);
        }

        private boolean implied(Claim goal) {
            return claims.stream().allMatch(claim -> claim.implies(goal));
        }
    }

    /**
     * A comparison that fails where what it reads is absent.
     *
     * @param term what is compared
     * @param operator by what
     * @param value with which constant; empty where it isn't known when the query is planned
     * @param present the columns that aren't absent where it holds
     */
    record Compared(String term, String operator, Optional<Constant> value, Set<String> present) implements Claim {

        public Compared {
            present = Set.copyOf(present);
        }

        private boolean proves(Claim goal) {
            if (goal instanceof Present wanted) {
                return present.contains(wanted.term()) || term.equals(wanted.term());
            }
            return goal instanceof Compared other
                    && value.isPresent()
                    && other.value().isPresent()
                    && term.equals(other.term())
                    && proves(
                            operator,
                            value.get(),
                            other.operator(),
                            other.value().get());
        }

        private static boolean proves(String operator, Constant value, String goal, Constant limit) {
            if (operator.equals("=")) {
                return switch (goal) {
                    case "=" -> value.equals(limit);
                    case "<>" -> value.differs(limit);
                    case "<" -> value.isLess(limit);
                    case "<=" -> value.equals(limit) || value.isLess(limit);
                    case ">" -> limit.isLess(value);
                    case ">=" -> value.equals(limit) || limit.isLess(value);
                    default -> false;
                };
            }
            var down = operator.equals("<") || operator.equals("<=");
            var up = operator.equals(">") || operator.equals(">=");
            var same = goal.equals(down ? "<" : ">") || goal.equals(down ? "<=" : ">=");
            if (!down && !up || !same && !goal.equals("<>")) {
                return operator.equals(goal) && value.equals(limit);
            }
            var beyond = down ? value.isLess(limit) : limit.isLess(value);
            // At the same constant a bound that leaves it out shows more than one that has it in
            return beyond || value.equals(limit) && (operator.length() == 1 || goal.equals(operator));
        }
    }

    /** Not absent. */
    record Present(String term) implements Claim {}

    /** Something that is known only to be the same as itself, in canonical form. */
    record Other(String text) implements Claim {}

    /**
     * A constant, as far as constants of its kind can be compared without knowing their type.
     *
     * @param number its value, if it is a number
     */
    record Constant(String text, Optional<BigDecimal> number) {

        static Constant of(String text, boolean number) {
            return number
                    ? new Constant("", Optional.of(new BigDecimal(text).stripTrailingZeros()))
                    : new Constant(text, Optional.empty());
        }

        /** Whether it is known to be less. Texts of digits in one form, as dates, are in one order whatever they are. */
        boolean isLess(Constant other) {
            if (number.isPresent() && other.number().isPresent()) {
                return number.get().compareTo(other.number().get()) < 0;
            }
            return number.isEmpty()
                    && other.number().isEmpty()
                    && text.startsWith("20")
                    && form(text).equals(form(other.text()))
                    && text.compareTo(other.text()) < 0;
        }

        private static String form(String text) {
            return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9:]+(\\+00|Z)?)?")
                    ? text.replaceAll("[0-9]", "0")
                    : "no date: " + text;
        }

        /** Whether it is known to be another value: texts may stand for one date, or be compared without their case. */
        boolean differs(Constant other) {
            if (number.isPresent() || other.number().isPresent()) {
                return number.isPresent() && other.number().isPresent() && !equals(other);
            }
            return !text.toLowerCase(Locale.ROOT).equals(other.text().toLowerCase(Locale.ROOT))
                    && !text.matches("[0-9].*")
                    && !other.text().matches("[0-9].*");
        }
    }

    /** Several claims as one. */
    static Claim all(List<Claim> claims) {
        return claims.size() == 1 ? claims.get(0) : new All(claims);
    }

    /** The claim that a term has one of several values. */
    static Claim among(String term, List<Optional<Constant>> values, Set<String> present) {
        var claims = values.stream()
                .<Claim>map(value -> new Compared(term, "=", value, present))
                .toList();
        return claims.size() == 1 ? claims.get(0) : new Any(claims);
    }

    /** Both sets in one. */
    static Set<String> both(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
