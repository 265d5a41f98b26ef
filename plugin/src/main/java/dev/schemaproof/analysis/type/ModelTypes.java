package dev.schemaproof.analysis.type;

import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.analysis.sql.SqlReading;
import dev.schemaproof.analysis.type.TypedText.Role;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Partitioning.Bound;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The types of all expressions of a model's relational stores. */
public final class ModelTypes {

    private final Model model;
    private final ModelSql sql;
    private final Literals literals;
    private final Map<String, TypeSystem> systems = new ConcurrentHashMap<>();
    private final Map<SourceText, TypedText> texts = new LinkedHashMap<>();
    private List<TypedText> inOrder = List.of();
    private List<FoundFlaw> flaws = List.of();
    private final List<Supplier<Optional<TypedText>>> inferences = new ArrayList<>();

    /** What is known of the columns that an expression names. */
    private record Columns(
            Function<SqlExpression.Column, Optional<SqlType>> types,
            Function<SqlExpression.Column, Optional<String>> collations) {

        static final Columns NONE = new Columns(column -> Optional.empty(), column -> Optional.empty());
    }

    private ModelTypes(Model model, ModelSql sql) {
        this.model = model;
        this.sql = sql;
        literals = new Literals(model);
    }

    /** Infers the types of every default, check, index key and so on that could be read. */
    public static ModelTypes of(Model model, ModelSql sql) {
        var types = new ModelTypes(model, sql);
        model.relationalStores()
                .findFirst()
                .ifPresent(store -> model.types().values().forEach(type -> types.type(type, store)));
        for (var entity : model.entities().values()) {
            if (entity.sound() && model.storeOf(entity) instanceof RelationalStore store) {
                types.entity(entity, store);
            }
        }
        types.infer();
        types.judge();
        return types;
    }

    /** What is wrong in expressions, in statements, and in structured patterns. */
    private void judge() {
        var found = new ArrayList<FoundFlaw>();
        for (var text : inOrder) {
            text.flaws()
                    .forEach(flaw ->
                            found.add(FoundFlaw.in(text.reading(), text.types().store(), flaw)));
        }
        found.addAll(sql.statements()
                .parallel()
                .flatMap(statement -> judge(statement.reading(), statement.store()))
                .toList());
        found.addAll(model.patterns().values().parallelStream()
                .filter(pattern -> pattern.header().sound())
                .flatMap(this::judge)
                .toList());
        flaws = List.copyOf(found);
    }

    private Stream<FoundFlaw> judge(SqlReading<SqlStatement> reading, RelationalStore store) {
        return reading.parsed().tree().stream()
                .flatMap(tree -> new StatementTyping(system(store), literals, reading)
                        .flaws(tree).stream().map(flaw -> FoundFlaw.in(reading, store, flaw)));
    }

    private Stream<FoundFlaw> judge(AccessPattern pattern) {
        var conditions = pattern instanceof AccessPattern.Read read
                ? read.where()
                : pattern instanceof AccessPattern.Write write ? write.where() : List.<Condition>of();
        return conditions.isEmpty() || !(model.storeOf(pattern) instanceof RelationalStore store)
                ? Stream.empty()
                : new StructuredTyping(model, system(store)).flaws(pattern, conditions, literals).stream();
    }

    /** What PostgreSQL would surely refuse, in the order of the model. */
    public List<FoundFlaw> flaws() {
        return flaws;
    }

    /** Side by side, as no expression needs the type of another. */
    private void infer() {
        inferences.parallelStream()
                .map(Supplier::get)
                .toList()
                .forEach(text ->
                        text.ifPresent(typed -> texts.put(typed.reading().source(), typed)));
        inferences.clear();
        inOrder = List.copyOf(texts.values());
    }

    /** All expressions with their types. */
    public List<TypedText> texts() {
        return inOrder;
    }

    /** An expression of the model with its types; empty if it could not be read. */
    public Optional<TypedText> text(SourceText source) {
        return Optional.ofNullable(texts.get(source));
    }

    /** The types that a store knows. */
    public TypeSystem system(RelationalStore store) {
        return systems.computeIfAbsent(store.name().value(), name -> new TypeSystem(model, store));
    }

    private void type(TypeDefinition type, RelationalStore store) {
        if (type instanceof TypeDefinition.Domain domain) {
            var base = domain.base().value();
            var name = domain.name().value();
            var types = system(store);
            domain.defaultValue()
                    .ifPresent(value -> add(Role.DEFAULT, value, types, Columns.NONE, Optional.of(base), name));
            var value = new Columns(column -> types.of(base), column -> collation(domain));
            Stream.concat(
                            domain.check().stream(),
                            domain.checks().values().stream().map(check -> check.expression()))
                    .forEach(check -> add(Role.CHECK, check, types, value, Optional.empty(), name));
        }
    }

    /** The collation that a domain, or one that it stands on, declares. */
    private Optional<String> collation(TypeDefinition.Domain domain) {
        var seen = new HashSet<String>();
        var next = Optional.of(domain);
        while (next.isPresent() && seen.add(next.get().name().value())) {
            if (next.get().collation().isPresent()) {
                return next.get().collation().map(Located::value);
            }
            next = domain(next.get().base().value());
        }
        return Optional.empty();
    }

    private Optional<TypeDefinition.Domain> domain(DataType type) {
        return type instanceof DataType.Named named
                        && model.types().get(named.name()) instanceof TypeDefinition.Domain domain
                ? Optional.of(domain)
                : Optional.empty();
    }

    private Optional<String> collation(Attribute attribute) {
        return attribute
                .collation()
                .map(Located::value)
                .or(() -> domain(attribute.type().value()).flatMap(this::collation));
    }

    private void entity(Entity entity, RelationalStore store) {
        var name = entity.name().value();
        var types = system(store);
        for (var attribute : entity.attributes().values()) {
            var own = name + "." + attribute.name();
            var type = Optional.of(attribute.type().value());
            attribute.defaultValue().ifPresent(value -> add(Role.DEFAULT, value, types, type, own));
            attribute.generated().ifPresent(value -> add(Role.GENERATED, value, types, type, own));
            attribute.check().ifPresent(check -> add(Role.CHECK, check, types, Optional.empty(), own));
        }
        entity.checks()
                .forEach((check, condition) -> add(Role.CHECK, condition.expression(), types, Optional.empty(), check));
        for (var index : entity.indexes().values()) {
            index.on()
                    .forEach(part ->
                            part(part, Role.INDEX_KEY, types, index.name().value()));
            index.where()
                    .ifPresent(where -> add(
                            Role.PREDICATE,
                            where,
                            types,
                            Optional.empty(),
                            index.name().value()));
        }
        for (var exclusion : entity.relational().exclusions().values()) {
            var own = exclusion.name().value();
            exclusion.elements().forEach(element -> part(element.part(), Role.INDEX_KEY, types, own));
            exclusion.where().ifPresent(where -> add(Role.PREDICATE, where, types, Optional.empty(), own));
        }
        entity.relational()
                .rowSecurity()
                .ifPresent(security -> security.policies()
                        .forEach((policy, rows) -> Stream.of(rows.using(), rows.check())
                                .flatMap(Optional::stream)
                                .forEach(condition -> add(Role.POLICY, condition, types, Optional.empty(), policy))));
        entity.relational().partitioning().ifPresent(division -> partitioning(entity, division, types, name));
    }

    private void part(Index.Part part, Role role, TypeSystem types, String name) {
        if (part.expression()) {
            add(role, part.text(), types, Optional.empty(), name);
        }
    }

    private void partitioning(Entity entity, Partitioning division, TypeSystem types, String name) {
        division.on().forEach(part -> part(part, Role.PARTITION_KEY, types, name));
        for (var partition : division.partitions().values()) {
            var own = partition.name().value();
            if (partition.bound() instanceof Bound.Range range) {
                bounds(entity, division, range.from(), types, own);
                bounds(entity, division, range.to(), types, own);
            } else if (partition.bound() instanceof Bound.In list) {
                list.values().forEach(value -> bound(entity, division, 0, value, types, own));
            }
            partition.partitioning().ifPresent(inner -> partitioning(entity, inner, types, own));
        }
    }

    private void bounds(Entity entity, Partitioning division, List<SourceText> values, TypeSystem types, String name) {
        for (var i = 0; i < values.size(); i++) {
            bound(entity, division, i, values.get(i), types, name);
        }
    }

    private void bound(Entity entity, Partitioning division, int i, SourceText value, TypeSystem types, String name) {
        var type = division.on().stream()
                .skip(i)
                .findFirst()
                .flatMap(Index.Part::attribute)
                .flatMap(entity::attribute)
                .map(attribute -> attribute.type().value());
        add(Role.PARTITION_BOUND, value, types, type, name);
    }

    private void add(Role role, SourceText source, TypeSystem types, Optional<DataType> target, String name) {
        var stored = sql.expression(source).map(reading -> reading.names());
        add(
                role,
                source,
                types,
                new Columns(
                        column -> stored.flatMap(names -> names.isRow(column)
                                ? Optional.of(SqlType.ROW)
                                : names.stored(column)
                                        .flatMap(found -> types.operand(
                                                found.attribute().type().value()))),
                        column -> stored.flatMap(names -> names.stored(column))
                                .flatMap(found -> collation(found.attribute()))),
                target,
                name);
    }

    private void add(
            Role role, SourceText source, TypeSystem types, Columns columns, Optional<DataType> target, String name) {
        sql.expression(source)
                .ifPresent(reading ->
                        inferences.add(() -> reading.parsed().tree().map(tree -> {
                            var typing = new Typing(types, literals, source.value(), columns.types());
                            var typed = role.isCondition() ? typing.condition(tree, role.words()) : typing.type(tree);
                            target.flatMap(types::of)
                                    .filter(type -> typed.type()
                                            .filter(SqlType::isUnknown)
                                            .isPresent())
                                    .ifPresent(type -> typing.literal(tree, type));
                            var collation = new Collating(types, typing::found, columns.collations()).of(tree);
                            return new TypedText(
                                    role, reading, tree, typed, collation, typing.flaws(), target, types, name);
                        })));
    }

    /** The type of an expression within a text of the model; empty where it is not known. */
    public Optional<SqlType> of(SqlExpression expression, SqlReading<?> reading, RelationalStore store) {
        var types = system(store);
        return new Typing(
                        types,
                        literals,
                        reading.source().value(),
                        column -> reading.names()
                                .stored(column)
                                .flatMap(found ->
                                        types.operand(found.attribute().type().value())))
                .type(expression)
                .type();
    }

    /** The type of an attribute; empty where it is not known. */
    public Optional<SqlType> of(Entity entity, Attribute attribute) {
        return model.storeOf(entity) instanceof RelationalStore store
                ? system(store).of(attribute.type().value())
                : Optional.empty();
    }

    /** The type of an index's or partition key's part; empty where it is not known. */
    public Optional<SqlType> of(Entity entity, Index.Part part) {
        if (!(model.storeOf(entity) instanceof RelationalStore store)) {
            return Optional.empty();
        }
        return part.attribute().isPresent()
                ? part.attribute()
                        .flatMap(entity::attribute)
                        .map(Attribute::type)
                        .flatMap(type -> system(store).of(type.value()))
                : Optional.ofNullable(texts.get(part.text()))
                        .flatMap(text -> text.typed().type());
    }
}
