package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.OwnTypes;
import dev.schemaproof.analysis.type.ExtensionPlaces;
import dev.schemaproof.generate.relational.SchemaScript.Type;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The enums and domains of a store; a domain follows the type that it is based on. */
final class TypeBuilder {

    private final Model model;
    private final RelationalStore store;
    private final List<Type> types = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final OwnTypes own;

    TypeBuilder(Model model, RelationalStore store) {
        this.model = model;
        this.store = store;
        own = new OwnTypes(model);
    }

    List<Type> types() {
        model.types().values().forEach(this::add);
        return types;
    }

    /** What it is made of comes first. */
    private void add(TypeDefinition type) {
        var waiting = new ArrayDeque<TypeDefinition>();
        var next = Optional.of(type);
        while (next.isPresent() && seen.add(next.get().name().value()) && !isElsewhere(model, store, next.get())) {
            waiting.push(next.get());
            next = next.get() instanceof TypeDefinition.Domain domain
                    ? own.madeOf(domain.base().value())
                    : Optional.empty();
        }
        waiting.forEach(this::make);
    }

    private void make(TypeDefinition type) {
        var name = DIALECT.qualified(type.schema(), type.name().value());
        if (type instanceof TypeDefinition.Enumeration enumeration) {
            var labels = enumeration.labels().stream()
                    .map(Located::value)
                    .map(DIALECT::literal)
                    .toList();
            types.add(new Type(name, true, labels, "", List.of()));
        } else if (type instanceof TypeDefinition.Domain domain) {
            types.add(new Type(name, false, List.of(), base(domain), checks(domain)));
        }
    }

    /** In a SQL schema that only another store has. */
    static boolean isElsewhere(Model model, RelationalStore store, TypeDefinition type) {
        return type.schema()
                .filter(schema -> !store.schemas().containsKey(schema.value())
                        && model.relationalStores()
                                .anyMatch(other -> other.schemas().containsKey(schema.value())))
                .isPresent();
    }

    private String base(TypeDefinition.Domain domain) {
        var base = new StringBuilder(
                DIALECT.type(new ExtensionPlaces(store).placed(domain.base().value()), model.types()));
        domain.collation().ifPresent(name -> base.append(" COLLATE ").append(SqlText.collation(store, name.value())));
        domain.defaultValue().ifPresent(value -> base.append(" DEFAULT ").append(SqlText.defaultValue(value)));
        if (domain.required()) {
            base.append(" NOT NULL");
        }
        return base.toString();
    }

    private static List<String> checks(TypeDefinition.Domain domain) {
        List<String> checks = new ArrayList<>();
        domain.check().ifPresent(check -> checks.add("CHECK " + SqlText.enclosed(check)));
        domain.checks()
                .values()
                .forEach(check -> checks.add("CONSTRAINT "
                        + DIALECT.identifier(check.name().value()) + " CHECK " + SqlText.enclosed(check.expression())));
        return checks;
    }
}
