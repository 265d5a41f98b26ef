package dev.schemaproof.analysis.contract;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Reference.Action;
import dev.schemaproof.model.ScalarKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether the database can let a copy follow its source: by a foreign key that refers to the source's value beside its key,
 * or, over several references and from a source that may be absent, by ties between the rows; and a trigger that fills the copy.
 */
final class FollowingFit {

    /** What PostgreSQL takes into an entry of a btree, less what the key may need. */
    private static final int WIDEST = 2_600;

    /** Scalar types whose values are too long for an index as a rule. */
    private static final Set<ScalarKind> LONG = EnumSet.of(ScalarKind.JSON, ScalarKind.BYTES);

    private static final Set<Action> UNLINKING = EnumSet.of(Action.SET_NULL, Action.SET_DEFAULT);

    private static final String APPLICATION =
            "or let a job or the application keep the copy: `sync: {by: job, every: 5m}`,"
                    + " `sync: {by: application, code: com.acme.Names#changed}`";

    private final Model model;
    private final BaseTypes types;

    FollowingFit(Model model, BaseTypes types) {
        this.model = model;
        this.types = types;
    }

    /**
     * What does not fit.
     *
     * @param ofCopy whether it is the copy, rather than the way to the source
     * @param summary what it is
     * @param help what would fit
     */
    record Misfit(boolean ofCopy, String summary, String help) {}

    /** The first thing that does not fit, if any. */
    Optional<Misfit> misfit(CopyContract copy) {
        return Stream.<Supplier<Optional<Misfit>>>of(() -> ofSource(copy), () -> ofReferences(copy), () -> ofCopy(copy))
                .flatMap(check -> check.get().stream())
                .findFirst();
    }

    private Optional<Misfit> ofSource(CopyContract copy) {
        var source = copy.source();
        var origin = copy.origin();
        var name = "`" + origin.name() + "." + source.name() + "`";
        if (copy.path().size() == 1 && copy.referred().contains(source.name().value())) {
            return misfit(
                    name + " is what `" + copy.reference().role() + "` refers to, and holds already",
                    "read `" + copy.entity().name() + "."
                            + copy.reference()
                                    .names()
                                    .get(copy.referred().indexOf(source.name().value()))
                            + "` instead");
        } else if (origin.equals(copy.entity()) && source.equals(copy.copy())) {
            return misfit(name + " would be a copy of itself", "copy another attribute");
        } else if (source.virtual() || source.generated().isPresent() && origin.equals(copy.entity())) {
            return misfit(
                    name + " is computed, and not there when the copy is made",
                    "copy an attribute that is stored, " + APPLICATION);
        } else if (!copy.isTied() && isLong(source)) {
            return misfit(
                    "values of " + name + " are too long for an index, which the foreign key of the copy needs",
                    "copy something shorter, " + APPLICATION);
        } else if (isKeptByTrigger(origin, source)) {
            return misfit(
                    name + " is a copy itself, and a copy of a copy can't be kept by trigger yet",
                    "copy from where it comes from, " + APPLICATION);
        }
        return Optional.empty();
    }

    private boolean isLong(Attribute source) {
        return types.of(source.type().value()) instanceof DataType.Scalar scalar && LONG.contains(scalar.kind())
                || source.values().width().orElse(0) > WIDEST;
    }

    private static Optional<Misfit> ofReferences(CopyContract copy) {
        var divided = Stream.concat(
                        IntStream.range(0, copy.path().size()).mapToObj(copy::before), Stream.of(copy.origin()))
                .filter(entity -> entity.relational().partitioning().isPresent())
                .findFirst();
        if (copy.isTied() && divided.isPresent()) {
            return misfit(
                    "`" + divided.get().name()
                            + "` is partitioned, and ties lose a row that an update moves to another partition",
                    "take `partition` from it, " + APPLICATION);
        }
        return IntStream.range(0, copy.path().size())
                .mapToObj(step -> ofReference(copy, step))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Misfit> ofReference(CopyContract copy, int step) {
        var reference = copy.path().get(step).reference();
        var name = "`" + copy.before(step).name() + "." + reference.role() + "`";
        if (reference.onDelete() == Action.SET_DEFAULT || UNLINKING.contains(reference.onUpdate())) {
            var deletes = reference.onDelete() == Action.SET_DEFAULT;
            return misfit(
                    name + " leads elsewhere by `" + (deletes ? "onDelete: " : "onUpdate: ")
                            + (deletes ? reference.onDelete() : reference.onUpdate()).word()
                            + "`, where the copy can't follow",
                    "choose another `" + (deletes ? "onDelete" : "onUpdate") + "`, such as `cascade`, " + APPLICATION);
        } else if (step == 0
                && referring(copy, step)
                        .anyMatch(attribute -> attribute.generated().isPresent())) {
            return misfit(
                    name + " refers by a generated column, which is not there when the copy is made",
                    "refer by a column that is written, " + APPLICATION);
        } else if (reference.deferrable() && copy.isTied()) {
            return misfit(
                    name + " is deferrable, so that a row may come before the one that it is tied to",
                    "take `deferrable` from it, " + APPLICATION);
        } else if (reference.deferrable() && !copy.allOrNone()) {
            return misfit(
                    name
                            + " is deferrable and may be absent in part, so that nothing tells a copy that is still to come",
                    "take `deferrable` from it, " + APPLICATION);
        }
        return Optional.empty();
    }

    private Optional<Misfit> ofCopy(CopyContract copy) {
        var attribute = copy.copy();
        var name = "`" + copy.entity().name() + "." + attribute.name() + "`";
        if (isOnTheWay(copy, attribute.name().value())) {
            return ofCopy(name + " is a part of the reference by which it would be found", "choose another attribute");
        } else if (attribute.generated().isPresent()
                || attribute.identity().isPresent()
                || attribute.defaultValue().isPresent()) {
            return ofCopy(
                    name + " starts with a value of its own",
                    "take `default`, `generated` and `identity` from " + name + ": the trigger fills it");
        } else if (!attribute.optional() && optional(copy).isPresent()) {
            return ofCopy(
                    name + " is required, but without `" + optional(copy).get() + "` there is nothing to copy",
                    "make " + name + " optional, or what refers required");
        } else if (!attribute.optional() && copy.isTied() && copy.source().optional()) {
            return ofCopy(
                    name + " is required, but `" + copy.origin().name() + "."
                            + copy.source().name() + "` may be absent",
                    "make " + name + " optional, or what it copies required");
        } else if (copy.entity()
                .relational()
                .partitioning()
                .filter(division -> divides(division, attribute))
                .isPresent()) {
            return ofCopy(
                    name + " decides into which partition a row goes, which is known before the trigger fills it",
                    "divide the table by another attribute");
        }
        return Optional.empty();
    }

    private static boolean isOnTheWay(CopyContract copy, String attribute) {
        return IntStream.range(0, copy.path().size())
                .anyMatch(step -> copy.before(step).equals(copy.entity())
                        && copy.path().get(step).reference().names().contains(attribute));
    }

    /** The first reference of the path that may be absent. */
    private static Optional<String> optional(CopyContract copy) {
        return IntStream.range(0, copy.path().size())
                .filter(step -> referring(copy, step).anyMatch(Attribute::optional))
                .mapToObj(step -> copy.path().get(step).reference().role().value())
                .findFirst();
    }

    private static Stream<Attribute> referring(CopyContract copy, int step) {
        return copy.path().get(step).reference().names().stream()
                .flatMap(name -> copy.before(step).attribute(name).stream());
    }

    private static boolean divides(Partitioning division, Attribute attribute) {
        return division.on().stream()
                        .anyMatch(part -> part.attribute()
                                .filter(attribute.name().value()::equals)
                                .isPresent())
                || division.partitions().values().stream()
                        .flatMap(partition -> partition.partitioning().stream())
                        .anyMatch(deeper -> divides(deeper, attribute));
    }

    private boolean isKeptByTrigger(Entity entity, Attribute attribute) {
        return model.contracts().values().stream()
                .filter(contract -> contract.sync()
                        .flatMap(Contract.Sync::by)
                        .filter(by -> by.value() == Mechanism.TRIGGER)
                        .isPresent())
                .flatMap(contract -> contract.duplicates().flatMap(Contract.Duplicates::into).stream())
                .anyMatch(into -> into.entity().value().equals(entity.name().value())
                        && into.attribute()
                                .map(Located::value)
                                .equals(Optional.of(attribute.name().value())));
    }

    private static Optional<Misfit> misfit(String summary, String help) {
        return Optional.of(new Misfit(false, summary, help));
    }

    private static Optional<Misfit> ofCopy(String summary, String help) {
        return Optional.of(new Misfit(true, summary, help));
    }
}
