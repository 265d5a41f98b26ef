package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.IndexPath.Part;
import dev.schemaproof.output.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One of the smallest set of indexes of an entity.
 *
 * @param name in the database
 * @param parts its key
 * @param attributes the attributes that its key holds
 * @param keyBytes the average size of a key, in bytes
 * @param askers whom it serves
 * @param declared the index of the model that it is, if there is one already
 * @param cost what it costs to write
 */
public record AdvisedIndex(
        String name,
        List<Part> parts,
        Set<String> attributes,
        int keyBytes,
        List<Asker> askers,
        Optional<IndexPath> declared,
        WriteCost cost) {

    public AdvisedIndex {
        parts = List.copyOf(parts);
        attributes = Set.copyOf(attributes);
        askers = List.copyOf(askers);
    }

    /** Its key as the language writes it: {@code author_id, created_at desc}. */
    public String on() {
        return parts.stream().map(AdvisedIndex::text).collect(Collectors.joining(", "));
    }

    /** What stands behind its name under the entity's {@code indexes}: {@code {on: [author_id, created_at desc]}}. */
    public String yaml() {
        return parts.stream()
                .map(AdvisedIndex::text)
                .map(part -> part.matches("[\\p{L}\\p{N}_ ]+") ? part : Json.quoted(part))
                .collect(Collectors.joining(", ", "{on: [", "]}"));
    }

    /** A part as the language writes it: {@code created_at desc}. */
    public static String text(Part part) {
        var term = part.term().text();
        var nulls = part.nullsFirst() == part.descending() ? "" : part.nullsFirst() ? " nulls first" : " nulls last";
        return (part.term().expression() && !term.endsWith(")") ? "(" + term + ")" : term)
                + part.operatorClass().map(name -> " " + name).orElse("")
                + (part.descending() ? " desc" : "")
                + nulls;
    }
}
