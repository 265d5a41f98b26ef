package dev.schemaproof.analysis.relational;

import dev.schemaproof.diagnostic.Location;
import java.util.Optional;

/**
 * A name that a relational database will hold for the model.
 *
 * @param kind what it names
 * @param name as the database will hold it
 * @param within the table or the enum in which it stands; empty for what stands in the schema itself
 * @param given whether the model says the name, rather than leaves it to be derived
 * @param at where the model says it, or that from which it is derived
 * @param subject the element, as exceptions name it
 */
public record RelationalName(
        Kind kind, String name, Optional<String> within, boolean given, Location at, String subject) {

    /** What can have a name. */
    public enum Kind {
        TYPE("type"),
        LABEL("label"),
        TABLE("table"),
        COLUMN("column"),
        INDEX("index"),
        PRIMARY_KEY("primary key"),
        UNIQUE_KEY("unique key"),
        CHECK("check"),
        FOREIGN_KEY("foreign key");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** In a sentence. */
        public String words() {
            return words;
        }

        /** Whether it shares one set of names with tables. */
        public boolean isRelation() {
            return this == TABLE || this == INDEX || this == PRIMARY_KEY || this == UNIQUE_KEY;
        }

        /** Whether it shares one set of names with types: every table brings along the type of its rows. */
        public boolean isType() {
            return this == TABLE || this == TYPE;
        }

        /** Whether it shares one set of names with the other constraints of its table. */
        public boolean isConstraint() {
            return this == PRIMARY_KEY || this == UNIQUE_KEY || this == CHECK || this == FOREIGN_KEY;
        }
    }
}
