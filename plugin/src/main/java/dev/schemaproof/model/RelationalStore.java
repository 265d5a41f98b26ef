package dev.schemaproof.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A relational database.
 *
 * @param name the store's key
 * @param version PostgreSQL's major version
 * @param schemas the SQL schemas beside the one that comes first on the search path, by name
 * @param extensions by name
 * @param roles by name
 * @param sequences those that no identity attribute brings along, by name
 */
public record RelationalStore(
        Located<String> name,
        int version,
        Map<String, SqlSchema> schemas,
        Map<String, Extension> extensions,
        Map<String, Role> roles,
        Map<String, Sequence> sequences)
        implements Store {

    public RelationalStore {
        schemas = Copies.ordered(schemas);
        extensions = Copies.ordered(extensions);
        roles = Copies.ordered(roles);
        sequences = Copies.ordered(sequences);
    }

    /** A store of which nothing but its version is said. */
    public static RelationalStore plain(Located<String> name, int version) {
        return new RelationalStore(name, version, Map.of(), Map.of(), Map.of(), Map.of());
    }

    /**
     * A SQL schema.
     *
     * @param grants what roles may do in it, by role
     * @param description what it holds
     */
    public record SqlSchema(
            Located<String> name, Map<Located<String>, List<SchemaPrivilege>> grants, Optional<String> description) {

        public SqlSchema {
            grants = Copies.ordered(grants);
        }
    }

    /** What a role may do in a schema. */
    public enum SchemaPrivilege {
        USAGE,
        CREATE;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An extension.
     *
     * @param schema where its objects stand, if not first on the search path
     * @param version the version wanted, where it matters
     */
    public record Extension(
            Located<String> name, Optional<Located<String>> schema, Optional<Located<String>> version) {}

    /**
     * A role, which belongs to the whole server and is made where it is missing.
     *
     * @param login whether it may log in
     * @param memberOf roles whose rights it has
     * @param description who acts in it
     */
    public record Role(
            Located<String> name, boolean login, List<Located<String>> memberOf, Optional<String> description) {

        public Role {
            memberOf = List.copyOf(memberOf);
        }
    }

    /**
     * A sequence.
     *
     * @param schema the SQL schema that it stands in; by default the one that comes first on the search path
     * @param type of its numbers: smallint, int or bigint
     * @param options how it counts
     * @param ownedBy the attribute with whose column it goes, as {@code Entity.attribute}
     * @param description what it numbers
     */
    public record Sequence(
            Located<String> name,
            Optional<Located<String>> schema,
            ScalarKind type,
            SequenceOptions options,
            Optional<Located<String>> ownedBy,
            Optional<String> description) {}
}
