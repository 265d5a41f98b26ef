package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Row-level security of a table.
 *
 * @param forced whether it binds the table's owner too
 * @param policies by name
 * @param at the whole of it
 */
public record RowSecurity(boolean forced, Map<String, Policy> policies, Location at) {

    public RowSecurity {
        policies = Copies.ordered(policies);
    }

    /**
     * Who may do what with which rows.
     *
     * @param command what it is about
     * @param restrictive whether it narrows what others permit, rather than permits
     * @param roles whom it concerns; empty means everybody
     * @param using the SQL condition on rows that are seen
     * @param check the SQL condition on rows that are written
     * @param description why
     */
    public record Policy(
            Located<String> name,
            Command command,
            boolean restrictive,
            List<Located<String>> roles,
            Optional<SourceText> using,
            Optional<SourceText> check,
            Optional<String> description) {

        public Policy {
            roles = List.copyOf(roles);
        }
    }

    /** What a policy is about. */
    public enum Command {
        ALL,
        SELECT,
        INSERT,
        UPDATE,
        DELETE;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
