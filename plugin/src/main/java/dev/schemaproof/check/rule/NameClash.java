package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.relational.RelationalName;
import dev.schemaproof.analysis.relational.RelationalName.Kind;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
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
                        among(names, Kind::isRelation, name -> name.name()),
                        among(names, Kind::isType, name -> name.name()),
                        among(names, Kind::isConstraint, NameClash::qualified),
                        among(names, kind -> kind == Kind.COLUMN || kind == Kind.LABEL, NameClash::qualified),
                        names.stream().flatMap(name -> builtIn(name).stream()))
                .flatMap(Function.identity());
    }

    private static Object qualified(RelationalName name) {
        return List.of(name.kind() == Kind.LABEL, name.within(), name.name());
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

    private Finding clash(RelationalName name, RelationalName earlier) {
        var other = (name.kind() == earlier.kind() ? "another " : "a ")
                + earlier.kind().words();
        return finding(name.at(), name.subject(), described(name) + " has the name of " + other)
                .withHelp(help(name))
                .withRelated(earlier.at(), "first used here");
    }

    private Optional<Finding> builtIn(RelationalName name) {
        var clash = name.kind() == Kind.TYPE && DIALECT.isBuiltInType(name.name())
                ? Optional.of("a type of PostgreSQL's own, which it finds first")
                : name.kind() == Kind.COLUMN && DIALECT.isSystemColumn(name.name())
                        ? Optional.of("a column that every table has")
                        : Optional.<String>empty();
        return clash.map(other -> finding(name.at(), name.subject(), described(name) + " has the name of " + other)
                .withHelp(help(name)));
    }

    private static String described(RelationalName name) {
        return name.kind().words() + " `" + name.name() + "`"
                + name.within().map(table -> " of `" + table + "`").orElse("");
    }

    private static String help(RelationalName name) {
        return switch (name.kind()) {
            case TABLE -> "give the entity another `table:`";
            case COLUMN -> "give the attribute another `column:`";
            case UNIQUE_KEY -> "name the key yourself: `unique: {<name>: [...]}`";
            case FOREIGN_KEY -> "give the reference another role";
            case PRIMARY_KEY, CHECK, INDEX, TYPE, LABEL -> "rename one of the two";
        };
    }
}
