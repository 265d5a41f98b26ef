package dev.schemaproof.analysis.relational;

import dev.schemaproof.diagnostic.Location;
import java.util.Optional;

/**
 * A name that a relational database will hold for the model.
 *
 * @param kind what it names
 * @param schema the SQL schema in which it stands, {@code public} where none is given; empty for what stands in none
 * @param name as the model says it, or as it is derived
 * @param within the table or the type in which it stands; empty for what stands in the schema itself
 * @param given whether the model says the name, rather than leaves it to be derived
 * @param at where the model says it, or that from which it is derived
 * @param subject the element, as exceptions name it
 */
public record RelationalName(
        Kind kind,
        Optional<String> schema,
        String name,
        Optional<String> within,
        boolean given,
        Location at,
        String subject) {

    /** What can have a name. */
    public enum Kind {
        SCHEMA("schema"),
        ROLE("role"),
        SEQUENCE("sequence"),
        TYPE("type"),
        LABEL("label"),
        DOMAIN_CHECK("check"),
        TABLE("table"),
        PARTITION("partition"),
        /** The sequence of an identity attribute; it is made with its table and takes a free name. */
        IDENTITY("sequence"),
        COLUMN("column"),
        INDEX("index"),
        PRIMARY_KEY("primary key"),
        UNIQUE_KEY("unique key"),
        CHECK("check"),
        EXCLUSION("exclusion constraint"),
        FOREIGN_KEY("foreign key"),
        POLICY("policy");

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
            return isTable()
                    || this == SEQUENCE
                    || this == INDEX
                    || this == PRIMARY_KEY
                    || this == UNIQUE_KEY
                    || this == EXCLUSION;
        }

        /** Whether it is a table. */
        public boolean isTable() {
            return this == TABLE || this == PARTITION;
        }

        /** Whether it shares one set of names with types: every table brings along the type of its rows. */
        public boolean isType() {
            return isTable() || this == TYPE;
        }

        /** Whether it shares one set of names with the other constraints of its table. */
        public boolean isConstraint() {
            return this == PRIMARY_KEY
                    || this == UNIQUE_KEY
                    || this == CHECK
                    || this == EXCLUSION
                    || this == FOREIGN_KEY;
        }

        /** Whether it shares a set of names only with its like in one table or type. */
        public boolean isPart() {
            return this == COLUMN || this == LABEL || this == DOMAIN_CHECK || this == POLICY;
        }
    }
}
