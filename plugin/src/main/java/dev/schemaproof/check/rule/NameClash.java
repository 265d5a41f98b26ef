package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.relational.RelationalName;
import dev.schemaproof.analysis.relational.RelationalName.Kind;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.dialect.postgresql.PostgresRoles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Two things with one name in a database that tells them apart by their names. */
public final class NameClash implements Rule {

    private static final PostgresDialect DIALECT = new PostgresDialect();

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model()
                .relationalStores()
                .flatMap(store -> clashes(RelationalNames.in(facts.model(), store)))
                .distinct();
    }

    private Stream<Finding> clashes(List<RelationalName> names) {
        return Stream.of(
                        among(names, Kind::isRelation, NameClash::inSchema),
                        among(names, Kind::isType, NameClash::inSchema),
                        among(names, Kind::isConstraint, NameClash::inTable),
                        among(names, Kind::isPart, name -> List.of(inTable(name), name.kind())),
                        identities(names),
                        names.stream().flatMap(name -> builtIn(name).stream()))
                .flatMap(Function.identity());
    }

    /** As PostgreSQL keeps it. */
    private static Object inSchema(RelationalName name) {
        return List.of(name.schema(), PostgresNames.kept(name.name()));
    }

    private static Object inTable(RelationalName name) {
        return List.of(inSchema(name), name.within());
    }

    private Stream<Finding> among(
            List<RelationalName> names, Predicate<Kind> kinds, Function<RelationalName, Object> key) {
        Map<Object, RelationalName> first = new HashMap<>();
        return names.stream()
                .filter(name -> kinds.test(name.kind()))
                .flatMap(name -> Optional.ofNullable(first.putIfAbsent(key.apply(name), name)).stream()
                        .map(earlier -> clash(name, earlier)))
                .toList()
                .stream();
    }

    /** The sequence of an identity takes a free name, but what is made after its table finds the name taken. */
    private Stream<Finding> identities(List<RelationalName> names) {
        Map<Object, RelationalName> sequences = new HashMap<>();
        names.stream()
                .filter(name -> name.kind() == Kind.IDENTITY)
                .forEach(name -> sequences.putIfAbsent(inSchema(name), name));
        return names.stream()
                .filter(name -> name.kind().isRelation() && name.kind() != Kind.SEQUENCE)
                .flatMap(name -> Optional.ofNullable(sequences.get(inSchema(name))).stream()
                        .map(sequence -> finding(
                                        name.at(),
                                        name.subject(),
                                        described(name) + " has the name of the sequence of `" + sequence.subject()
                                                + "`")
                                .withHelp(help(name))
                                .withRelated(sequence.at(), "the identity that brings the sequence along")));
    }

    private Finding clash(RelationalName name, RelationalName earlier) {
        var other = earlier.kind().words();
        var article = name.kind() == earlier.kind()
                ? "another "
                : other.startsWith("e") || other.startsWith("i") ? "an " : "a ";
        var cut = name.name().equals(earlier.name()) ? "" : ", once both are cut to the bytes that PostgreSQL keeps";
        return finding(name.at(), name.subject(), described(name) + " has the name of " + article + other + cut)
                .withHelp(help(name))
                .withRelated(earlier.at(), "first used here");
    }

    private Optional<Finding> builtIn(RelationalName name) {
        return reservation(name)
                .map(other -> finding(name.at(), name.subject(), described(name) + " has the name of " + other)
                        .withHelp(help(name)));
    }

    private static Optional<String> reservation(RelationalName name) {
        var inDefaultSchema =
                name.schema().filter(PostgresNames.DEFAULT_SCHEMA::equals).isPresent();
        return switch (name.kind()) {
            case TYPE ->
                inDefaultSchema && DIALECT.isBuiltInType(name.name())
                        ? Optional.of("a type of PostgreSQL's own, which it finds first")
                        : Optional.empty();
            case COLUMN ->
                DIALECT.isSystemColumn(name.name()) ? Optional.of("a column that every table has") : Optional.empty();
            case SCHEMA ->
                PostgresNames.isReservedSchema(name.name())
                        ? Optional.of("a schema of PostgreSQL's own")
                        : Optional.empty();
            case ROLE ->
                PostgresRoles.isReserved(name.name())
                        ? Optional.of("those that PostgreSQL keeps for itself")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String described(RelationalName name) {
        return name.kind().words() + " `" + name.name() + "`"
                + name.within().map(table -> " of `" + table + "`").orElse("");
    }

    private static String help(RelationalName name) {
        return switch (name.kind()) {
            case TABLE -> "give the entity another `table:`";
            case PARTITION -> "rename the partition";
            case SCHEMA, ROLE -> "choose a name of your own";
            case COLUMN -> "give the attribute another `column:`";
            case UNIQUE_KEY -> "name the key yourself: `unique: {<name>: [...]}`";
            case PRIMARY_KEY -> "name the key yourself: `key: {on: [...], name: <name>}`";
            case FOREIGN_KEY -> "give the reference another role, or a `name:`";
            default -> "rename one of the two";
        };
    }
}
