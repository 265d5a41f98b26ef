package dev.schemaproof.analysis.cure;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.cure.LooseEnd.Kind;
import dev.schemaproof.analysis.name.UsedNames;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueTable.ItemType;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who uses an entity from outside of it. The whole model is looked through once, for all entities. */
final class Readers {

    private final Facts facts;

    /** A path of references and where it ends. */
    private record Path(String pattern, String text, String prefix, String attribute) {}

    private final Map<String, List<Path>> paths = new HashMap<>();
    private final Map<String, List<AccessPattern.Sql>> statements = new HashMap<>();
    private final Map<String, List<Contract>> contracts = new HashMap<>();
    private final Map<String, List<Incoming>> incoming = new HashMap<>();

    private record Incoming(String name, List<String> attributes) {}

    Readers(Facts facts) {
        this.facts = facts;
        var model = facts.model();
        for (var pattern : model.patterns().values()) {
            if (pattern instanceof AccessPattern.Read read) {
                model.entity(read.entity().value())
                        .ifPresent(start -> names(read).forEach(name -> follow(start, read, name)));
                read.include()
                        .forEach(include -> model.entity(include.entity().value())
                                .ifPresent(start -> names(include).forEach(name -> follow(start, read, name))));
            } else if (pattern instanceof AccessPattern.Sql sql) {
                facts.namesIn(sql)
                        .entities()
                        .forEach(entity -> statements
                                .computeIfAbsent(entity, name -> new ArrayList<>())
                                .add(sql));
            }
        }
        for (var contract : model.contracts().values()) {
            entitiesOf(contract)
                    .forEach(entity -> contracts
                            .computeIfAbsent(entity, name -> new ArrayList<>())
                            .add(contract));
        }
        for (var entity : model.entities().values()) {
            for (var reference : entity.references().values()) {
                model.entity(reference.entity().value())
                        .ifPresent(target -> incoming.computeIfAbsent(
                                        target.name().value(), name -> new ArrayList<>())
                                .add(new Incoming(
                                        entity.name() + "." + reference.role(), reference.referredNames(target))));
            }
        }
    }

    private static Set<String> names(AccessPattern.Read read) {
        var names = new LinkedHashSet<String>();
        read.select().forEach(name -> names.add(name.value()));
        read.where().forEach(condition -> names.add(condition.attribute().value()));
        read.orderBy().forEach(order -> names.add(order.attribute().value()));
        return names;
    }

    private static Set<String> names(AccessPattern.Include include) {
        var names = new LinkedHashSet<String>();
        include.select().forEach(name -> names.add(name.value()));
        include.orderBy().forEach(order -> names.add(order.attribute().value()));
        return names;
    }

    private void follow(Entity start, AccessPattern.Read read, String text) {
        var dot = text.lastIndexOf('.');
        var at = Optional.of(start);
        for (var role : dot < 0 ? new String[0] : text.substring(0, dot).split("\\.", -1)) {
            at = at.flatMap(entity -> entity.reference(role))
                    .flatMap(
                            reference -> facts.model().entity(reference.entity().value()));
        }
        at.ifPresent(end -> paths.computeIfAbsent(end.name().value(), name -> new ArrayList<>())
                .add(new Path(read.name().value(), text, text.substring(0, dot + 1), text.substring(dot + 1))));
    }

    private Set<String> entitiesOf(Contract contract) {
        var entities = new LinkedHashSet<String>();
        var from = contract.duplicates().flatMap(Contract.Duplicates::from).map(located -> located.value());
        if (from.orElse(null) instanceof Derivation.Aggregate aggregate) {
            entities.add(aggregate.entity().value());
        } else if (from.orElse(null) instanceof Derivation.Latest latest) {
            entities.add(latest.entity().value());
        } else if (from.orElse(null) instanceof Derivation.Count count) {
            entities.add(count.entity().value());
        } else if (from.orElse(null) instanceof Derivation.Exists exists) {
            entities.add(exists.entity().value());
        } else if (from.orElse(null) instanceof Derivation.Copy copy) {
            into(contract).ifPresent(start -> end(start, copy.path().value()).ifPresent(entities::add));
        } else if (from.orElse(null) instanceof Derivation.Query query) {
            entities.addAll(used(query.sql()).entities());
        }
        instead(contract).ifPresent(instead -> entities.addAll(used(instead).entities()));
        return entities;
    }

    private Optional<Entity> into(Contract contract) {
        return contract.duplicates()
                .flatMap(Contract.Duplicates::into)
                .flatMap(into -> facts.model().entity(into.entity().value()));
    }

    private Optional<String> end(Entity start, String path) {
        var names = path.split("\\.", -1);
        var at = Optional.of(start);
        for (var i = 0; i < names.length - 1; i++) {
            var role = names[i];
            at = at.flatMap(entity -> entity.reference(role))
                    .flatMap(
                            reference -> facts.model().entity(reference.entity().value()));
        }
        return at.map(entity -> entity.name().value());
    }

    private static Optional<SourceText> instead(Contract contract) {
        return contract.gain().flatMap(Contract.Gain::instead);
    }

    private UsedNames used(SourceText statement) {
        return facts.sql().statement(statement).map(UsedNames::in).orElseGet(UsedNames::unknown);
    }

    /** What uses the attributes that a cure takes away. */
    List<LooseEnd> of(Cure cure) {
        var gone = new LinkedHashSet<>(cure.moved());
        gone.addAll(cure.dropped());
        var name = cure.before().name().value();
        var ends = new ArrayList<LooseEnd>();
        for (var other : incoming.getOrDefault(name, List.of())) {
            var broken = other.attributes().stream().anyMatch(gone::contains);
            if (broken) {
                ends.add(new LooseEnd(Kind.INCOMING, other.name(), other.attributes()));
            }
        }
        reads(cure, gone).forEach((pattern, names) -> ends.add(new LooseEnd(Kind.READ, pattern, names)));
        for (var pattern : facts.patternsOn(cure.before())) {
            if (pattern instanceof AccessPattern.Write write) {
                var written = Stream.concat(
                                write.set().stream().map(set -> set.value()),
                                write.where().stream()
                                        .map(condition -> condition.attribute().value()))
                        .filter(gone::contains)
                        .distinct()
                        .toList();
                if (!written.isEmpty()
                        || write.kind() == AccessPattern.WriteKind.INSERT
                        || write.kind() == AccessPattern.WriteKind.UPSERT) {
                    ends.add(new LooseEnd(
                            Kind.WRITE, write.name().value(), written.isEmpty() ? List.copyOf(gone) : written));
                }
            } else if (pattern instanceof AccessPattern.Read read
                    && read.select().isEmpty()
                    && read.find() != AccessPattern.Find.COUNT) {
                ends.add(new LooseEnd(Kind.READ_ALL, read.name().value(), cure.moved()));
            }
        }
        statements
                .getOrDefault(name, List.of())
                .forEach(sql -> used(cure, gone, facts.namesIn(sql))
                        .ifPresent(names ->
                                ends.add(new LooseEnd(Kind.STATEMENT, sql.name().value(), names))));
        contracts
                .getOrDefault(name, List.of())
                .forEach(contract -> contract(cure, gone, contract)
                        .ifPresent(names -> ends.add(
                                new LooseEnd(Kind.CONTRACT, contract.name().value(), names))));
        items(cure.before(), gone).forEach(ends::add);
        return ends;
    }

    /** For each pattern the paths that it reads now, each followed by that of afterwards. */
    private Map<String, List<String>> reads(Cure cure, Set<String> gone) {
        var reads = new LinkedHashMap<String, List<String>>();
        for (var path : paths.getOrDefault(cure.before().name().value(), List.of())) {
            if (gone.contains(path.attribute())) {
                var names = reads.computeIfAbsent(path.pattern(), pattern -> new ArrayList<>());
                names.add(path.text());
                names.add(cure.pathTo(path.attribute())
                        .map(to -> path.prefix() + to)
                        .orElse(""));
            }
        }
        return reads;
    }

    private static Optional<List<String>> used(Cure cure, Set<String> gone, UsedNames names) {
        var used = gone.stream()
                .filter(name -> cure.before()
                        .attribute(name)
                        .filter(attribute -> names.mayRead(cure.before(), attribute)
                                || names.assigned().stream()
                                        .anyMatch(assigned -> assigned.entity()
                                                        .name()
                                                        .equals(cure.before().name())
                                                && assigned.attribute().name().equals(attribute.name())))
                        .isPresent())
                .toList();
        return used.isEmpty() ? Optional.empty() : Optional.of(used);
    }

    private Optional<List<String>> contract(Cure cure, Set<String> gone, Contract contract) {
        var used = new LinkedHashSet<String>();
        var from = contract.duplicates().flatMap(Contract.Duplicates::from).map(located -> located.value());
        if (from.orElse(null) instanceof Derivation.Aggregate aggregate) {
            used.add(aggregate.attribute().value());
            aggregate.where().ifPresent(where -> used.addAll(in(where)));
        } else if (from.orElse(null) instanceof Derivation.Latest latest) {
            used.add(latest.attribute().value());
            used.add(latest.orderBy().value());
            latest.where().ifPresent(where -> used.addAll(in(where)));
        } else if (from.orElse(null) instanceof Derivation.Count count) {
            count.where().ifPresent(where -> used.addAll(in(where)));
        } else if (from.orElse(null) instanceof Derivation.Exists exists) {
            exists.where().ifPresent(where -> used.addAll(in(where)));
        } else if (from.orElse(null) instanceof Derivation.Copy copy) {
            var path = copy.path().value();
            if (into(contract)
                    .flatMap(start -> end(start, path))
                    .filter(cure.before().name().value()::equals)
                    .isPresent()) {
                used.add(path.substring(path.lastIndexOf('.') + 1));
            }
        } else if (from.orElse(null) instanceof Derivation.Query query) {
            used(cure, gone, used(query.sql())).ifPresent(used::addAll);
        }
        instead(contract).flatMap(sql -> used(cure, gone, used(sql))).ifPresent(used::addAll);
        used.retainAll(gone);
        return used.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(used));
    }

    private Set<String> in(SourceText condition) {
        var names = new LinkedHashSet<String>();
        facts.sql()
                .expression(condition)
                .ifPresent(reading -> reading.names()
                        .columns()
                        .values()
                        .forEach(column -> names.add(column.attribute().name().value())));
        return names;
    }

    /** Items of key-value tables that store what goes, or have it in their keys. */
    private List<LooseEnd> items(Entity entity, Set<String> gone) {
        return facts.model()
                .keyValueStores()
                .flatMap(store -> store.tables().values().stream())
                .flatMap(table -> Optional.ofNullable(
                                table.items().get(entity.name().value()))
                        .stream()
                        .map(item -> stored(item, gone))
                        .filter(names -> !names.isEmpty())
                        .map(names -> new LooseEnd(Kind.ITEM, table.name().value(), names)))
                .toList();
    }

    private static List<String> stored(ItemType item, Set<String> gone) {
        var templates = Stream.concat(
                        item.key().values().stream(),
                        item.indexKeys().values().stream().flatMap(parts -> parts.values().stream()))
                .map(SourceText::value)
                .toList();
        return gone.stream()
                .filter(name -> item.attributes()
                                .map(names -> Usage.values(names).contains(name))
                                .orElse(true)
                        || templates.stream()
                                .anyMatch(text -> text.contains("{" + name + "}") || text.contains("{" + name + ":"))
                        || Stream.concat(item.shards().stream(), item.indexShards().values().stream())
                                .flatMap(shards -> shards.by().stream())
                                .anyMatch(by -> by.value().equals(name)))
                .toList();
    }
}
