package dev.schemaproof.analysis.type;

import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.dialect.postgresql.TypeNames;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Index.Method;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the objects of a store's extensions stand. An extension in a SQL schema of its own is not on the search path: its types,
 * operators and operator classes are found only by their full names.
 */
public final class ExtensionPlaces {

    private static final PostgresDialect DIALECT = new PostgresDialect();

    private final RelationalStore store;

    public ExtensionPlaces(RelationalStore store) {
        this.store = store;
    }

    /** The type, with the SQL schema of its extension where that is known to need one. */
    public DataType placed(DataType type) {
        if (type instanceof DataType.Array array) {
            return new DataType.Array(placed(array.element()));
        }
        return type instanceof DataType.Native verbatim
                ? TypeNames.catalogName(verbatim.text().toLowerCase(Locale.ROOT))
                        .map(name -> name.replace("[]", ""))
                        .flatMap(NativeTypes::extensionOf)
                        .flatMap(this::schema)
                        .<DataType>map(schema -> new DataType.Native(
                                schema + "." + verbatim.text().strip()))
                        .orElse(type)
                : type;
    }

    /** The SQL schema that has to stand before an operator class, quoted where needed. */
    public Optional<String> schemaOf(Method method, String operatorClass) {
        return CatalogFacts.all().operatorClasses(method.word()).stream()
                .filter(known -> known.name().equals(operatorClass.toLowerCase(Locale.ROOT)))
                .flatMap(known -> known.origin().extension().stream())
                .findFirst()
                .flatMap(this::schema);
    }

    /** The SQL schema that has to stand before an operator between two values of a type, quoted where needed. */
    public Optional<String> schemaOf(String operator, DataType type) {
        if (type instanceof DataType.Named || type instanceof DataType.Unreadable) {
            return Optional.empty();
        }
        var name = TypeNames.catalogName(DIALECT.type(type)).orElse("");
        var known = CatalogFacts.all().operators(operator).stream()
                .filter(each -> each.right().equals(name)
                        && each.left().filter(name::equals).isPresent())
                .map(each -> each.origin().extension())
                .toList();
        return known.contains(Optional.<String>empty())
                ? Optional.empty()
                : known.stream().flatMap(Optional::stream).findFirst().flatMap(this::schema);
    }

    private Optional<String> schema(String extension) {
        return Optional.ofNullable(store.extensions().get(extension))
                .flatMap(RelationalStore.Extension::schema)
                .map(Located::value)
                .map(DIALECT::identifier);
    }
}
