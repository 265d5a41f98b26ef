package dev.schemaproof.analysis.type;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.dialect.postgresql.TypeNames;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The types that a database of the model knows, and which of them become which (manual, chapter "Type Conversion"). */
public final class TypeSystem {

    private static final char STRING = 'S';

    private final Model model;
    private final RelationalStore store;
    private final CatalogFacts catalog;
    private final CatalogFacts reachable;
    private final BaseTypes bases;
    private final boolean open;
    private final PostgresDialect dialect = new PostgresDialect();
    private final Set<String> names = new HashSet<>();
    /** A model has few types, and each attribute has one of them. */
    private final Map<DataType, Optional<SqlType>> known = new ConcurrentHashMap<>();

    /** The types of a store. */
    public TypeSystem(Model model, RelationalStore store) {
        this.model = model;
        this.store = store;
        catalog = CatalogFacts.of(store.version(), store.extensions().keySet());
        reachable = CatalogFacts.of(
                store.version(),
                store.extensions().values().stream()
                        .filter(extension -> isOnPath(extension))
                        .map(extension -> extension.name().value())
                        .toList());
        bases = new BaseTypes(model);
        open = store.extensions().keySet().stream()
                .anyMatch(name -> !CatalogFacts.extensions().contains(name));
        model.types().values().forEach(type -> names.add(type.name().value()));
    }

    /** The store whose types they are. */
    public RelationalStore store() {
        return store;
    }

    /** What the store's database holds before the model comes. */
    public CatalogFacts catalog() {
        return catalog;
    }

    /** The part of it that SQL finds without naming a SQL schema: what an extension brings to one of its own is not. */
    CatalogFacts reachable() {
        return reachable;
    }

    private static boolean isOnPath(RelationalStore.Extension extension) {
        return extension.schema().map(Located::value).map("public"::equals).orElse(true);
    }

    /** The SQL schema of an extension that is not on the search path. */
    Optional<String> hiddenIn(String extension) {
        return Optional.ofNullable(store.extensions().get(extension))
                .filter(known -> !isOnPath(known))
                .flatMap(RelationalStore.Extension::schema)
                .map(Located::value);
    }

    /** Whether an extension of unknown content may bring any function, operator or cast. */
    public boolean isOpen() {
        return open;
    }

    /** The type of an attribute; empty where it is not known. */
    public Optional<SqlType> of(DataType type) {
        return known.computeIfAbsent(type, this::infer);
    }

    private Optional<SqlType> infer(DataType type) {
        var base = bases.of(type);
        return base instanceof DataType.Array ? array(type) : plain(base);
    }

    private Optional<SqlType> array(DataType type) {
        var domains = bases.own().domains(type);
        var array = domains.isEmpty()
                ? type
                : domains.get(domains.size() - 1).base().value();
        var element = bases.own().innermost(array);
        // An array of a domain is not one of the domain's base
        return bases.of(element).equals(element) ? plain(element).map(SqlType::array) : Optional.empty();
    }

    /** Of what is neither a domain nor an array, unless in the words of the database. */
    private Optional<SqlType> plain(DataType type) {
        if (type instanceof DataType.Named named) {
            return Optional.of(new SqlType(named.name(), true));
        }
        var words = type instanceof DataType.Native verbatim
                ? Optional.of(verbatim.text().toLowerCase(Locale.ROOT))
                : type instanceof DataType.Unreadable ? Optional.<String>empty() : Optional.of(dialect.type(type));
        return words.flatMap(TypeNames::catalogName).flatMap(this::builtIn);
    }

    /** By its name in the catalog. */
    private Optional<SqlType> builtIn(String name) {
        var array = name.endsWith("[]");
        var plain = array ? name.substring(0, name.length() - 2) : name;
        return catalog.type(plain)
                .filter(known -> known.form() != 'p')
                .map(known -> SqlType.builtIn(plain))
                .map(found -> array ? found.array() : found);
    }

    /**
     * The type of an attribute as operators see it: they look through domains, but not from {@code anyenum} through one to the
     * enum that it stands on ({@code check_generic_type_consistency} in PostgreSQL's source).
     */
    public Optional<SqlType> operand(DataType type) {
        var base = of(type);
        return bases.own().named(type) instanceof DataType.Named domain
                        && base.filter(SqlType::own).isPresent()
                        && !base.get().isArray()
                ? Optional.of(new SqlType(domain.name(), true))
                : base;
    }

    /** The enum itself, where it is the operand of a domain over one. */
    SqlType labels(SqlType type) {
        return type.own() && !type.isArray() && model.types().get(type.name()) instanceof TypeDefinition.Domain domain
                ? of(domain.base().value()).orElse(type)
                : type;
    }

    /** The type that stands in SQL, its names as PostgreSQL reads them: without quotes, else in lower case. */
    public Optional<SqlType> written(String text) {
        var array = text.endsWith("[]");
        var plain = array ? text.substring(0, text.length() - 2) : text;
        var own = plain.substring(plain.indexOf('.') + 1);
        if (TypeNames.catalogName(plain).flatMap(catalog::type).isEmpty() && names.contains(own)) {
            var named = new DataType.Named(own);
            return of(array ? new DataType.Array(named) : named);
        }
        return TypeNames.catalogName(text).flatMap(this::builtIn);
    }

    /** Whether a name that is no type of the database's is one of the model's. */
    boolean isOwn(String name) {
        return names.contains(name);
    }

    /** As in {@code pg_type.typcategory}. */
    char category(SqlType type) {
        if (type.isArray()) {
            return 'A';
        }
        return type.own()
                ? 'E'
                : catalog.type(type.name()).map(CatalogFacts.Type::category).orElse('U');
    }

    boolean isPreferred(SqlType type) {
        return !type.own()
                && catalog.type(type.name()).map(CatalogFacts.Type::preferred).orElse(false);
    }

    /** Whether values of the type can have a collation. */
    public boolean isCollatable(SqlType type) {
        return type.element()
                .map(this::isCollatable)
                .orElseGet(() -> !type.own()
                        && catalog.type(type.name())
                                .map(CatalogFacts.Type::collatable)
                                .orElse(false));
    }

    /** Whether it is text of some kind. */
    boolean isString(SqlType type) {
        return category(type) == STRING;
    }

    /** What a range or multirange is made of. */
    Optional<SqlType> subtype(SqlType range) {
        return range.own()
                ? Optional.empty()
                : catalog.type(range.name()).flatMap(CatalogFacts.Type::subtype).map(SqlType::builtIn);
    }

    boolean isForm(SqlType type, char form) {
        return !type.own()
                && !type.isArray()
                && catalog.type(type.name())
                        .filter(known -> known.form() == form)
                        .isPresent();
    }

    /** Whether a value becomes the other type by itself wherever it has to. */
    public boolean becomes(SqlType source, SqlType target) {
        return source.equals(target)
                || source.isUnknown()
                || labels(source).equals(target)
                || pathway(source, target, "i").isPresent();
    }

    /** Whether a value becomes the other type by itself when it is stored. */
    public boolean isAssignable(SqlType source, SqlType target) {
        if (source.isArray() && target.isArray()) {
            return isAssignable(source.element().orElseThrow(), target.element().orElseThrow());
        }
        return becomes(source, target)
                || pathway(source, target, "ia").isPresent()
                || category(target) == STRING && !target.own();
    }

    /** Whether its bytes are taken as they are. */
    boolean isBinaryCompatible(SqlType source, SqlType target) {
        return source.equals(target)
                || pathway(source, target, "i")
                        .filter(cast -> cast.method() == 'b')
                        .isPresent();
    }

    private Optional<CatalogFacts.Cast> pathway(SqlType source, SqlType target, String contexts) {
        if (source.isArray() && target.isArray()) {
            return pathway(source.element().orElseThrow(), target.element().orElseThrow(), contexts);
        }
        return source.own() || target.own()
                ? Optional.empty()
                : catalog.cast(source.name(), target.name()).filter(cast -> contexts.indexOf(cast.context()) >= 0);
    }

    /** Whether an explicit cast may make one type of the other; arrays are cast in more ways than are known here. */
    public boolean isCastable(SqlType source, SqlType target) {
        return open
                || source.isArray()
                || target.isArray()
                || cast(source, target).isPresent();
    }

    /** How stable an explicit cast is; empty where there is none. */
    Optional<Volatility> cast(SqlType source, SqlType target) {
        if (source.equals(target) || source.isUnknown() || labels(source).equals(target)) {
            return Optional.of(Volatility.IMMUTABLE);
        }
        var direct = pathway(source, target, "iae");
        if (direct.isPresent() && direct.get().method() != 'i') {
            return Optional.of(Volatility.of(direct.get().volatility()));
        }
        return direct.isPresent() || isString(source) || isString(target)
                ? Optional.of(writing(source).and(reading(target)))
                : Optional.empty();
    }

    private Volatility writing(SqlType type) {
        return type.own() || type.isArray()
                ? Volatility.MUTABLE
                : catalog.type(type.name())
                        .map(known -> Volatility.of(known.writing()))
                        .orElse(Volatility.UNKNOWN);
    }

    private Volatility reading(SqlType type) {
        return type.own() || type.isArray()
                ? Volatility.MUTABLE
                : catalog.type(type.name())
                        .map(known -> Volatility.of(known.reading()))
                        .orElse(Volatility.UNKNOWN);
    }

    /** The type that CASE, COALESCE and the like give values of several types; empty where it is not known. */
    Optional<SqlType> common(List<SqlType> types) {
        var result = SqlType.UNKNOWN;
        for (var type : types) {
            var differs = !type.isUnknown() && !type.equals(result);
            if (differs && !result.isUnknown() && category(type) != category(result)) {
                return Optional.empty();
            }
            if (differs
                    && (result.isUnknown()
                            || !isPreferred(result) && becomes(result, type) && !becomes(type, result))) {
                result = type;
            }
        }
        var chosen = result.isUnknown() ? SqlType.TEXT : result;
        return types.stream().allMatch(type -> becomes(type, chosen)) ? Optional.of(chosen) : Optional.empty();
    }
}
