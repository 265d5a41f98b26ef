package dev.schemaproof.dialect.postgresql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What PostgreSQL's catalog holds before anybody has made anything: types, functions, operators, casts and operator
 * classes, of the server itself and of the extensions that come with it, and the versions of these. Types have the names of {@code pg_type}, those of
 * arrays with {@code []} behind them. A test holds the facts and the catalogs of PostgreSQL 15 and 18 together.
 */
public final class CatalogFacts {

    private static final int OLDEST = 15;
    private static final int NEWEST = 18;

    /**
     * Where something is found.
     *
     * @param extension the extension that brings it; empty for the server itself
     * @param mark {@code +} for what PostgreSQL 18 has and 15 has not, {@code -} for the opposite
     */
    public record Origin(Optional<String> extension, char mark) {

        /** In the versions between, what one of the ends has may be there: nothing is refused for lack of it. */
        boolean isIn(int version) {
            return !(mark == '+' && version <= OLDEST || mark == '-' && version >= NEWEST);
        }
    }

    /**
     * A type.
     *
     * @param form {@code b}ase, {@code d}omain, {@code e}num, {@code p}seudo-type, {@code r}ange or {@code m}ultirange
     * @param category as in {@code pg_type.typcategory}
     * @param preferred whether it is the preferred one of its category
     * @param collatable whether it can have a collation
     * @param subtype what a range is made of
     * @param reading the volatility of reading it from text
     * @param writing that of writing it as text
     */
    public record Type(
            Origin origin,
            String name,
            char form,
            char category,
            boolean preferred,
            boolean collatable,
            Optional<String> subtype,
            char reading,
            char writing) {}

    /**
     * A function.
     *
     * @param kind {@code f}unction, {@code a}ggregate or {@code w}indow function
     * @param volatility {@code i}mmutable, {@code s}table, {@code v}olatile, or {@code ?} where it depends on the arguments
     * @param set whether it yields rows
     * @param defaults how many of its last arguments may be left out
     * @param variadic whether its last argument, an array, stands for any number
     */
    public record Routine(
            Origin origin,
            String name,
            char kind,
            char volatility,
            boolean set,
            String result,
            int defaults,
            boolean variadic,
            List<String> arguments) {}

    /**
     * An operator.
     *
     * @param left the type before it; empty for a prefix operator
     * @param symmetric whether it is its own commutator
     */
    public record Operator(
            Origin origin,
            String name,
            Optional<String> left,
            String right,
            String result,
            char volatility,
            boolean symmetric) {}

    /**
     * A cast.
     *
     * @param context where it happens by itself: {@code i}mplicitly everywhere, on {@code a}ssignment; else {@code e}xplicit only
     * @param method by {@code f}unction, through text ({@code i}), or by taking the bytes as they are ({@code b})
     */
    public record Cast(Origin origin, String source, String target, char context, char method, char volatility) {}

    /**
     * An operator class.
     *
     * @param standard whether it is the default one of its type
     * @param comparisons which operators an index of it knows, as {@code <operator> <left type> <right type>}
     */
    public record OperatorClass(
            Origin origin, String method, String name, String type, boolean standard, Set<String> comparisons) {}

    /** A version that an extension can be made in. */
    private record Extension(Origin origin, String name, String version) {}

    private static final class All {

        static final CatalogFacts FACTS = new CatalogFacts(
                read("types", All::type),
                read("functions", All::routine),
                read("operators", All::operator),
                read("casts", All::cast),
                read("operator-classes", All::operatorClass),
                read("extensions", All::extension));

        /** A type, function or class of each is in the facts; {@code plpgsql} has nothing of its own. */
        static final Set<String> EXTENSIONS = Stream.concat(
                        Stream.of("plpgsql"),
                        Stream.of(
                                        FACTS.types.values().stream().map(Type::origin),
                                        FACTS.routines.values().stream()
                                                .flatMap(List::stream)
                                                .map(Routine::origin),
                                        FACTS.classes.values().stream()
                                                .flatMap(List::stream)
                                                .map(OperatorClass::origin))
                                .flatMap(Function.identity())
                                .flatMap(origin -> origin.extension().stream()))
                .collect(Collectors.toUnmodifiableSet());

        private static <T> List<T> read(String file, Function<String[], T> reader) {
            var name = file + ".tsv";
            try (var in = new BufferedReader(new InputStreamReader(
                    Objects.requireNonNull(CatalogFacts.class.getResourceAsStream(name), name),
                    StandardCharsets.UTF_8))) {
                return in.lines()
                        .map(line -> reader.apply(line.split("\t", -1)))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Type type(String[] cells) {
            return new Type(
                    origin(cells),
                    cells[2],
                    cells[3].charAt(0),
                    cells[4].charAt(0),
                    isSet(cells[5]),
                    isSet(cells[6]),
                    given(cells[7]),
                    cells[8].charAt(0),
                    cells[9].charAt(0));
        }

        private static Routine routine(String[] cells) {
            return new Routine(
                    origin(cells),
                    cells[2],
                    cells[3].charAt(0),
                    cells[4].charAt(0),
                    isSet(cells[5]),
                    cells[6],
                    Integer.parseInt(cells[7]),
                    isSet(cells[8]),
                    list(cells[9]));
        }

        private static Operator operator(String[] cells) {
            return new Operator(
                    origin(cells), cells[2], given(cells[3]), cells[4], cells[5], cells[6].charAt(0), isSet(cells[7]));
        }

        private static Cast cast(String[] cells) {
            return new Cast(
                    origin(cells), cells[2], cells[3], cells[4].charAt(0), cells[5].charAt(0), cells[6].charAt(0));
        }

        private static OperatorClass operatorClass(String[] cells) {
            return new OperatorClass(
                    origin(cells), cells[2], cells[3], cells[4], isSet(cells[5]), Set.copyOf(list(cells[6])));
        }

        private static Extension extension(String[] cells) {
            return new Extension(origin(cells), cells[2], cells[3]);
        }

        private static Origin origin(String[] cells) {
            return new Origin(given(cells[1]), cells[0].charAt(0));
        }

        private static boolean isSet(String cell) {
            return cell.equals("1");
        }

        private static Optional<String> given(String cell) {
            return cell.equals("-") ? Optional.empty() : Optional.of(cell);
        }

        private static List<String> list(String cell) {
            return cell.equals("-") ? List.of() : Arrays.asList(cell.split(","));
        }
    }

    private final Map<String, Type> types;
    private final Map<String, List<Routine>> routines;
    private final Map<String, List<Operator>> operators;
    private final Map<String, Map<String, Cast>> casts;
    private final Map<String, List<OperatorClass>> classes;
    private final Map<String, List<Extension>> extensions;
    private final Predicate<Origin> isThere;
    private final Map<String, List<OperatorClass>> classesThere = new ConcurrentHashMap<>();

    private CatalogFacts(
            List<Type> types,
            List<Routine> routines,
            List<Operator> operators,
            List<Cast> casts,
            List<OperatorClass> classes,
            List<Extension> extensions) {
        this.types = new HashMap<>();
        types.forEach(type -> this.types.putIfAbsent(type.name(), type));
        this.routines = routines.stream().collect(Collectors.groupingBy(Routine::name));
        this.operators = operators.stream().collect(Collectors.groupingBy(Operator::name));
        this.casts = new HashMap<>();
        casts.forEach(cast -> this.casts
                .computeIfAbsent(cast.source(), name -> new HashMap<>())
                .putIfAbsent(cast.target(), cast));
        this.classes = classes.stream().collect(Collectors.groupingBy(OperatorClass::method));
        this.extensions = extensions.stream().collect(Collectors.groupingBy(Extension::name));
        isThere = origin -> true;
    }

    /** Some thousand facts are not copied for each store: the few that are asked for are looked at then. */
    private CatalogFacts(CatalogFacts all, Predicate<Origin> isThere) {
        types = all.types;
        routines = all.routines;
        operators = all.operators;
        casts = all.casts;
        classes = all.classes;
        extensions = all.extensions;
        this.isThere = isThere;
    }

    /** Everything that any version has, with every extension. */
    public static CatalogFacts all() {
        return All.FACTS;
    }

    /** What a database of a major version has once these extensions are made. */
    public static CatalogFacts of(int version, Collection<String> extensions) {
        var made = Set.copyOf(extensions);
        return new CatalogFacts(
                All.FACTS,
                origin -> origin.isIn(version)
                        && origin.extension().map(made::contains).orElse(true));
    }

    /** The extensions whose content is known. */
    public static Set<String> extensions() {
        return All.EXTENSIONS;
    }

    private <T> List<T> there(List<T> facts, Function<T, Origin> origin) {
        return facts.stream().filter(fact -> isThere.test(origin.apply(fact))).toList();
    }

    /** The type of this name; arrays have none of their own. */
    public Optional<Type> type(String name) {
        return Optional.ofNullable(types.get(name)).filter(type -> isThere.test(type.origin()));
    }

    /** The names of all types. */
    public Set<String> typeNames() {
        return types.values().stream()
                .filter(type -> isThere.test(type.origin()))
                .map(Type::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The functions of this name. */
    public List<Routine> routines(String name) {
        return there(routines.getOrDefault(name, List.of()), Routine::origin);
    }

    /** The names of all functions. */
    public Set<String> routineNames() {
        return routines.keySet().stream()
                .filter(name -> !routines(name).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The operators of this name. */
    public List<Operator> operators(String name) {
        return there(operators.getOrDefault(name, List.of()), Operator::origin);
    }

    /** The cast from one type to another. */
    public Optional<Cast> cast(String source, String target) {
        return Optional.ofNullable(casts.getOrDefault(source, Map.of()).get(target))
                .filter(cast -> isThere.test(cast.origin()));
    }

    /** The versions of an extension that comes with the server; empty if it is from elsewhere. */
    public List<String> extensionVersions(String name) {
        return there(extensions.getOrDefault(name, List.of()), Extension::origin).stream()
                .map(Extension::version)
                .toList();
    }

    /** The operator classes of an access method. */
    public List<OperatorClass> operatorClasses(String method) {
        return classesThere.computeIfAbsent(
                method, name -> there(classes.getOrDefault(name, List.of()), OperatorClass::origin));
    }
}
