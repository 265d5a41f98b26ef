package dev.schemaproof.analysis.type;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.dialect.postgresql.TypeNames;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The types that a model gives in the words of its database. */
public final class NativeTypes {

    /** What extensions bring that don't come with PostgreSQL. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("geometry", "postgis"),
            Map.entry("geography", "postgis"),
            Map.entry("box2d", "postgis"),
            Map.entry("box3d", "postgis"),
            Map.entry("raster", "postgis_raster"),
            Map.entry("vector", "vector"),
            Map.entry("halfvec", "vector"),
            Map.entry("sparsevec", "vector"));

    private static final String NAME = "(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"(?:[^\"]|\"\")++\")";
    private static final String WORDS =
            "(?:\\s+(?:precision|varying|with|without|time|zone|year|month|day|hour|minute|second|to|array)\\b)*+";

    /** Nothing but a type: it is put into the SQL as it is. */
    private static final Pattern ONE_TYPE = Pattern.compile(
            "\\s*" + NAME + "(?:\\." + NAME + ")*+" + WORDS
                    + "\\s*(?:\\(\\s*-?[\\p{L}\\p{N}_]+(?:\\s*,\\s*-?[\\p{L}\\p{N}_]++)*+\\s*\\))?" + WORDS
                    + "(?:\\s*\\[[0-9]*\\])*+\\s*",
            Pattern.CASE_INSENSITIVE);

    private NativeTypes() {}

    /**
     * A type in the words of the database.
     *
     * @param store the store whose database has to know it
     * @param subject what has it
     */
    public record Use(RelationalStore store, String subject, String text, Location at) {

        /** Whether it is one type and nothing else. */
        public boolean isOneType() {
            return ONE_TYPE.matcher(text).matches();
        }

        /** The type's name in the catalog, without an array's brackets. */
        public String name() {
            var name = TypeNames.catalogName(text.toLowerCase(Locale.ROOT)).orElse(text);
            return name.replace("[]", "");
        }
    }

    /** All of a model's relational stores. */
    public static List<Use> in(Model model) {
        var uses = new ArrayList<Use>();
        for (var entity : model.entities().values()) {
            if (entity.sound() && model.storeOf(entity) instanceof RelationalStore store) {
                entity.attributes()
                        .values()
                        .forEach(attribute ->
                                add(store, () -> entity.name() + "." + attribute.name(), attribute.type(), uses));
            }
        }
        model.relationalStore()
                .ifPresent(store -> model.types().values().forEach(type -> {
                    if (type instanceof TypeDefinition.Domain domain) {
                        add(store, domain.name()::value, domain.base(), uses);
                    }
                }));
        return uses;
    }

    private static void add(RelationalStore store, Supplier<String> subject, Located<DataType> type, List<Use> uses) {
        var innermost = type.value();
        while (innermost instanceof DataType.Array array) {
            innermost = array.element();
        }
        if (innermost instanceof DataType.Native verbatim) {
            uses.add(new Use(store, subject.get(), verbatim.text(), type.at()));
        }
    }

    /** The extension that brings a type, where one does. */
    public static Optional<String> extensionOf(String name) {
        return CatalogFacts.all()
                .type(name)
                .flatMap(type -> type.origin().extension())
                .or(() -> Optional.ofNullable(ELSEWHERE.get(name)));
    }
}
