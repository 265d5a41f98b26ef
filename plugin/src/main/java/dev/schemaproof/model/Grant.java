package dev.schemaproof.model;

import java.util.List;
import java.util.Locale;

/**
 * What a role may do with a table.
 *
 * @param role a role, or {@code public} for everybody
 * @param privileges what it may do
 */
public record Grant(Located<String> role, List<Permission> privileges) {

    public Grant {
        privileges = List.copyOf(privileges);
    }

    /**
     * One privilege.
     *
     * @param privilege what may be done
     * @param attributes with which attributes only; empty means the whole table
     */
    public record Permission(Located<Privilege> privilege, List<Located<String>> attributes) {

        public Permission {
            attributes = List.copyOf(attributes);
        }
    }

    /** PostgreSQL's privileges on tables. */
    public enum Privilege {
        ALL,
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE,
        REFERENCES,
        TRIGGER,
        /** Since PostgreSQL 17. */
        MAINTAIN;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it can be limited to columns. */
        public boolean ofColumns() {
            return this == SELECT || this == INSERT || this == UPDATE || this == REFERENCES || this == ALL;
        }
    }
}
