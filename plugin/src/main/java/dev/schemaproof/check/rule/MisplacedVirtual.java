package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.NativeTypes;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.dialect.postgresql.TypeNames;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A virtual generated attribute where PostgreSQL needs a stored one. */
public final class MisplacedVirtual extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        if (entity.attributes().values().stream().noneMatch(Attribute::virtual)) {
            return Stream.empty();
        }
        var uses = new Uses(entity, facts);
        entity.attributes().values().stream().filter(Attribute::virtual).forEach(uses::types);
        for (var key : TableKey.constraints(entity)) {
            var what = key.words() + " of `" + entity.name() + "`";
            uses.names(key.attributes(), what);
            uses.names(key.include(), what);
        }
        for (var index : entity.indexes().values()) {
            var what = "index `" + index.name() + "`";
            uses.parts(index.on(), what);
            uses.names(index.include(), what);
            index.where().ifPresent(where -> uses.sql(where, what));
        }
        for (var exclusion : entity.relational().exclusions().values()) {
            var what = "exclusion constraint `" + exclusion.name() + "`";
            uses.parts(
                    exclusion.elements().stream().map(Exclusion.Element::part).toList(), what);
            uses.names(exclusion.include(), what);
            exclusion.where().ifPresent(where -> uses.sql(where, what));
        }
        for (var reference : entity.references().values()) {
            var inStore = facts.model()
                    .entity(reference.entity().value())
                    .filter(target -> facts.model().storeOf(target).equals(store));
            if (inStore.isPresent()) {
                uses.names(reference.attributes(), "reference `" + reference.role() + "`");
            }
        }
        return uses.found.stream();
    }

    /** Looks for virtual attributes. */
    private final class Uses {

        private final Entity entity;
        private final Facts facts;
        private final List<Finding> found = new ArrayList<>();

        Uses(Entity entity, Facts facts) {
            this.entity = entity;
            this.facts = facts;
        }

        void names(List<Located<String>> names, String what) {
            names.forEach(name -> entity.attribute(name.value())
                    .filter(Attribute::virtual)
                    .ifPresent(attribute -> add(name.at(), attribute, what)));
        }

        void parts(List<Index.Part> parts, String what) {
            for (var part : parts) {
                part.attribute()
                        .ifPresentOrElse(
                                name -> names(
                                        List.of(new Located<>(name, part.text().at())), what),
                                () -> sql(part.text(), what));
            }
        }

        void sql(SourceText text, String what) {
            facts.sql()
                    .expression(text)
                    .ifPresent(reading -> reading.names().columns().forEach((column, stored) -> {
                        if (stored.attribute().virtual()) {
                            var span = column.name().span();
                            add(text.locate(span.begin(), span.end()), stored.attribute(), what);
                        }
                    }));
        }

        private void add(Location at, Attribute attribute, String what) {
            found.add(finding(
                            at,
                            entity.name() + "." + attribute.name(),
                            what + " needs a stored value, and `" + attribute.name() + "` is virtual")
                    .withHelp("remove `virtual: true` from `" + attribute.name() + "`")
                    .withRelated(attribute.name().at(), "virtual here"));
        }

        /** Neither its own type nor those that it is computed from may be the model's, or an extension's. */
        void types(Attribute attribute) {
            var subject = entity.name() + "." + attribute.name();
            if (isOwn(attribute.type().value())) {
                found.add(finding(
                                attribute.type().at(),
                                subject,
                                "virtual attribute `" + attribute.name() + "` can't be of type `" + attribute.type()
                                        + "`, which isn't PostgreSQL's own")
                        .withHelp("remove `virtual: true` from `" + attribute.name() + "`"));
            }
            attribute
                    .generated()
                    .flatMap(facts.sql()::expression)
                    .ifPresent(reading -> reading.names().columns().forEach((column, stored) -> {
                        if (isOwn(stored.attribute().type().value())) {
                            var span = column.name().span();
                            found.add(finding(
                                            reading.source().locate(span.begin(), span.end()),
                                            subject,
                                            "virtual attribute `" + attribute.name() + "` can't be computed from `"
                                                    + stored.attribute().name()
                                                    + "`, whose type isn't PostgreSQL's own")
                                    .withHelp("remove `virtual: true` from `" + attribute.name() + "`")
                                    .withRelated(stored.attribute().type().at(), "its type"));
                        }
                    }));
        }

        private static boolean isOwn(DataType type) {
            var innermost = type;
            while (innermost instanceof DataType.Array array) {
                innermost = array.element();
            }
            return innermost instanceof DataType.Named
                    || innermost instanceof DataType.Native written
                            && TypeNames.catalogName(written.text())
                                    .flatMap(NativeTypes::extensionOf)
                                    .isPresent();
        }
    }
}
