package dev.schemaproof.analysis.type;

import dev.schemaproof.sql.Span;

/**
 * The collation by which an expression's texts are compared, as far as PostgreSQL derives it from its parts (manual, chapter
 * "Collation Support").
 */
public sealed interface Derived {

    /** Its values are no texts. */
    record None() implements Derived {}

    /** It can't be told. */
    record Unknown() implements Derived {}

    /**
     * One collation.
     *
     * @param name without {@code pg_catalog}
     * @param explicit whether COLLATE says so
     * @param span what it comes from
     */
    record One(String name, boolean explicit, Span span) implements Derived {

        boolean isDefault() {
            return name.equals("default");
        }
    }

    /** Two collations of which neither prevails. */
    record Conflict(One one, One other) implements Derived {

        /** Whether COLLATE states both, which is refused wherever it stands; else only who needs a collation refuses it. */
        public boolean explicit() {
            return one.explicit();
        }
    }

    /** What comes of two parts of one expression. */
    default Derived with(Derived part) {
        if (part.rank() != rank()) {
            return part.rank() > rank() ? part : this;
        }
        if (!(this instanceof One one)
                || !(part instanceof One other)
                || one.name().equals(other.name())) {
            return this;
        }
        if (one.explicit()) {
            return new Conflict(one, other);
        }
        return one.isDefault() ? other : other.isDefault() ? one : new Conflict(one, other);
    }

    private int rank() {
        if (this instanceof One one) {
            return one.explicit() ? 4 : 1;
        } else if (this instanceof Conflict conflict) {
            return conflict.explicit() ? 5 : 2;
        }
        return this instanceof Unknown ? 3 : 0;
    }
}
