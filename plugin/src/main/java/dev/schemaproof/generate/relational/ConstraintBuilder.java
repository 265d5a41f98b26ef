package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.analysis.type.ExtensionPlaces;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.SchemaScript.Constraint;
import dev.schemaproof.model.Check;
import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The constraints of tables. */
final class ConstraintBuilder {

    private final Model model;
    private final RelationalStore store;
    private final TableOrder order;
    private final List<CopyContract> followed;
    private final BaseTypes bases;

    /** @param followed the copies that the database keeps */
    ConstraintBuilder(Model model, RelationalStore store, TableOrder order, List<CopyContract> followed) {
        this.model = model;
        this.store = store;
        this.order = order;
        this.followed = followed.stream().filter(copy -> !copy.isTied()).toList();
        bases = new BaseTypes(model);
    }

    /** Those that can be made with the table. */
    List<Constraint> of(Entity entity) {
        List<Constraint> constraints = new ArrayList<>();
        if (!entity.key().isEmpty()) {
            constraints.add(constraint(
                    RelationalNames.primaryKeyName(entity),
                    key(
                            entity,
                            "PRIMARY KEY",
                            entity.keyNames(),
                            entity.relational().keyDesign())));
        }
        for (var unique : entity.uniques()) {
            constraints.add(constraint(
                    RelationalNames.uniqueName(entity, unique),
                    key(
                            entity,
                            unique.design().nullsNotDistinct() ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE",
                            unique.names(),
                            unique.design())));
        }
        constraints.addAll(followedKeys(entity));
        for (var attribute : entity.attributes().values()) {
            attribute
                    .check()
                    .ifPresent(check -> constraints.add(constraint(
                            PostgresNames.check(
                                    entity.table().value(), attribute.column().value()),
                            "CHECK " + SqlText.enclosed(check))));
        }
        entity.checks().values().forEach(check -> constraints.add(check(check)));
        entity.relational().exclusions().values().forEach(exclusion -> constraints.add(exclusion(entity, exclusion)));
        for (var reference : entity.references().values()) {
            if (order.holds(reference) && isReady(entity, reference)) {
                constraints.add(foreignKey(entity, reference));
                constraints.addAll(followingKeys(entity, reference));
            }
        }
        return constraints;
    }

    /** Foreign keys that have to wait until all tables and indexes are there. */
    List<Constraint> lateForeignKeys(Entity entity) {
        return entity.references().values().stream()
                .filter(reference -> order.holds(reference) && !isReady(entity, reference))
                .flatMap(reference -> Stream.concat(
                        Stream.of(foreignKey(entity, reference)), followingKeys(entity, reference).stream()))
                .toList();
    }

    /**
     * What is unique by an index alone, rather than by a constraint, is not yet unique when the table is made, and a
     * deferrable constraint does not count.
     */
    private boolean isReady(Entity entity, Reference reference) {
        var target = target(reference);
        Set<String> referred = new HashSet<>(reference.referredNames(target));
        return order.resolved(entity, reference)
                && (referred.equals(Set.copyOf(target.keyNames()))
                                && !target.relational().keyDesign().deferral().deferrable()
                        || target.uniques().stream()
                                .filter(unique -> !unique.design().deferral().deferrable())
                                .map(UniqueKey::names)
                                .map(Set::copyOf)
                                .anyMatch(referred::equals));
    }

    private Entity target(Reference reference) {
        return model.entity(reference.entity().value()).orElseThrow();
    }

    private static String key(Entity entity, String kind, List<String> attributes, KeyDesign design) {
        return kind + " (" + SqlText.columns(entity, attributes) + ")" + include(entity, design.include())
                + SqlText.with(design.storage()) + deferral(design.deferral());
    }

    private static Constraint check(Check check) {
        return constraint(
                check.name().value(),
                "CHECK " + SqlText.enclosed(check.expression()) + (check.noInherit() ? " NO INHERIT" : ""));
    }

    private Constraint exclusion(Entity entity, Exclusion exclusion) {
        var elements = exclusion.elements().stream()
                .map(element -> IndexBuilder.part(store, entity, element.part(), exclusion.method()) + " WITH "
                        + operator(entity, element))
                .collect(Collectors.joining(", "));
        return constraint(
                exclusion.name().value(),
                "EXCLUDE USING " + exclusion.method().word() + " (" + elements + ")"
                        + include(entity, exclusion.include())
                        + SqlText.with(exclusion.storage())
                        + exclusion
                                .where()
                                .map(where -> " WHERE " + SqlText.enclosed(where))
                                .orElse("")
                        + deferral(exclusion.deferral()));
    }

    /** One that an extension brings to a SQL schema of its own has to be called by its full name. */
    private String operator(Entity entity, Exclusion.Element element) {
        var operator = element.operator().value();
        return element.part()
                .attribute()
                .flatMap(entity::attribute)
                .map(attribute -> bases.of(attribute.type().value()))
                .flatMap(type -> new ExtensionPlaces(store).schemaOf(operator, type))
                .map(schema -> "OPERATOR(" + schema + "." + operator + ")")
                .orElse(operator);
    }

    private Constraint foreignKey(Entity entity, Reference reference) {
        var target = target(reference);
        return constraint(
                RelationalNames.foreignKeyName(entity, reference),
                foreignKey(entity, reference.names(), target, reference.referredNames(target))
                        + (reference.match() == Reference.Match.FULL ? " MATCH FULL" : "")
                        + action("ON DELETE", reference.onDelete())
                        + columnsSet(entity, Located.values(reference.setOnDelete()))
                        + action("ON UPDATE", reference.onUpdate())
                        + deferral(reference.deferral()));
    }

    private static String foreignKey(Entity entity, List<String> names, Entity target, List<String> referred) {
        return "FOREIGN KEY (" + SqlText.columns(entity, names) + ") REFERENCES " + SqlText.table(target) + " ("
                + SqlText.columns(target, referred) + ")";
    }

    /** What copies refer to, one for all copies of a value. */
    List<Constraint> followedKeys(Entity entity) {
        Map<String, List<CopyContract>> copies = followed.stream()
                .filter(copy -> copy.target().equals(entity) && !copy.refersToKey())
                .collect(Collectors.groupingBy(RelationalNames::followedName, LinkedHashMap::new, Collectors.toList()));
        List<Constraint> keys = new ArrayList<>();
        copies.forEach((name, ofValue) -> keys.add(new Constraint(
                why("for copies of `" + ofValue.get(0).source().name() + "`", ofValue),
                DIALECT.identifier(name),
                "UNIQUE (" + SqlText.columns(entity, ofValue.get(0).followed()) + ")")));
        return keys;
    }

    /** By which the copies of an entity follow, over whichever reference. */
    List<Constraint> followingKeys(Entity entity) {
        return entity.references().values().stream()
                .flatMap(reference -> followingKeys(entity, reference).stream())
                .toList();
    }

    /**
     * By which copies follow. They act as the reference does when the row referred to goes; each comes after the reference, so
     * that it is this one which decides whether a key may change.
     */
    private List<Constraint> followingKeys(Entity entity, Reference reference) {
        return followed.stream()
                .filter(copy -> copy.entity().equals(entity) && copy.reference().equals(reference))
                .map(copy -> new Constraint(
                        why("copy of `" + reference.role() + "." + copy.source().name() + "`", List.of(copy)),
                        DIALECT.identifier(RelationalNames.followingName(copy)),
                        foreignKey(entity, copy.following(), copy.target(), copy.followed())
                                + (copy.allOrNone() ? " MATCH FULL" : "")
                                + action("ON DELETE", reference.onDelete())
                                + columnsSet(entity, setOnDelete(copy))
                                + action("ON UPDATE", Reference.Action.CASCADE)
                                + deferral(reference.deferral())))
                .toList();
    }

    private static List<String> setOnDelete(CopyContract copy) {
        List<String> names = new ArrayList<>(Located.values(copy.reference().setOnDelete()));
        if (!names.isEmpty()) {
            names.add(copy.copy().name().value());
        }
        return names;
    }

    private static List<String> why(String what, List<CopyContract> copies) {
        var names = copies.stream().map(CopyContract::name).collect(Collectors.joining(", "));
        return DIALECT.commentLines(what + ", for the contract" + (copies.size() > 1 ? "s " : " ") + names);
    }

    private static String columnsSet(Entity entity, List<String> names) {
        return names.isEmpty() ? "" : " (" + SqlText.columns(entity, names) + ")";
    }

    private static String action(String event, Reference.Action action) {
        return switch (action) {
            case NO_ACTION -> "";
            case RESTRICT -> " " + event + " RESTRICT";
            case CASCADE -> " " + event + " CASCADE";
            case SET_NULL -> " " + event + " SET NULL";
            case SET_DEFAULT -> " " + event + " SET DEFAULT";
        };
    }

    private static String deferral(Deferral deferral) {
        return switch (deferral) {
            case NOT_DEFERRABLE -> "";
            case INITIALLY_IMMEDIATE -> " DEFERRABLE";
            case INITIALLY_DEFERRED -> " DEFERRABLE INITIALLY DEFERRED";
        };
    }

    private static String include(Entity entity, List<Located<String>> attributes) {
        var names = Located.values(attributes);
        return names.isEmpty() ? "" : " INCLUDE (" + SqlText.columns(entity, names) + ")";
    }

    private static Constraint constraint(String name, String definition) {
        return new Constraint(List.of(), DIALECT.identifier(name), definition);
    }
}
