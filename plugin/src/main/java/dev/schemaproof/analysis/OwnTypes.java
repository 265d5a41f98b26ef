package dev.schemaproof.analysis;

import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.dialect.postgresql.TypeNames;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.model.TypeDefinition.Domain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The types that a model names itself, whether they are spoken of by name or in the words of the database: {@code email} and
 * {@code {native: public.email}} are the same domain. Whoever follows a domain to what it is made of does it here, as domains
 * may stand on themselves.
 */
public final class OwnTypes {

    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_$]*+|\"(?:[^\"]|\"\")++\"";

    /** A name that may be qualified, and what makes an array of it. */
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:(?<schema>" + NAME + ")\\s*\\.\\s*)?(?<name>" + NAME
                    + ")\\s*(?:\\([^()]*\\)\\s*)?(?<array>(?:\\barray\\b\\s*)?(?:\\[\\s*[0-9]*+\\s*]\\s*)*+)",
            Pattern.CASE_INSENSITIVE);

    private final Map<String, TypeDefinition> types;
    private final CatalogFacts catalog;

    /** The types of a model. */
    public OwnTypes(Model model) {
        types = model.types();
        catalog = model.relationalStore()
                .map(store ->
                        CatalogFacts.of(store.version(), store.extensions().keySet()))
                .orElseGet(CatalogFacts::all);
    }

    /** The type by its name, or an array of it, if the database's words are for a type of the model; else the type itself. */
    public DataType named(DataType type) {
        if (!(type instanceof DataType.Native verbatim)) {
            return type;
        }
        var written = WRITTEN.matcher(verbatim.text().strip());
        if (!written.matches()) {
            return type;
        }
        return find(written.group("schema"), written.group("name"))
                .<DataType>map(found -> new DataType.Named(found.name().value()))
                .map(found -> written.group("array").isEmpty() ? found : new DataType.Array(found))
                .orElse(type);
    }

    private Optional<TypeDefinition> find(@Nullable String schema, String name) {
        if (schema == null && isBuiltIn(name)) {
            return Optional.empty();
        }
        return Optional.ofNullable(types.get(folded(name))).filter(type -> schema == null || isIn(schema, type));
    }

    /** PostgreSQL looks among its own types first. */
    private boolean isBuiltIn(String name) {
        return (name.startsWith("\"") ? Optional.of(folded(name)) : TypeNames.catalogName(name))
                .flatMap(catalog::type)
                .isPresent();
    }

    /** Without quotes, the case of a schema tells nothing of what was meant. */
    private static boolean isIn(String schema, TypeDefinition type) {
        var declared = type.schema().map(name -> name.value()).orElse("public");
        return schema.startsWith("\"") ? declared.equals(folded(schema)) : declared.equalsIgnoreCase(schema);
    }

    /** As PostgreSQL reads a name. */
    private static String folded(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }

    /** The definition of a type of the model; empty for an array of one, and for all others. */
    public Optional<TypeDefinition> definition(DataType type) {
        return named(type) instanceof DataType.Named name
                ? Optional.ofNullable(types.get(name.name()))
                : Optional.empty();
    }

    /** The type of the model that a type is made of, through arrays: what has to exist before it can. */
    public Optional<TypeDefinition> madeOf(DataType type) {
        return definition(innermost(type));
    }

    /** What an array of any depth is made of; other types are made of themselves. */
    public DataType innermost(DataType type) {
        var element = named(type);
        while (element instanceof DataType.Array array) {
            element = named(array.element());
        }
        return element;
    }

    /** The domain that the type is, then those that it stands on, each once; an array stands on none. */
    public List<Domain> domains(DataType type) {
        var found = new LinkedHashMap<String, Domain>();
        var next = definition(type);
        while (next.isPresent()
                && next.get() instanceof Domain domain
                && found.putIfAbsent(domain.name().value(), domain) == null) {
            next = definition(domain.base().value());
        }
        return List.copyOf(found.values());
    }
}
