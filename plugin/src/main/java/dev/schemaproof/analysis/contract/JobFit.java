package dev.schemaproof.analysis.contract;

import dev.schemaproof.analysis.contract.FollowingFit.Misfit;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether an UPDATE can bring a copy up to date, so that a job, or the consumer of an outbox, is all that it needs. */
final class JobFit {

    private JobFit() {}

    /** What does not fit of a summary, if anything. */
    static Optional<Misfit> misfit(SummaryContract summary) {
        var copy = summary.copy();
        if (summary.summary().start() == Summary.Start.NOTHING && !copy.optional()) {
            return misfit(
                    "`" + summary.summary().word() + "` of no rows is nothing, but " + name(summary.parent(), copy)
                            + " is required",
                    "declare " + name(summary.parent(), copy) + " with `optional: true`");
        }
        return fixed(summary.parent(), copy);
    }

    /** What does not fit of a copy through references, if anything. */
    static Optional<Misfit> misfit(CopyContract copy) {
        var name = name(copy.entity(), copy.copy());
        if (copy.origin().equals(copy.entity()) && copy.source().equals(copy.copy())) {
            return misfit(name + " would be a copy of itself", "copy another attribute");
        } else if (steps(copy).anyMatch(step -> step.isOf(copy.entity(), copy.copy()))) {
            return misfit(name + " is a part of the way by which it would be found", "choose another attribute");
        } else if (!copy.copy().optional() && mayBeAbsent(copy)) {
            return misfit(
                    name + " is required, but there may be nothing to copy",
                    "make " + name + " optional, or all that leads to its source required");
        }
        return fixed(copy.entity(), copy.copy());
    }

    private static Optional<Misfit> fixed(Entity holder, Attribute copy) {
        return copy.generated().isPresent() || copy.identity().isPresent()
                ? misfit(
                        name(holder, copy) + " has a value of the database's own, and takes no other",
                        "take `generated` and `identity` from " + name(holder, copy))
                : Optional.empty();
    }

    private static boolean mayBeAbsent(CopyContract copy) {
        return isOptional(copy.origin(), copy.source()) || steps(copy).anyMatch(Step::isOptional);
    }

    private static boolean isOptional(Entity entity, Attribute attribute) {
        return attribute.optional()
                && !entity.keyNames().contains(attribute.name().value());
    }

    /** A reference on the way to the source, with the entity that has it. */
    private record Step(Entity entity, Reference reference) {

        boolean isOf(Entity holder, Attribute attribute) {
            return entity.equals(holder)
                    && reference.names().contains(attribute.name().value());
        }

        boolean isOptional() {
            return reference.names().stream()
                    .flatMap(name -> entity.attribute(name).stream())
                    .anyMatch(attribute -> JobFit.isOptional(entity, attribute));
        }
    }

    private static Stream<Step> steps(CopyContract copy) {
        List<CopyContract.Step> path = copy.path();
        return Stream.iterate(0, i -> i < path.size(), i -> i + 1)
                .map(i -> new Step(
                        i == 0 ? copy.entity() : path.get(i - 1).target(),
                        path.get(i).reference()));
    }

    private static String name(Entity entity, Attribute attribute) {
        return "`" + entity.name() + "." + attribute.name() + "`";
    }

    private static Optional<Misfit> misfit(String summary, String help) {
        return Optional.of(new Misfit(true, summary, help));
    }
}
