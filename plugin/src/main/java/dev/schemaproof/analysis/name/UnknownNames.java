package dev.schemaproof.analysis.name;

import dev.schemaproof.analysis.keyvalue.ItemCopies;
import dev.schemaproof.analysis.name.UnknownName.Kind;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the names in a model that name nothing, in one walk. Names inside SQL and inside key templates are the business
 * of those who parse them.
 */
public final class UnknownNames {

    private final Model model;
    private final NameCollector names;

    private UnknownNames(Model model) {
        this.model = model;
        names = new NameCollector(model);
    }

    public static List<UnknownName> in(Model model) {
        var search = new UnknownNames(model);
        search.types();
        model.entities().values().stream().filter(Entity::sound).forEach(search::entity);
        model.patterns().values().stream()
                .filter(pattern -> pattern.header().sound())
                .forEach(search::pattern);
        model.contracts().values().stream().filter(Contract::sound).forEach(search::contract);
        model.keyValueStores()
                .flatMap(store -> store.tables().values().stream())
                .forEach(search::table);
        RelationalUnknowns.search(model, search.names);
        return search.names.unknown();
    }

    private void types() {
        for (var type : model.types().values()) {
            if (type instanceof TypeDefinition.Domain domain) {
                type(domain.base(), domain.name().value());
            }
        }
    }

    private void type(Located<DataType> type, String subject) {
        var innermost = type.value();
        while (innermost instanceof DataType.Array array) {
            innermost = array.element();
        }
        if (innermost instanceof DataType.Named named && !model.types().containsKey(named.name())) {
            var known = new TreeSet<>(model.types().keySet());
            Arrays.stream(ScalarKind.values()).map(ScalarKind::word).forEach(known::add);
            known.addAll(List.of("string", "char", "decimal", "array"));
            names.add(Kind.TYPE, new Located<>(named.name(), type.at()), subject, Optional.empty(), known);
        }
    }

    private void entity(Entity entity) {
        var subject = entity.name().value();
        entity.store().ifPresent(store -> names.store(store, subject));
        entity.attributes()
                .values()
                .forEach(attribute ->
                        type(attribute.type(), subject + "." + attribute.name().value()));
        names.attributes(entity, entity.key(), subject);
        for (var unique : entity.uniques()) {
            names.attributes(entity, unique.attributes(), subject);
            names.attributes(entity, unique.design().include(), subject);
        }
        entity.references().values().forEach(reference -> reference(entity, reference));
        for (var index : entity.indexes().values()) {
            names.attributes(entity, index.include(), subject);
            names.parts(entity, index.on(), subject);
        }
        for (var dependency : entity.dependencies()) {
            names.attributes(entity, dependency.determinant(), subject);
            names.attributes(entity, dependency.dependent(), subject);
        }
        for (var independence : entity.independences()) {
            for (var name : Refutations.namesIn(independence.of().value())) {
                names.attribute(entity, new Located<>(name, independence.of().at()), subject);
            }
        }
    }

    private void reference(Entity entity, Reference reference) {
        var subject = entity.name() + "." + reference.role();
        names.entity(reference.entity(), subject)
                .ifPresent(target -> names.attributes(target, reference.to(), subject));
        names.attributes(entity, reference.setOnDelete(), subject);
        for (var attribute : reference.attributes()) {
            if (attribute.at().equals(reference.role().at())
                    && entity.attribute(attribute.value()).isEmpty()) {
                names.addDerived(
                        entity,
                        attribute,
                        subject,
                        "reference `" + reference.role() + "` takes its attributes from its own name and the key of `"
                                + reference.entity() + "`: add `" + attribute
                                + "`, or name those meant with `attributes: [...]`");
            } else {
                names.attribute(entity, attribute, subject);
            }
        }
    }

    private void pattern(AccessPattern pattern) {
        var subject = pattern.name().value();
        pattern.header().store().ifPresent(store -> names.store(store, subject));
        if (pattern instanceof AccessPattern.Read read) {
            names.entity(read.entity(), subject).ifPresent(entity -> {
                conditions(entity, read.where(), subject);
                read.orderBy().forEach(order -> names.path(entity, order.attribute(), subject));
                read.select().forEach(path -> names.path(entity, path, subject));
            });
            read.include().forEach(include -> include(include, subject));
        } else if (pattern instanceof AccessPattern.Write write) {
            names.entity(write.entity(), subject).ifPresent(entity -> {
                conditions(entity, write.where(), subject);
                names.attributes(entity, write.set(), subject);
            });
        }
    }

    private void include(AccessPattern.Include include, String subject) {
        names.entity(include.entity(), subject).ifPresent(entity -> {
            names.reference(entity, include.by(), subject);
            include.orderBy().forEach(order -> names.path(entity, order.attribute(), subject));
            include.select().forEach(path -> names.path(entity, path, subject));
        });
    }

    private void conditions(Entity entity, List<Condition> conditions, String subject) {
        conditions.forEach(condition -> names.path(entity, condition.attribute(), subject));
    }

    private void contract(Contract contract) {
        var subject = contract.name().value();
        contract.gain().flatMap(Contract.Gain::pattern).ifPresent(pattern -> names.pattern(pattern, subject));
        contract.duplicates().ifPresent(duplicates -> {
            var target = duplicates.into().flatMap(into -> {
                var entity = names.entity(into.entity(), subject);
                entity.ifPresent(found -> into.attribute()
                        .filter(attribute -> !isItemCopy(found, attribute.value()))
                        .ifPresent(attribute -> names.attribute(found, attribute, subject)));
                return entity;
            });
            duplicates.from().ifPresent(from -> derivation(from.value(), target, subject));
        });
    }

    /**
     * Whether items of the entity repeat something under this name, which is no attribute of the entity: of {@code
     * author.name} the name {@code name} or {@code author_name}.
     */
    private boolean isItemCopy(Entity entity, String name) {
        return model.keyValueStores()
                .flatMap(store -> store.tables().values().stream())
                .flatMap(table -> table.items().values().stream())
                .filter(item -> item.entity().value().equals(entity.name().value()))
                .flatMap(item -> item.copies().stream())
                .map(Located::value)
                .anyMatch(path -> path.replace('.', '_').equals(name)
                        || path.substring(path.lastIndexOf('.') + 1).equals(name));
    }

    private void derivation(Derivation derivation, Optional<Entity> target, String subject) {
        if (derivation instanceof Derivation.Count count) {
            child(count.entity(), count.by(), List.of(), subject);
        } else if (derivation instanceof Derivation.Exists exists) {
            child(exists.entity(), exists.by(), List.of(), subject);
        } else if (derivation instanceof Derivation.Aggregate aggregate) {
            child(aggregate.entity(), aggregate.by(), List.of(aggregate.attribute()), subject);
        } else if (derivation instanceof Derivation.Latest latest) {
            child(latest.entity(), latest.by(), List.of(latest.attribute(), latest.orderBy()), subject);
        } else if (derivation instanceof Derivation.Copy copy) {
            target.ifPresent(entity -> names.path(entity, copy.path(), subject));
        }
    }

    private void child(Located<String> name, Located<String> by, List<Located<String>> attributes, String subject) {
        names.entity(name, subject).ifPresent(entity -> {
            names.reference(entity, by, subject);
            names.attributes(entity, attributes, subject);
        });
    }

    private void table(KeyValueTable table) {
        var subject = table.name().value();
        for (var item : table.items().values()) {
            names.entity(item.entity(), subject).ifPresent(entity -> {
                item.attributes().ifPresent(stored -> names.attributes(entity, stored, subject));
                item.copies().forEach(path -> names.path(entity, path, subject));
            });
        }
        stored(table).ifPresent(stored -> {
            table.ttl().ifPresent(ttl -> stored(table, ttl, stored));
            for (var index : table.indexes().values()) {
                if (index.projection() instanceof KeyValueTable.Projection.Include include) {
                    include.attributes().forEach(name -> stored(table, name, stored));
                }
            }
        });
    }

    /** It must be an attribute of some item; which items have it is the table's business. */
    private void stored(KeyValueTable table, Located<String> name, Set<String> known) {
        if (!known.contains(name.value())) {
            var owner = Optional.of(table.name().value());
            names.add(Kind.ATTRIBUTE, name, table.name().value(), owner, known);
        }
    }

    /** The attributes of all items of the table, if all of them could be read. */
    private Optional<Set<String>> stored(KeyValueTable table) {
        var known = new TreeSet<String>();
        for (var item : table.items().values()) {
            var entity = model.entity(item.entity().value());
            if (entity.isEmpty() || !entity.get().sound()) {
                return Optional.empty();
            }
            known.addAll(item.attributes()
                    .map(UnknownNames::values)
                    .orElseGet(() -> List.copyOf(entity.get().attributes().keySet())));
            item.copies().forEach(copy -> known.add(new ItemCopies(model).storedName(entity.get(), copy.value())));
            known.addAll(item.key().keySet());
            item.indexKeys().values().forEach(templates -> known.addAll(templates.keySet()));
        }
        return Optional.of(known);
    }

    private static List<String> values(List<Located<String>> located) {
        return Located.values(located);
    }
}
