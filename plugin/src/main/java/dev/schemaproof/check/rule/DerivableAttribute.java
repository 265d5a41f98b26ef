package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.normal.Origin;
import dev.schemaproof.analysis.normal.SourcedDependency;
import dev.schemaproof.analysis.redundancy.DerivedAttribute;
import dev.schemaproof.check.Rule;
import dev.schemaproof.check.draft.Flow;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An attribute that others of the same row tell: suspected by its name, or held by a check, in which case it cannot drift
 * and is only a hint.
 */
public final class DerivableAttribute implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return Stream.concat(
                facts.redundancies().derived().stream()
                        .filter(derived -> facts.contractInto(
                                        derived.entity(),
                                        derived.attribute().name().value())
                                .isEmpty())
                        .filter(derived -> !facts.dependenciesOf(derived.entity())
                                .isHeld(
                                        names(derived),
                                        derived.attribute().name().value()))
                        .map(this::suspected),
                facts.model().entities().values().stream()
                        .filter(Entity::sound)
                        .flatMap(entity -> held(entity, facts.dependenciesOf(entity))));
    }

    private static List<String> names(DerivedAttribute derived) {
        return derived.from().stream().map(input -> input.name().value()).toList();
    }

    private Finding suspected(DerivedAttribute derived) {
        var attribute = derived.attribute();
        var inputs = names(derived);
        var dependency = Words.plain(inputs) + " -> " + attribute.name();
        var cure = derived.formula()
                .map(formula -> "let the database compute it, if this is how:\n"
                        + generated(attribute, formula, canBeAbsent(derived, formula)))
                .orElse("remove it and compute it where it is read");
        return finding(
                        attribute.name().at(),
                        derived.entity().name() + "." + attribute.name(),
                        "`" + attribute.name() + "` may follow from " + Words.listed(inputs) + ": " + derived.because())
                .withHelp(cure + "\nor let a check hold it; or, if it says something of its own, say so:\n"
                        + "independent: [{of: \"" + dependency + "\", reason: ...}]");
    }

    /** What checks hold equal to something; of two attributes that equal each other, the later one. */
    private Stream<Finding> held(Entity entity, EntityDependencies dependencies) {
        return dependencies.sourced().stream()
                .flatMap(sourced -> equality(sourced, entity, dependencies).stream())
                .distinct();
    }

    private Optional<Finding> equality(SourcedDependency sourced, Entity entity, EntityDependencies dependencies) {
        if (!(sourced.origin() instanceof Origin.Equality equality)) {
            return Optional.empty();
        }
        var inputs = dependencies.namesOf(sourced.dependency().determinant());
        return entity.attribute(equality.attribute())
                .filter(attribute -> attribute.generated().isEmpty())
                .filter(attribute -> !entity.keyNames().contains(equality.attribute()))
                .filter(attribute -> inputs.stream()
                        .flatMap(input -> entity.attribute(input).stream())
                        .noneMatch(input -> input.generated().isPresent()))
                .filter(attribute -> inputs.size() != 1
                        || !inputs.get(0).equals(equality.expression())
                        || isBefore(inputs.get(0), equality.attribute(), entity))
                .map(attribute -> finding(
                                attribute.name().at(),
                                entity.name() + "." + attribute.name(),
                                "`" + attribute.name() + "` always equals `" + equality.expression()
                                        + "`, as a check holds it")
                        .withSeverity(Severity.INFO)
                        .withHelp("a generated column would need no check, and nobody would have to fill it in:\n"
                                + generated(attribute, equality.expression(), attribute.optional()))
                        .withRelated(equality.at(), "the check"));
    }

    private static boolean isBefore(String one, String other, Entity entity) {
        var names = List.copyOf(entity.attributes().keySet());
        return names.indexOf(one) < names.indexOf(other);
    }

    /** What is made of something absent is absent, unless it is a test for that. */
    private static boolean canBeAbsent(DerivedAttribute derived, String formula) {
        return derived.attribute().optional()
                || !formula.endsWith(" NULL") && derived.from().stream().anyMatch(Attribute::optional);
    }

    private static String generated(Attribute attribute, String formula, boolean optional) {
        var value = Flow.typeKeys(attribute.type().value(), optional);
        value.put("generated", formula);
        return Flow.text(attribute.name().value()) + ": " + Flow.of(value);
    }
}
