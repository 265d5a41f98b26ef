package dev.schemaproof.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An entity: what a row of a table stands for.
 *
 * @param name its key
 * @param description what it is
 * @param relational what a relational store makes of it
 * @param store the store that holds it, where it names one
 * @param rows the expected number of rows, where declared
 * @param attributes by name
 * @param key the primary key's attributes; empty when none was given
 * @param uniques further keys
 * @param references to other entities, by role
 * @param checks conditions on a row, by name
 * @param indexes by name
 * @param dependencies functional dependencies beyond the keys
 * @param independences suspected dependencies that the team refutes
 * @param sound whether all of it could be read; nothing more is said about an entity that could not
 */
public record Entity(
        Located<String> name,
        Optional<String> description,
        RelationalTable relational,
        Optional<Located<String>> store,
        OptionalLong rows,
        Map<String, Attribute> attributes,
        List<Located<String>> key,
        List<UniqueKey> uniques,
        Map<String, Reference> references,
        Map<String, Check> checks,
        Map<String, Index> indexes,
        List<Dependency> dependencies,
        List<Independence> independences,
        boolean sound) {

    /** What counts where {@code rows} is not declared. */
    public static final long ASSUMED_ROWS = 1_000_000;

    /** Below this many declared rows, reading all of them is no flaw. */
    public static final long SMALL = 1_000;

    public Entity {
        attributes = Copies.ordered(attributes);
        key = List.copyOf(key);
        uniques = List.copyOf(uniques);
        references = Copies.ordered(references);
        checks = Copies.ordered(checks);
        indexes = Copies.ordered(indexes);
        dependencies = List.copyOf(dependencies);
        independences = List.copyOf(independences);
    }

    /** Its table's name, without the SQL schema. */
    public Located<String> table() {
        return relational.name();
    }

    /** This entity with its references. */
    public Entity withReferences(Map<String, Reference> derived) {
        return new Entity(
                name,
                description,
                relational,
                store,
                rows,
                attributes,
                key,
                uniques,
                derived,
                checks,
                indexes,
                dependencies,
                independences,
                sound);
    }

    /** The rows to judge by: declared, else {@link #ASSUMED_ROWS}. */
    public long expectedRows() {
        return rows.orElse(ASSUMED_ROWS);
    }

    /** Declared so small that it may be scanned. */
    public boolean small() {
        return rows.isPresent() && rows.getAsLong() < SMALL;
    }

    public Optional<Attribute> attribute(String attributeName) {
        return Optional.ofNullable(attributes.get(attributeName));
    }

    public Optional<Reference> reference(String role) {
        return Optional.ofNullable(references.get(role));
    }

    /** The primary key's attribute names. */
    public List<String> keyNames() {
        return Located.values(key);
    }
}
