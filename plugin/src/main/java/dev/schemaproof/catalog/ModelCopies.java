package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.ForeignKey;
import dev.schemaproof.catalog.CatalogTable.Key;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The constraints by which copies in one table follow the rows that it refers to, and those by which others follow it: a key
 * of the table's key and the value, and a foreign key of the reference and the copy.
 */
final class ModelCopies {

    private final Entity entity;
    private final List<Copy> copies = new ArrayList<>();

    /** A copy, and where it comes from. */
    private record Copy(Entity holder, String attribute, Reference reference, Entity source, String value) {

        List<String> key() {
            return with(source, reference.referredNames(source), value);
        }

        List<String> referring() {
            return with(holder, reference.names(), attribute);
        }

        /** Of several referring columns, of which some may be empty, those count as none. */
        boolean full() {
            long optional = reference.names().stream()
                    .filter(name -> !holder.keyNames().contains(name)
                            && holder.attribute(name)
                                    .filter(found -> found.optional())
                                    .isPresent())
                    .count();
            return reference.match() == Reference.Match.FULL
                    || reference.names().size() == 1
                    || optional == 0;
        }

        private static List<String> with(Entity entity, List<String> names, String last) {
            return Stream.concat(names.stream(), Stream.of(last))
                    .map(name -> ModelTable.columnName(entity, name))
                    .toList();
        }
    }

    ModelCopies(Model model, RelationalStore store, Entity entity) {
        this.entity = entity;
        for (Contract contract : model.contracts().values()) {
            boolean triggered = contract.sync()
                    .flatMap(Contract.Sync::by)
                    .filter(by -> by.value() == Mechanism.TRIGGER)
                    .isPresent();
            Optional<Contract.Target> into = contract.duplicates().flatMap(Contract.Duplicates::into);
            if (triggered
                    && contract.duplicates()
                                    .flatMap(Contract.Duplicates::from)
                                    .map(Located::value)
                                    .orElse(null)
                            instanceof Derivation.Copy from) {
                String[] path = from.path().value().split("\\.", -1);
                into.flatMap(target -> model.entity(target.entity().value()))
                        .filter(holder ->
                                path.length == 2 && model.storeOf(holder).equals(store))
                        .ifPresent(holder -> holder.reference(path[0])
                                .ifPresent(reference -> model.entity(
                                                reference.entity().value())
                                        .filter(source -> isThere(source, path[1]))
                                        .ifPresent(source -> into.get()
                                                .attribute()
                                                .ifPresent(attribute -> copies.add(new Copy(
                                                        holder, attribute.value(), reference, source, path[1]))))));
            }
        }
    }

    /** No foreign key follows what may be absent. */
    private static boolean isThere(Entity source, String value) {
        return source.keyNames().contains(value)
                || source.attribute(value)
                        .filter(attribute -> !attribute.optional())
                        .isPresent();
    }

    /** What copies elsewhere refer to, unless it is a key as it is. */
    Stream<Key> keys() {
        Set<List<String>> known = new HashSet<>();
        return copies.stream()
                .filter(copy -> copy.source().equals(entity) && !isKey(copy) && known.add(copy.key()))
                .map(copy -> new Key(
                        PostgresNames.unique(entity.table().value(), copy.key()),
                        copy.key(),
                        List.of(),
                        false,
                        false,
                        Deferral.NOT_DEFERRABLE,
                        Map.of(),
                        Optional.empty()));
    }

    private boolean isKey(Copy copy) {
        Set<String> wanted = new HashSet<>(copy.reference().referredNames(entity));
        wanted.add(copy.value());
        return !entity.relational().keyDesign().deferral().deferrable()
                        && Set.copyOf(entity.keyNames()).equals(wanted)
                || entity.uniques().stream()
                        .anyMatch(unique -> !unique.design().deferral().deferrable()
                                && Set.copyOf(unique.names()).equals(wanted));
    }

    /** By which the copies in this table follow. */
    Stream<ForeignKey> foreignKeys() {
        return copies.stream().filter(copy -> copy.holder().equals(entity)).map(this::foreignKey);
    }

    private ForeignKey foreignKey(Copy copy) {
        Reference reference = copy.reference();
        String column = ModelTable.columnName(entity, copy.attribute());
        List<String> emptied = new ArrayList<>();
        reference.setOnDelete().forEach(name -> emptied.add(ModelTable.columnName(entity, name.value())));
        if (!emptied.isEmpty()) {
            emptied.add(column);
        }
        String name = reference
                .name()
                .map(Located::value)
                .orElseGet(() -> PostgresNames.foreignKey(
                        entity.table().value(), reference.role().value()));
        return new ForeignKey(
                PostgresNames.fit(name + "_" + column),
                copy.referring(),
                ModelCatalog.name(
                        copy.source().relational().schema(), copy.source().table()),
                copy.key(),
                reference.onDelete().word(),
                emptied,
                Reference.Action.CASCADE.word(),
                copy.full() ? Reference.Match.FULL.word() : Reference.Match.SIMPLE.word(),
                reference.deferral(),
                false,
                true,
                Optional.empty());
    }
}
