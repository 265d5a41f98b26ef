package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.IndexClasses;
import dev.schemaproof.analysis.type.SqlType;
import dev.schemaproof.analysis.type.TypeSystem;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.RelationalStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operator by which an exclusion constraint can't compare values of the type. */
public final class UnusableOperator extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var types = facts.typing().system(store);
        var classes = new IndexClasses(types);
        return types.isOpen()
                ? Stream.empty()
                : entity.relational().exclusions().values().stream()
                        .flatMap(exclusion -> exclusion.elements().stream()
                                .flatMap(element -> facts.typing().of(entity, element.part()).stream()
                                        .flatMap(type -> domain(entity, exclusion, element, type, types)
                                                .or(() -> judge(entity, exclusion, element, type, classes))
                                                .stream())));
    }

    /** Of operators on enums, none takes a domain over one. */
    private Optional<Finding> domain(
            Entity entity, Exclusion exclusion, Exclusion.Element element, SqlType type, TypeSystem types) {
        return element.part()
                .attribute()
                .flatMap(entity::attribute)
                .flatMap(attribute -> types.operand(attribute.type().value()))
                .filter(operand -> !operand.equals(type))
                .map(operand -> finding(
                                element.operator().at(),
                                entity.name().value(),
                                "exclusion constraint `" + exclusion.name() + "` can't compare `"
                                        + element.part().text().value().strip() + "`, which is `" + operand
                                        + "`, a domain over the enum `" + type + "`, by `" + element.operator() + "`")
                        .withHelp("make the attribute `" + type + "` itself, and check it in the entity"));
    }

    private Optional<Finding> judge(
            Entity entity, Exclusion exclusion, Exclusion.Element element, SqlType type, IndexClasses classes) {
        var known = element.part()
                .operatorClass()
                .map(name -> classes.named(exclusion.method(), name.value()).stream()
                        .filter(named -> classes.accepts(named, type))
                        .findFirst())
                .orElseGet(() -> classes.standard(exclusion.method(), type));
        var operator = element.operator();
        // Of a class whose operators are all of another type, none are known
        if (known.isEmpty() || known.get().comparisons().isEmpty()) {
            return Optional.empty();
        }
        var possible = known.get().comparisons().stream()
                .map(comparison -> List.of(comparison.split(" ")))
                .filter(words -> words.get(1).equals(words.get(2))
                        && classes.isSymmetric(words.get(0), words.get(1))
                        && !classes.isComparedOtherwise(words.get(0), type, known.get()))
                .map(words -> words.get(0))
                .sorted(Comparator.comparing((String name) -> !name.equals("=")).thenComparing(name -> name))
                .distinct()
                .toList();
        return possible.contains(operator.value())
                ? Optional.empty()
                : Optional.of(finding(
                                operator.at(),
                                entity.name().value(),
                                "exclusion constraint `" + exclusion.name() + "` can't compare `"
                                        + element.part().text().value().strip() + "`, which is `" + type + "`, by `"
                                        + operator + "`")
                        .withHelp(
                                possible.isEmpty()
                                        ? "choose another method: `using: gist`"
                                        : exclusion.method().word() + " compares it by "
                                                + possible.stream()
                                                        .map(name -> "`" + name + "`")
                                                        .collect(Collectors.joining(", "))));
    }
}
