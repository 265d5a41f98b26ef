package dev.schemaproof.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a relational store makes of an entity, beyond its attributes, keys, references and indexes.
 *
 * @param name the table's name, given or derived
 * @param schema the SQL schema that it stands in; by default the one that comes first on the search path
 * @param primaryKey the name of the primary key's constraint, where given
 * @param keyDesign how the primary key is kept
 * @param partitioning how it is divided
 * @param exclusions exclusion constraints, by name
 * @param unlogged whether it is lost in a crash and faster to write
 * @param storage storage parameters
 * @param grants who may do what with it
 * @param rowSecurity who may do what with which rows
 */
public record RelationalTable(
        Located<String> name,
        Optional<Located<String>> schema,
        Optional<Located<String>> primaryKey,
        KeyDesign keyDesign,
        Optional<Partitioning> partitioning,
        Map<String, Exclusion> exclusions,
        boolean unlogged,
        Map<String, Located<String>> storage,
        List<Grant> grants,
        Optional<RowSecurity> rowSecurity) {

    public RelationalTable {
        exclusions = Copies.ordered(exclusions);
        storage = Copies.ordered(storage);
        grants = List.copyOf(grants);
    }

    /** The name of an entity's table where none is given: {@code order_item} for {@code OrderItem}. */
    public static String nameFor(String entity) {
        return entity.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", "_")
                .replace('-', '_')
                .replace(' ', '_')
                .toLowerCase(Locale.ROOT);
    }
}
