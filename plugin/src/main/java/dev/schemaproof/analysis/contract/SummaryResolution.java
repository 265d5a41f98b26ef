package dev.schemaproof.analysis.contract;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.contract.ContractAnalysis.UnsupportedContract;
import dev.schemaproof.analysis.keyvalue.ItemCopies;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The contracts that let a row keep a summary of those that refer to it. */
final class SummaryResolution {

    private static final String TODAY =
            "what can be kept today is what the application keeps: `sync: {by: application, code: com.acme.Names#changed}`; a count, sum, min, max, exists, latest or copy by trigger, outbox or job, such as `from: {count: <entity>, by: <role>}`"
                    + " with `sync: {by: trigger}`, `sync: {by: outbox}` or `sync: {by: job, every: 5m}`, and a query by materialized view: `from: {query: SELECT ...}` with"
                    + " `sync: {by: materialized-view, ...}`";

    private static final Pattern ZERO = Pattern.compile("0+(\\.0*)?");

    /** Scalar types without an order that PostgreSQL's {@code min} and {@code max} know. */
    private static final Set<ScalarKind> UNORDERED =
            EnumSet.of(ScalarKind.UUID, ScalarKind.BOOLEAN, ScalarKind.JSON, ScalarKind.BYTES);

    /** What can keep a summary or a copy: a database does it, or it has nothing to do. */
    private static final Set<Mechanism> GENERATED =
            EnumSet.of(Mechanism.TRIGGER, Mechanism.OUTBOX, Mechanism.JOB, Mechanism.APPLICATION);

    private final Model model;
    private final BaseTypes types;
    private final ItemCopies itemCopies;
    private final CopyResolution copies;
    private final List<SummaryContract> summaries = new ArrayList<>();
    private final List<SummaryContract> applied = new ArrayList<>();
    private final List<SummaryContract> scheduled = new ArrayList<>();
    private final List<SummaryContract> noted = new ArrayList<>();
    private final List<UnsupportedContract> unsupported = new ArrayList<>();
    private final Set<Attribute> kept = new HashSet<>();

    /** The rows that a derivation sums up, and what of them. */
    private record Source(Located<String> entity, Located<String> by, Optional<SourceText> where) {

        static Optional<Source> of(Derivation derivation) {
            if (derivation instanceof Derivation.Count count) {
                return Optional.of(new Source(count.entity(), count.by(), count.where()));
            } else if (derivation instanceof Derivation.Exists exists) {
                return Optional.of(new Source(exists.entity(), exists.by(), exists.where()));
            } else if (derivation instanceof Derivation.Aggregate aggregate) {
                return Optional.of(new Source(aggregate.entity(), aggregate.by(), aggregate.where()));
            }
            return derivation instanceof Derivation.Latest latest
                    ? Optional.of(new Source(latest.entity(), latest.by(), latest.where()))
                    : Optional.empty();
        }
    }

    SummaryResolution(Model model) {
        this.model = model;
        types = new BaseTypes(model);
        itemCopies = new ItemCopies(model);
        copies = new CopyResolution(model, types);
    }

    /** Copies through references. */
    CopyResolution copies() {
        return copies;
    }

    List<UnsupportedContract> unsupported() {
        return unsupported;
    }

    List<SummaryContract> keptByTrigger(Predicate<Entity> isView) {
        return without(isView, summaries);
    }

    List<SummaryContract> keptByApplication(Predicate<Entity> isView) {
        return without(isView, applied);
    }

    List<SummaryContract> keptByJob(Predicate<Entity> isView) {
        return without(isView, scheduled);
    }

    List<SummaryContract> keptByOutbox(Predicate<Entity> isView) {
        return without(isView, noted);
    }

    /** Those that have nothing to do with views; of the others it is noted that they can't be kept. */
    private List<SummaryContract> without(Predicate<Entity> isView, List<SummaryContract> all) {
        return all.stream()
                .filter(summary -> {
                    var inView = isView.test(summary.child()) || isView.test(summary.parent());
                    if (inView) {
                        unsupported(
                                summary.contract(),
                                summary.contract().name().at(),
                                "rows of a materialized view can't be kept or summed up",
                                "sum up the rows of a table");
                    }
                    return !inView;
                })
                .toList();
    }

    void resolve(Contract contract) {
        if (itemCopies.inItemsOnly(contract)) {
            itemCopy(contract);
            return;
        }
        var into = contract.duplicates().flatMap(Contract.Duplicates::into);
        var parent = into.flatMap(target -> model.entity(target.entity().value()));
        var from = contract.duplicates().flatMap(Contract.Duplicates::from);
        if (parent.isPresent()
                && from.isPresent()
                && parent.get().sound()
                && model.storeOf(parent.get()) instanceof RelationalStore store) {
            resolve(contract, into.get(), parent.get(), from.get(), store);
        }
    }

    /** There is nothing to generate where the application keeps the copy. */
    private void itemCopy(Contract contract) {
        contract.sync()
                .flatMap(Contract.Sync::by)
                .filter(by -> by.value() != Mechanism.APPLICATION)
                .ifPresent(
                        by -> unsupported(
                                contract,
                                by.at(),
                                "nothing can be generated for `by: "
                                        + by.value().word() + "` in a key-value store yet",
                                "what can keep it today is the application: `sync: {by: application, code: com.acme.Names#changed}`"));
    }

    private void resolve(
            Contract contract, Contract.Target into, Entity parent, Located<Derivation> from, RelationalStore store) {
        var mechanism = contract.sync().flatMap(Contract.Sync::by);
        var source = Source.of(from.value());
        if (ViewResolution.isView(contract)) {
            return;
        }
        var known = mechanism.filter(by -> GENERATED.contains(by.value()));
        if (known.isPresent() && from.value() instanceof Derivation.Copy path) {
            copies.resolve(contract, into, parent, path, store, known.get().value());
        } else if (mechanism.isPresent() && known.isEmpty()) {
            var by = mechanism.get();
            unsupported(
                    contract,
                    by.at(),
                    "nothing can be generated for `by: " + by.value().word() + "` yet",
                    TODAY);
        } else if (source.isEmpty()) {
            unsupported(
                    contract,
                    from.at(),
                    known.filter(by -> by.value() == Mechanism.APPLICATION).isPresent()
                            ? "drift of a `query` can't be found yet, whoever keeps it"
                            : "no "
                                    + known.map(Located::value)
                                            .orElse(Mechanism.TRIGGER)
                                            .word() + " can be generated for a `query` yet",
                    TODAY);
        } else if (into.attribute().isEmpty()) {
            unsupported(
                    contract,
                    into.entity().at(),
                    "a summary can be kept in an attribute, not in an entity as a whole",
                    "write `into: " + parent.name() + ".<attribute>`");
        } else if (mechanism.isPresent()) {
            var copy = parent.attribute(into.attribute().get().value());
            var child = model.entity(source.get().entity().value()).filter(Entity::sound);
            var reference =
                    child.flatMap(entity -> entity.reference(source.get().by().value()));
            var summary = child.flatMap(entity -> summary(from.value(), entity));
            if (copy.isPresent() && reference.isPresent() && summary.isPresent()) {
                add(
                        new SummaryContract(
                                contract,
                                store,
                                parent,
                                copy.get(),
                                child.get(),
                                reference.get(),
                                summary.get(),
                                source.get().where()),
                        into.attribute().get(),
                        source.get());
            }
        }
    }

    /** What is kept; empty where a name names nothing. */
    private static Optional<Summary> summary(Derivation derivation, Entity child) {
        if (derivation instanceof Derivation.Aggregate aggregate) {
            return child.attribute(aggregate.attribute().value()).map(value -> switch (aggregate.function()) {
                case SUM -> new Summary.Sum(value);
                case MIN -> new Summary.Extreme(false, value);
                case MAX -> new Summary.Extreme(true, value);
            });
        } else if (derivation instanceof Derivation.Latest latest) {
            return child.attribute(latest.attribute().value())
                    .flatMap(value ->
                            child.attribute(latest.orderBy().value()).map(order -> new Summary.Latest(value, order)));
        }
        return Optional.of(derivation instanceof Derivation.Exists ? new Summary.Exists() : new Summary.Count());
    }

    private void add(SummaryContract summary, Located<String> copy, Source from) {
        var contract = summary.contract();
        var by = contract.sync().flatMap(Contract.Sync::by).map(Located::value).orElseThrow();
        var byTrigger = by == Mechanism.TRIGGER;
        var parent = summary.parent().name();
        var child = summary.child().name();
        if (!summary.reference().entity().value().equals(parent.value())
                || summary.isFolded() && !summary.summary().isAdditive()
                || !isWellFormed(summary)
                || !hasFittingType(summary)) {
            // Others speak of that
            return;
        } else if (!model.storeOf(summary.child()).equals(summary.store())) {
            unsupported(
                    contract,
                    from.entity().at(),
                    "rows of store `" + model.storeOf(summary.child()).name() + "` cannot be summed up in store `"
                            + summary.store().name() + "` yet",
                    "keep `" + child + "` and `" + parent + "` in one store");
        } else if (!summary.reference()
                .referredNames(summary.parent())
                .equals(summary.parent().keyNames())) {
            unsupported(
                    contract,
                    from.by().at(),
                    "a summary by `" + from.by() + "`, which leads to something else than the key, cannot be kept yet",
                    "let `" + child + "." + from.by() + "` refer to the key of `" + parent + "`");
        } else if (summary.reference().deferrable() && summary.mode().equals(Optional.of(Contract.Mode.IMMEDIATE))) {
            unsupported(
                    contract,
                    from.by().at(),
                    "a summary by the deferrable reference `" + from.by() + "` can't be kept with each statement",
                    "use `mode: deferred`, or take `deferrable` from `" + child + "." + from.by()
                            + "`: a row that is there before the row it refers to would be lost");
        } else if ((byTrigger || by == Mechanism.OUTBOX) && !startsRight(summary)) {
            start(summary, copy);
        } else if (by == Mechanism.JOB && JobFit.misfit(summary).isPresent()) {
            var misfit = JobFit.misfit(summary).get();
            unsupported(contract, copy.at(), misfit.summary(), misfit.help());
        } else if (isSummedUp(summary, from) && kept.add(summary.copy())) {
            kept(by).add(summary);
        }
    }

    private List<SummaryContract> kept(Mechanism by) {
        return switch (by) {
            case TRIGGER -> summaries;
            case JOB -> scheduled;
            case OUTBOX -> noted;
            default -> applied;
        };
    }

    private boolean isWellFormed(SummaryContract summary) {
        var key = summary.parent().keyNames();
        return !key.isEmpty()
                && summary.reference().referredNames(summary.parent()).size()
                        == summary.reference().attributes().size()
                && summary.parent().attributes().keySet().containsAll(key)
                && summary.child()
                        .attributes()
                        .keySet()
                        .containsAll(summary.reference().names())
                && !key.contains(summary.copy().name().value());
    }

    private boolean hasFittingType(SummaryContract summary) {
        var type = summary.copy().type().value();
        if (summary.summary() instanceof Summary.Count) {
            return types.isInteger(type);
        } else if (summary.summary() instanceof Summary.Exists) {
            return types.of(type).equals(new DataType.Scalar(ScalarKind.BOOLEAN));
        } else if (summary.summary() instanceof Summary.Sum) {
            return types.isNumber(type);
        }
        return types.same(type, summary.summary().inputs().get(0).type().value());
    }

    /** Whether values of these types can be summed up so; otherwise it is noted why not. */
    private boolean isSummedUp(SummaryContract summary, Source from) {
        var contract = summary.contract();
        if (summary.summary().start() == Summary.Start.NOTHING
                && !CopyResolution.isAlike(
                        types, summary.copy(), summary.summary().inputs().get(0))) {
            return refused(
                    contract,
                    from.entity().at(),
                    "`" + summary.parent().name() + "." + summary.copy().name()
                            + "` compares texts by another collation than its source, so that drift can't be found",
                    "give both the same type and `collation`");
        }
        if (summary.summary() instanceof Summary.Sum sum) {
            if (!isExact(sum.value()) || !isExact(summary.copy())) {
                return refused(
                        contract,
                        from.entity().at(),
                        "a sum of `" + sum.value().type() + "` in `"
                                + summary.copy().type() + "` drifts, as it depends on the order in which it is made",
                        "use whole numbers or `decimal` for both");
            }
            return scale(sum.value()) <= scale(summary.copy())
                    || refused(
                            contract,
                            from.entity().at(),
                            "`" + summary.parent().name() + "." + summary.copy().name() + "` has "
                                    + scale(summary.copy()) + " digits behind the point, and `"
                                    + sum.value().name()
                                    + "` has " + scale(sum.value()),
                            "give the copy as many digits behind the point");
        } else if (summary.summary() instanceof Summary.Extreme extreme) {
            return isOrdered(extreme.value())
                    || refused(
                            contract,
                            from.entity().at(),
                            "PostgreSQL has no least or greatest `"
                                    + extreme.value().type() + "` in every version",
                            "keep that of another attribute, or `latest`");
        } else if (summary.summary() instanceof Summary.Latest latest) {
            return (!summary.child().keyNames().isEmpty()
                            || refused(
                                    contract,
                                    from.entity().at(),
                                    "`" + summary.child().name()
                                            + "` has no key, so that nothing tells which of two equal rows is last",
                                    "give it a key"))
                    && (isOrdered(latest.order())
                            || refused(
                                    contract,
                                    from.entity().at(),
                                    "`" + latest.order().name() + "` is `"
                                            + latest.order().type() + "`, by which nothing can be last yet",
                                    "order by a number, a text or a moment"))
                    && (isComparable(latest.value())
                            || refused(
                                    contract,
                                    from.entity().at(),
                                    "values of `" + latest.value().type()
                                            + "` can't be compared, so that drift can't be found",
                                    "keep another attribute of the latest row"));
        }
        return true;
    }

    private boolean refused(Contract contract, Location at, String summary, String help) {
        unsupported(contract, at, summary, help);
        return false;
    }

    private boolean isExact(Attribute attribute) {
        var type = attribute.type().value();
        return types.isInteger(type) || types.of(type) instanceof DataType.Decimal;
    }

    private int scale(Attribute attribute) {
        return types.of(attribute.type().value()) instanceof DataType.Decimal decimal ? decimal.scale() : 0;
    }

    private boolean isOrdered(Attribute attribute) {
        var base = types.of(attribute.type().value());
        return base instanceof DataType.Decimal
                || base instanceof DataType.Varying
                || base instanceof DataType.Fixed
                || base instanceof DataType.Named
                || base instanceof DataType.Scalar scalar && !UNORDERED.contains(scalar.kind());
    }

    private boolean isComparable(Attribute attribute) {
        var base = types.of(attribute.type().value());
        return !(base instanceof DataType.Native
                || base instanceof DataType.Array
                || base instanceof DataType.Unreadable);
    }

    /** Whether a row that nothing refers to holds the right value from the beginning. */
    private static boolean startsRight(SummaryContract summary) {
        var copy = summary.copy();
        var given = copy.defaultValue().map(SourceText::value).map(String::strip);
        return copy.generated().isEmpty()
                && copy.identity().isEmpty()
                && switch (summary.summary().start()) {
                    case ZERO ->
                        given.filter(value -> ZERO.matcher(value).matches()).isPresent();
                    case FALSE -> given.filter("false"::equalsIgnoreCase).isPresent();
                    case NOTHING ->
                        copy.optional()
                                && given.filter(value -> !value.equalsIgnoreCase("null"))
                                        .isEmpty();
                };
    }

    private void start(SummaryContract summary, Located<String> copy) {
        var name = "`" + summary.parent().name() + "." + copy + "`";
        var word = summary.summary().word();
        var wanted = switch (summary.summary().start()) {
            case ZERO ->
                List.of(
                        "a " + word + " starts at zero, but " + name + " does not",
                        "declare " + name + " with `default: 0`, neither generated nor an identity");
            case FALSE ->
                List.of(
                        "`exists` starts as false, but " + name + " does not",
                        "declare " + name + " with `default: false`");
            case NOTHING ->
                List.of(
                        "`" + word + "` of no rows is nothing, but " + name + " starts with something",
                        "declare " + name + " with `optional: true` and without a default");
        };
        unsupported(summary.contract(), copy.at(), wanted.get(0), wanted.get(1));
    }

    private void unsupported(Contract contract, Location at, String summary, String help) {
        unsupported.add(new UnsupportedContract(contract.name().value(), at, summary, help));
    }
}
