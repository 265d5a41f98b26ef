package dev.schemaproof.generate.relational;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import java.util.ArrayList;
import java.util.List;

/** Whether everything that an entity names is there, so that SQL can be written for it; what is not, others report. */
final class Resolved {

    private Resolved() {}

    static boolean in(Entity entity, Facts facts) {
        return entity.attributes().keySet().containsAll(named(entity))
                && entity.attributes().values().stream()
                        .allMatch(attribute -> isReadable(attribute.type().value()))
                && entity.references().values().stream().allMatch(reference -> leads(reference, facts));
    }

    private static List<String> named(Entity entity) {
        var names = new ArrayList<>(entity.keyNames());
        names.addAll(values(entity.relational().keyDesign().include()));
        entity.uniques().forEach(unique -> {
            names.addAll(unique.names());
            names.addAll(values(unique.design().include()));
        });
        entity.references().values().forEach(reference -> {
            names.addAll(reference.names());
            names.addAll(values(reference.setOnDelete()));
        });
        entity.indexes().values().forEach(index -> {
            names.addAll(parts(index.on()));
            names.addAll(values(index.include()));
        });
        entity.relational().exclusions().values().forEach(exclusion -> {
            names.addAll(parts(
                    exclusion.elements().stream().map(Exclusion.Element::part).toList()));
            names.addAll(values(exclusion.include()));
        });
        entity.relational()
                .grants()
                .forEach(grant ->
                        grant.privileges().forEach(permission -> names.addAll(values(permission.attributes()))));
        entity.relational().partitioning().ifPresent(division -> names.addAll(parts(division.on())));
        return names;
    }

    private static List<String> parts(List<Index.Part> parts) {
        return parts.stream().flatMap(part -> part.attribute().stream()).toList();
    }

    private static List<String> values(List<Located<String>> names) {
        return names.stream().map(Located::value).toList();
    }

    private static boolean isReadable(DataType type) {
        return type instanceof DataType.Array array
                ? isReadable(array.element())
                : !(type instanceof DataType.Unreadable);
    }

    /** What a reference leads to is new where the model doesn't have it. */
    private static boolean leads(Reference reference, Facts facts) {
        return facts.model()
                .entity(reference.entity().value())
                .map(target ->
                        target.sound() && target.attributes().keySet().containsAll(reference.referredNames(target)))
                .orElse(true);
    }
}
