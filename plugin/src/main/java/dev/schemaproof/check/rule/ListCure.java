package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.atomic.ListAttribute;
import dev.schemaproof.analysis.atomic.ListAttribute.Form;
import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.ScalarKind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the rules about lists in attributes have in common: what they look at, and what can be done. */
final class ListCure {

    /** Last words that say how a list is written, not what is in it. */
    private static final Set<String> FORMS = Set.of(
            "array", "codes", "csv", "data", "guids", "ids", "json", "jsonb", "keys", "list", "lists", "refs", "uuids");

    private ListCure() {}

    /** The lists in tables that no contract documents; in a key-value store a list is how things that are read together are kept. */
    static Stream<ListAttribute> lists(Facts facts) {
        return facts.atomicity().lists().stream()
                .filter(list -> facts.model().storeOf(list.entity()) instanceof RelationalStore)
                .filter(list -> facts.contractInto(
                                list.entity(), list.attribute().name().value())
                        .isEmpty());
    }

    /** The edit to make, and how to allow it. */
    static String help(ListAttribute list, Facts facts) {
        var attribute = list.attribute();
        return cure(list, facts) + "; or, if it is read and written as one value, say so:\n" + Allowance.of(attribute);
    }

    private static String cure(ListAttribute list, Facts facts) {
        var entity = list.entity();
        var name = list.attribute().name();
        var back = list.of().flatMap(other -> referring(other, entity));
        if (back.isPresent() && !list.refers()) {
            return "remove it: `" + list.of().get().name() + "` refers to `" + entity.name() + "` as `" + back.get()
                    + "`, so that its rows tell the same";
        }
        var what = what(NameWords.of(name.value()));
        return EntityDraft.of(entity, what, facts.model())
                .map(draft -> {
                    fill(draft, list, what.singular().snakeCase());
                    return "give each element a row of its own:\n" + draft + "\nand remove `" + name + "` from `"
                            + entity.name() + "`";
                })
                .orElse("give `" + entity.name() + "` a key, and each element a row in an entity that refers to it");
    }

    private static void fill(EntityDraft draft, ListAttribute list, String name) {
        var of = list.of().filter(other -> !other.key().isEmpty());
        if (of.isPresent()) {
            draft.distinct(name, of.get());
        } else if (list.element().isPresent() && list.form() == Form.ARRAY) {
            draft.distinct(name, list.element().get());
        } else if (list.form() == Form.DELIMITED) {
            draft.distinct(name, new DataType.Scalar(ScalarKind.TEXT));
        } else {
            draft.numbered("position", "smallint").remark("and what an element holds, an attribute for each");
        }
    }

    /** {@code user_ids} and {@code user_list} are both about users. */
    private static NameWords what(NameWords name) {
        return name.size() > 1 && FORMS.contains(name.last()) ? name.before(1) : name;
    }

    private static Optional<String> referring(Entity child, Entity parent) {
        return child.references().values().stream()
                .filter(reference ->
                        reference.entity().value().equals(parent.name().value()))
                .map(Reference::role)
                .map(role -> role.value())
                .findFirst();
    }
}
