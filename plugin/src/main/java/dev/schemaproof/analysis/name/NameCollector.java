package dev.schemaproof.analysis.name;

import dev.schemaproof.analysis.name.UnknownName.Kind;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Looks names up and keeps those that name nothing. Nothing is unknown in an entity that could not be read as a whole. */
final class NameCollector {

    private final Model model;
    private final List<UnknownName> unknown = new ArrayList<>();

    NameCollector(Model model) {
        this.model = model;
    }

    List<UnknownName> unknown() {
        return List.copyOf(unknown);
    }

    /** The entity of this name, if its attributes can be judged. */
    Optional<Entity> entity(Located<String> name, String subject) {
        var entity = model.entity(name.value());
        if (entity.isEmpty()) {
            add(Kind.ENTITY, name, subject, Optional.empty(), model.entities().keySet());
        }
        return entity.filter(Entity::sound);
    }

    void attribute(Entity entity, Located<String> name, String subject) {
        if (entity.attribute(name.value()).isEmpty()) {
            var owner = Optional.of(entity.name().value());
            add(Kind.ATTRIBUTE, name, subject, owner, entity.attributes().keySet());
        }
    }

    void attributes(Entity entity, List<Located<String>> names, String subject) {
        names.forEach(name -> attribute(entity, name, subject));
    }

    /** The parts of an index key, or of one like it, that are attributes. */
    void parts(Entity entity, List<Index.Part> parts, String subject) {
        for (var part : parts) {
            part.attribute()
                    .ifPresent(name ->
                            attribute(entity, new Located<>(name, part.text().at()), subject));
        }
    }

    void store(Located<String> name, String subject) {
        if (model.store(name.value()).isEmpty()) {
            add(Kind.STORE, name, subject, Optional.empty(), model.stores().keySet());
        }
    }

    void pattern(Located<String> name, String subject) {
        if (model.pattern(name.value()).isEmpty()) {
            add(Kind.PATTERN, name, subject, Optional.empty(), model.patterns().keySet());
        }
    }

    /** Whether the entity has this reference. */
    boolean reference(Entity entity, Located<String> role, String subject) {
        var found = entity.reference(role.value()).isPresent();
        if (!found) {
            var owner = Optional.of(entity.name().value());
            add(Kind.REFERENCE, role, subject, owner, entity.references().keySet());
        }
        return found;
    }

    /** An attribute, or a path of references that ends in one: {@code author.name}. */
    void path(Entity start, Located<String> path, String subject) {
        var names = path.value().split("\\.", -1);
        var entity = start;
        var offset = 0;
        for (var i = 0; i < names.length - 1; i++) {
            var role = part(path, names[i], offset);
            offset += names[i].length() + 1;
            if (!reference(entity, role, subject)) {
                return;
            }
            // An unknown target is reported where the reference is declared
            var target = entity.reference(names[i])
                    .flatMap(reference -> model.entity(reference.entity().value()))
                    .filter(Entity::sound);
            if (target.isEmpty()) {
                return;
            }
            entity = target.get();
        }
        attribute(entity, part(path, names[names.length - 1], offset), subject);
    }

    /** A part of a path, with a place of its own where the path stands in the file as it is. */
    static Located<String> part(Located<String> path, String name, int offset) {
        var at = path.at();
        var verbatim =
                at.length() == path.value().codePointCount(0, path.value().length());
        return new Located<>(
                name,
                verbatim
                        ? new Location(
                                at.file(),
                                at.line(),
                                at.column() + path.value().codePointCount(0, offset),
                                name.codePointCount(0, name.length()))
                        : at);
    }

    void add(Kind kind, Located<String> name, String subject, Optional<String> owner, Collection<String> known) {
        unknown.add(new UnknownName(kind, name, subject, owner, known, Optional.empty()));
    }

    void addDerived(Entity entity, Located<String> attribute, String subject, String derivation) {
        unknown.add(new UnknownName(
                Kind.ATTRIBUTE,
                attribute,
                subject,
                Optional.of(entity.name().value()),
                entity.attributes().keySet(),
                Optional.of(derivation)));
    }
}
