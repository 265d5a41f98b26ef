package dev.schemaproof.analysis.contract;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.contract.ContractAnalysis.UnsupportedContract;
import dev.schemaproof.analysis.contract.FollowingFit.Misfit;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The contracts that let a row keep a value of a row that it refers to. */
final class CopyResolution {

    private final Model model;
    private final BaseTypes types;
    private final FollowingFit fit;
    private final List<CopyContract> applied = new ArrayList<>();
    private final List<CopyContract> followed = new ArrayList<>();
    private final List<CopyContract> scheduled = new ArrayList<>();
    private final List<CopyContract> noted = new ArrayList<>();
    private final List<UnsupportedContract> unsupported = new ArrayList<>();
    private final Set<Attribute> kept = new HashSet<>();

    CopyResolution(Model model, BaseTypes types) {
        this.model = model;
        this.types = types;
        fit = new FollowingFit(model, types);
    }

    /** Those that the application keeps. */
    List<CopyContract> applied() {
        return applied;
    }

    /** Those that the database keeps; of others it is noted that they can't be kept. */
    List<CopyContract> followed(Predicate<Entity> isView) {
        return followed.stream()
                .filter(copy -> {
                    var inView = isView.test(copy.entity())
                            || copy.path().stream().anyMatch(step -> isView.test(step.target()));
                    if (inView) {
                        unsupported(
                                copy.contract(),
                                copy.contract().name().at(),
                                "rows of a materialized view follow nothing by trigger, and nothing follows them",
                                "copy from a table into a table");
                    }
                    return !inView;
                })
                .toList();
    }

    /** Those that a job brings up to date; of others it is noted that none can. */
    List<CopyContract> scheduled(Predicate<Entity> isView) {
        return without(isView, scheduled, "a job");
    }

    /** Those that the consumer of an outbox brings up to date; of others it is noted that none can. */
    List<CopyContract> noted(Predicate<Entity> isView) {
        return without(isView, noted, "an outbox");
    }

    private List<CopyContract> without(Predicate<Entity> isView, List<CopyContract> all, String by) {
        return all.stream()
                .filter(copy -> {
                    var inView = isView.test(copy.entity())
                            || copy.path().stream().anyMatch(step -> isView.test(step.target()));
                    if (inView) {
                        unsupported(
                                copy.contract(),
                                copy.contract().name().at(),
                                "rows of a materialized view can't be brought up to date by " + by
                                        + ", nor copied by one",
                                "copy from a table into a table");
                    }
                    return !inView;
                })
                .toList();
    }

    List<UnsupportedContract> unsupported() {
        return unsupported;
    }

    /**
     * What can't be compared, or is in several stores, has no drift that a statement could find.
     *
     * @param by what keeps it: a trigger, a job, an outbox or the application
     */
    void resolve(
            Contract contract,
            Contract.Target into,
            Entity entity,
            Derivation.Copy from,
            RelationalStore store,
            Mechanism by) {
        var copy = into.attribute().flatMap(name -> entity.attribute(name.value()));
        var names = from.path().value().split("\\.", -1);
        var steps = new ArrayList<CopyContract.Step>();
        var at = entity;
        for (var i = 0; i < names.length - 1; i++) {
            var reference = at.reference(names[i]);
            var target = reference
                    .flatMap(found -> model.entity(found.entity().value()))
                    .filter(Entity::sound);
            if (reference.isEmpty() || target.isEmpty() || !isWhole(at, reference.get(), target.get())) {
                return;
            }
            steps.add(new CopyContract.Step(reference.get(), target.get()));
            at = target.get();
        }
        var source = at.attribute(names[names.length - 1]);
        if (into.attribute().isEmpty() || steps.isEmpty() || entity.keyNames().isEmpty()) {
            unsupported(
                    contract,
                    into.entity().at(),
                    "a copy can be kept in an attribute of an entity with a key, of a value that a reference leads to",
                    "write `into: " + entity.name() + ".<attribute>` and `from: {copy: <role>.<attribute>}`");
            return;
        }
        if (copy.isEmpty()
                || source.isEmpty()
                || !types.same(copy.get().type().value(), source.get().type().value())) {
            return;
        }
        var place = from.path().at();
        var found = new CopyContract(contract, store, entity, copy.get(), steps, source.get());
        if (steps.stream().anyMatch(step -> !model.storeOf(step.target()).equals(store))) {
            unsupported(
                    contract,
                    place,
                    "drift between two stores can't be found yet",
                    "keep all of `" + from.path() + "` in store `" + store.name() + "`");
        } else if (!isComparable(copy.get()) || !isAlike(types, copy.get(), source.get())) {
            unsupported(
                    contract,
                    place,
                    "`" + entity.name() + "." + copy.get().name()
                            + "` can't be compared with its source, so that drift can't be found",
                    "give both the same type, one that can be compared, and the same `collation`");
        } else if (by == Mechanism.APPLICATION) {
            if (kept.add(copy.get())) {
                applied.add(found);
            }
        } else if (!entity.keyNames().contains(copy.get().name().value())) {
            // Others speak of copies in keys
            switch (by) {
                case JOB -> keep(found, JobFit.misfit(found), scheduled, into, place);
                case OUTBOX -> keep(found, JobFit.misfit(found), noted, into, place);
                default -> keep(found, fit.misfit(found), followed, into, place);
            }
        }
    }

    private void keep(
            CopyContract copy,
            Optional<Misfit> misfit,
            List<CopyContract> fitting,
            Contract.Target into,
            Location place) {
        if (misfit.isPresent()) {
            var at = misfit.get().ofCopy() ? into.attribute().map(Located::at).orElse(place) : place;
            unsupported(
                    copy.contract(), at, misfit.get().summary(), misfit.get().help());
        } else if (kept.add(copy.copy())) {
            fitting.add(copy);
        }
    }

    private static boolean isWhole(Entity entity, Reference reference, Entity target) {
        var referred = reference.referredNames(target);
        return referred.size() == reference.attributes().size()
                && target.attributes().keySet().containsAll(referred)
                && entity.attributes().keySet().containsAll(reference.names());
    }

    private boolean isComparable(Attribute attribute) {
        var base = types.of(attribute.type().value());
        return !(base instanceof DataType.Native
                || base instanceof DataType.Array
                || base instanceof DataType.Unreadable);
    }

    /** Whether what is equal as one is equal as the other. */
    static boolean isAlike(BaseTypes types, Attribute one, Attribute other) {
        return !types.isText(one.type().value())
                || one.type().value().equals(other.type().value())
                        && one.collation()
                                .map(Located::value)
                                .equals(other.collation().map(Located::value));
    }

    private void unsupported(Contract contract, Location at, String summary, String help) {
        unsupported.add(new UnsupportedContract(contract.name().value(), at, summary, help));
    }
}
