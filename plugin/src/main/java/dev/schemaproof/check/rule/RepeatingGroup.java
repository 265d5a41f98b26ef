package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.atomic.NumberedGroup;
import dev.schemaproof.analysis.atomic.NumberedGroup.Counter;
import dev.schemaproof.analysis.atomic.NumberedGroup.Fact;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.stream.Stream;

/** One fact in several numbered attributes, such as {@code phone_1} and {@code phone_2}. Breaks the first normal form. */
public final class RepeatingGroup implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.atomicity().groups().stream()
                .filter(group -> group.attributes()
                        .noneMatch(attribute -> facts.contractInto(
                                        group.entity(), attribute.name().value())
                                .isPresent()))
                .map(group -> finding(group, facts));
    }

    private Finding finding(NumberedGroup group, Facts facts) {
        var first = group.first();
        var names = group.attributes().map(Attribute::name).toList();
        var times = group.facts().get(0).attributes().size();
        var found = finding(
                        first.name().at(),
                        group.entity().name() + "." + first.name(),
                        Words.listed(names) + " say " + times + " times what `"
                                + group.entity().name() + "` has several of: `"
                                + group.topic().snakeCase() + "`")
                .withHelp(help(group, times, facts));
        for (var other : group.attributes().skip(1).toList()) {
            found = found.withRelated(other.name().at(), "belongs to it");
        }
        return found;
    }

    private static String help(NumberedGroup group, int size, Facts facts) {
        var entity = group.entity();
        var all = group.attributes().map(Attribute::name).toList();
        var cure = EntityDraft.of(entity, group.topic(), facts.model())
                .map(draft -> {
                    draft.numbered(group.counter() == Counter.YEAR ? "year" : "position", "smallint");
                    group.facts().forEach(fact -> add(draft, fact, entity, facts));
                    return "give each value a row of its own, so that one query finds them all and a row can have any number:\n"
                            + draft + "\nand remove " + Words.listed(all) + " from `" + entity.name() + "`";
                })
                .orElse("give `" + entity.name() + "` a key, and each value a row in an entity that refers to it");
        return cure + "; or, if there are always " + size + ", say why:\n" + Allowance.of(group.first());
    }

    private static void add(EntityDraft draft, Fact fact, Entity entity, Facts facts) {
        var name = fact.name().singular().snakeCase();
        var referred = entity.references().values().stream()
                .filter(reference -> reference
                        .names()
                        .equals(List.of(fact.attributes().get(0).name().value())))
                .findFirst()
                .flatMap(reference -> facts.model().entity(reference.entity().value()));
        referred.ifPresentOrElse(
                target -> draft.with(withoutKey(name, target), target), () -> draft.with(name, fact.type()));
    }

    /** {@code seconder_id} refers as {@code seconder}. */
    private static String withoutKey(String name, Entity target) {
        return target.keyNames().stream()
                .map(key -> "_" + key)
                .filter(key -> name.endsWith(key) && name.length() > key.length())
                .findFirst()
                .map(key -> name.substring(0, name.length() - key.length()))
                .orElse(name);
    }
}
