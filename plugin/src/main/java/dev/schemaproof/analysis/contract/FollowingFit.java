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
import java.util.stream.Stream;

/**
 * Whether the database can let a copy follow its source: by a foreign key that refers to the source's value beside its key,
 * and a trigger that fills the copy.
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
        if (copy.path().size() > 1) {
            return Optional.of(new Misfit(
                    false,
                    "a copy over " + copy.path().size() + " references can't be kept by trigger yet",
                    "copy from the entity that `" + copy.entity().name() + "` itself refers to, " + APPLICATION));
        }
        return Stream.<Supplier<Optional<Misfit>>>of(() -> ofSource(copy), () -> ofReference(copy), () -> ofCopy(copy))
                .flatMap(check -> check.get().stream())
                .findFirst();
    }

    private Optional<Misfit> ofSource(CopyContract copy) {
        var source = copy.source();
        var target = copy.target();
        var name = "`" + target.name() + "." + source.name() + "`";
        if (copy.referred().contains(source.name().value())) {
            return misfit(
                    name + " is what `" + copy.reference().role() + "` refers to, and holds already",
                    "read `" + copy.entity().name() + "."
                            + copy.reference()
                                    .names()
                                    .get(copy.referred().indexOf(source.name().value()))
                            + "` instead");
        } else if (target.equals(copy.entity()) && source.equals(copy.copy())) {
            return misfit(name + " would be a copy of itself", "copy another attribute");
        } else if (source.optional()
                && !target.keyNames().contains(source.name().value())) {
            return misfit(
                    name + " may be absent, and no foreign key follows what is absent",
                    "make " + name + " required, " + APPLICATION);
        } else if (source.virtual() || source.generated().isPresent() && target.equals(copy.entity())) {
            return misfit(
                    name + " is computed, and not there when the copy is made",
                    "copy an attribute that is stored, " + APPLICATION);
        } else if (types.of(source.type().value()) instanceof DataType.Scalar scalar && LONG.contains(scalar.kind())
                || source.values().width().orElse(0) > WIDEST) {
            return misfit(
                    "values of " + name + " are too long for an index, which the foreign key of the copy needs",
                    "copy something shorter, " + APPLICATION);
        } else if (isKeptByTrigger(target, source)) {
            return misfit(
                    name + " is a copy itself, and a copy of a copy can't be kept by trigger yet",
                    "copy from where it comes from, " + APPLICATION);
        }
        return Optional.empty();
    }

    private static Optional<Misfit> ofReference(CopyContract copy) {
        var reference = copy.reference();
        var name = "`" + copy.entity().name() + "." + reference.role() + "`";
        if (reference.onDelete() == Action.SET_DEFAULT || UNLINKING.contains(reference.onUpdate())) {
            var deletes = reference.onDelete() == Action.SET_DEFAULT;
            return misfit(
                    name + " leads elsewhere by `" + (deletes ? "onDelete: " : "onUpdate: ")
                            + (deletes ? reference.onDelete() : reference.onUpdate()).word()
                            + "`, where the copy can't follow",
                    "choose another `" + (deletes ? "onDelete" : "onUpdate") + "`, such as `cascade`, " + APPLICATION);
        } else if (referring(copy).anyMatch(attribute -> attribute.generated().isPresent())) {
            return misfit(
                    name + " refers by a generated column, which is not there when the copy is made",
                    "refer by a column that is written, " + APPLICATION);
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
        if (copy.reference().names().contains(attribute.name().value())) {
            return ofCopy(name + " is a part of the reference by which it would be found", "choose another attribute");
        } else if (attribute.generated().isPresent()
                || attribute.identity().isPresent()
                || attribute.defaultValue().isPresent()) {
            return ofCopy(
                    name + " starts with a value of its own",
                    "take `default`, `generated` and `identity` from " + name + ": the trigger fills it");
        } else if (!attribute.optional() && referring(copy).anyMatch(Attribute::optional)) {
            return ofCopy(
                    name + " is required, but without `" + copy.reference().role() + "` there is nothing to copy",
                    "make " + name + " optional, or what refers required");
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

    private static Stream<Attribute> referring(CopyContract copy) {
        return copy.reference().names().stream().flatMap(name -> copy.entity().attribute(name).stream());
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
