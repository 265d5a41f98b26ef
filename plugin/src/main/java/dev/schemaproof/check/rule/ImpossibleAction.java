package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.Reference.Action;
import dev.schemaproof.model.Reference.Match;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A referential action that can't be carried out: the database refuses it, or every delete that it should follow. */
public final class ImpossibleAction extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return entity.references().values().stream()
                .filter(reference -> facts.model()
                        .entity(reference.entity().value())
                        .filter(target -> facts.model().storeOf(target).equals(store))
                        .isPresent())
                .flatMap(reference -> check(entity, reference, facts));
    }

    private Stream<Finding> check(Entity entity, Reference reference, Facts facts) {
        var found = new ArrayList<Finding>();
        var subject = entity.name() + "." + reference.role();
        for (var name : reference.setOnDelete()) {
            if (!reference.names().contains(name.value())
                    && entity.attribute(name.value()).isPresent()) {
                found.add(finding(
                                name.at(),
                                subject,
                                "`" + name + "` is emptied on delete, but is not among the attributes of reference `"
                                        + reference.role() + "`")
                        .withHelp("name attributes of the reference only: " + Words.listed(reference.names())));
            }
        }
        var emptied = reference.setOnDelete().isEmpty()
                ? reference.names()
                : reference.setOnDelete().stream()
                        .map(name -> name.value())
                        .filter(reference.names()::contains)
                        .toList();
        if (reference.match() == Match.FULL
                && reference.onDelete() == Action.SET_NULL
                && emptied.size() < reference.names().size()) {
            found.add(finding(
                            reference.setOnDelete().get(0).at(),
                            subject,
                            "reference `" + reference.role()
                                    + "` matches in full, and `onDelete` empties only a part of it")
                    .withHelp("write `onDelete: set-null`, or `match: simple`"));
        }
        action(entity, reference, "onDelete", reference.onDelete(), emptied, facts, found);
        action(entity, reference, "onUpdate", reference.onUpdate(), reference.names(), facts, found);
        return found.stream();
    }

    private void action(
            Entity entity,
            Reference reference,
            String key,
            Action action,
            List<String> names,
            Facts facts,
            List<Finding> found) {
        var attributes =
                names.stream().map(entity::attribute).flatMap(Optional::stream).toList();
        generated(entity, reference, key, action).ifPresent(found::add);
        for (var attribute : attributes) {
            var without = action == Action.SET_NULL || action == Action.SET_DEFAULT && !hasDefault(attribute, facts);
            if (without && isRequired(entity, attribute, facts)) {
                var what = action == Action.SET_NULL ? "which is required" : "which is required and has no default";
                found.add(at(entity, reference, "`" + key + "` would empty `" + attribute.name() + "`, " + what)
                        .withHelp(cure(entity, attribute, key, action))
                        .withRelated(attribute.name().at(), "declared here"));
            } else if (without && action == Action.SET_DEFAULT) {
                found.add(at(
                                entity,
                                reference,
                                "`" + key + ": set-default` empties `" + attribute.name() + "`, which has no default")
                        .withHelp("write `" + key + ": set-null`, which says so, or give `" + attribute.name()
                                + "` a default")
                        .withSeverity(Severity.WARNING));
            }
        }
    }

    /** PostgreSQL writes no generated column. */
    private Optional<Finding> generated(Entity entity, Reference reference, String key, Action action) {
        var writes = action == Action.SET_NULL
                || action == Action.SET_DEFAULT
                || action == Action.CASCADE && key.equals("onUpdate");
        return reference.names().stream()
                .filter(name -> writes)
                .flatMap(name -> entity.attribute(name).stream())
                .filter(attribute -> attribute.generated().isPresent())
                .findFirst()
                .map(attribute -> at(
                                entity,
                                reference,
                                "`" + key + "` would write `" + attribute.name() + "`, which is generated")
                        .withHelp("write `" + key + ": no-action` or `" + key + ": restrict`")
                        .withRelated(attribute.name().at(), "generated here"));
    }

    private static String cure(Entity entity, Attribute attribute, String key, Action action) {
        var instead = "write `" + key + ": " + (key.equals("onDelete") ? "cascade" : "no-action") + "` or `" + key
                + ": restrict`";
        if (action == Action.SET_DEFAULT) {
            return "give `" + attribute.name() + "` a default, or " + instead;
        }
        return entity.keyNames().contains(attribute.name().value())
                ? instead + ": `" + attribute.name() + "` is in the key of `" + entity.name() + "`"
                : "make `" + attribute.name() + "` optional, or " + instead;
    }

    private Finding at(Entity entity, Reference reference, String summary) {
        return finding(reference.role().at(), entity.name() + "." + reference.role(), summary);
    }

    private static boolean isRequired(Entity entity, Attribute attribute, Facts facts) {
        return attribute.generated().isEmpty()
                && (!attribute.optional()
                        || entity.keyNames().contains(attribute.name().value())
                        || domains(attribute, facts).anyMatch(TypeDefinition.Domain::required));
    }

    private static boolean hasDefault(Attribute attribute, Facts facts) {
        return attribute.defaultValue().isPresent()
                || attribute.identity().isPresent()
                || attribute.generated().isPresent()
                || domains(attribute, facts)
                        .anyMatch(domain -> domain.defaultValue().isPresent());
    }

    private static Stream<TypeDefinition.Domain> domains(Attribute attribute, Facts facts) {
        return facts.types().own().domains(attribute.type().value()).stream();
    }
}
