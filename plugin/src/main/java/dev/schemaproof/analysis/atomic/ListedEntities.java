package dev.schemaproof.analysis.atomic;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.analysis.word.Plural;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The entities of a model by what a list of them would be called. */
final class ListedEntities {

    private final Map<String, Entity> byLetters = new HashMap<>();
    private final BaseTypes types;

    ListedEntities(List<Entity> entities, BaseTypes types) {
        this.types = types;
        for (var entity : entities) {
            Stream.of(entity.name().value(), entity.table().value())
                    .flatMap(name -> Plural.singulars(name).stream())
                    .forEach(name -> byLetters.putIfAbsent(name, entity));
        }
    }

    /** {@code line_items} are those of an entity {@code LineItem}. */
    Optional<Entity> byName(NameWords plural) {
        return Plural.singulars(plural.snakeCase()).stream()
                .flatMap(name -> Optional.ofNullable(byLetters.get(name)).stream())
                .findFirst();
    }

    /** {@code user_ids} and {@code reviewer_user_ids} are those of an entity {@code User}. */
    Optional<Entity> byKeys(NameWords name) {
        if (name.size() < 2 || !ListAttributes.isKeyWord(name.last())) {
            return Optional.empty();
        }
        var before = name.before(1);
        return Stream.iterate(0, skipped -> skipped < before.size(), skipped -> skipped + 1)
                .map(skipped -> new NameWords(before.words().subList(skipped, before.size())))
                .flatMap(words -> byName(words).stream())
                .findFirst();
    }

    /** The same, where the entity's key is one attribute of this type; or entities whose key is the name itself. */
    Optional<Entity> byKeys(NameWords name, DataType element) {
        return byKeys(name)
                .filter(entity -> keyIs(entity, element))
                .or(() -> byName(name).filter(entity -> keyIs(entity, element)));
    }

    private boolean keyIs(Entity entity, DataType element) {
        return entity.key().size() == 1
                && entity.attribute(entity.keyNames().get(0))
                        .filter(key -> types.same(key.type().value(), element))
                        .isPresent();
    }
}
