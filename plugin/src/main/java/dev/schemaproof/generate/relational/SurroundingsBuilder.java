package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.generate.relational.SchemaScript.Membership;
import dev.schemaproof.generate.relational.SchemaScript.Ownership;
import dev.schemaproof.generate.relational.SchemaScript.Role;
import dev.schemaproof.generate.relational.SchemaScript.Roles;
import dev.schemaproof.generate.relational.SchemaScript.Sequence;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SequenceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a store needs around its tables: roles, SQL schemas, extensions, sequences. */
final class SurroundingsBuilder {

    private final Model model;
    private final RelationalStore store;

    SurroundingsBuilder(Model model, RelationalStore store) {
        this.model = model;
        this.store = store;
    }

    Roles roles() {
        List<Membership> memberships = new ArrayList<>();
        for (var role : store.roles().values()) {
            for (var of : role.memberOf()) {
                memberships.add(new Membership(
                        DIALECT.identifier(of.value()),
                        DIALECT.literal(of.value()),
                        DIALECT.identifier(role.name().value()),
                        DIALECT.literal(role.name().value())));
            }
        }
        var all = store.roles().values().stream()
                .map(role -> new Role(
                        DIALECT.identifier(role.name().value()),
                        DIALECT.literal(role.name().value()),
                        role.login(),
                        role.description()
                                .map(String::strip)
                                .map(DIALECT::literal)
                                .orElse("")))
                .toList();
        return new Roles(DIALECT.dollarTag("schemaproof", all.toString() + memberships), all, memberships);
    }

    List<String> schemas() {
        return store.schemas().values().stream()
                .map(schema -> DIALECT.identifier(schema.name().value()))
                .toList();
    }

    /** What an extension needs may be one that is declared after it: {@code CASCADE} makes it there and then. */
    List<String> extensions() {
        return store.extensions().values().stream()
                .map(extension -> DIALECT.identifier(extension.name().value())
                        + extension
                                .schema()
                                .map(schema -> " SCHEMA " + DIALECT.identifier(schema.value()))
                                .orElse("")
                        + extension
                                .version()
                                .map(version -> " VERSION " + DIALECT.literal(version.value()))
                                .orElse("")
                        + " CASCADE")
                .toList();
    }

    List<Sequence> sequences() {
        return store.sequences().values().stream()
                .map(sequence -> {
                    var options = options(sequence.options());
                    return new Sequence(
                            DIALECT.qualified(sequence.schema(), sequence.name().value()),
                            "AS " + DIALECT.type(new DataType.Scalar(sequence.type()))
                                    + (options.isEmpty() ? "" : " " + options));
                })
                .toList();
    }

    /** How a sequence counts, as far as that is said. */
    static String options(SequenceOptions options) {
        List<String> words = new ArrayList<>();
        option("INCREMENT BY", options.increment(), words);
        option("MINVALUE", options.minimum(), words);
        option("MAXVALUE", options.maximum(), words);
        option("START WITH", options.start(), words);
        option("CACHE", options.cache(), words);
        if (options.cycle()) {
            words.add("CYCLE");
        }
        return String.join(" ", words);
    }

    private static void option(String word, Optional<Located<Long>> value, List<String> words) {
        value.ifPresent(number -> words.add(word + " " + number.value()));
    }

    /** Those of sequences whose column is in this store. */
    List<Ownership> ownerships() {
        return store.sequences().values().stream()
                .flatMap(sequence -> sequence.ownedBy().flatMap(this::column).stream()
                        .map(column -> new Ownership(
                                DIALECT.qualified(
                                        sequence.schema(), sequence.name().value()),
                                column)))
                .toList();
    }

    private Optional<String> column(Located<String> path) {
        var dot = path.value().indexOf('.');
        return model.entity(path.value().substring(0, Math.max(0, dot)))
                .filter(entity -> model.storeOf(entity).equals(store))
                .flatMap(entity -> entity.attribute(path.value().substring(dot + 1))
                        .map(attribute -> SqlText.table(entity) + "."
                                + DIALECT.identifier(attribute.column().value())));
    }
}
