package dev.schemaproof.analysis.contract;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.keyvalue.ItemCopies;
import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the contracts of a model come to. A contract that is incomplete, contradicts itself, or uses names that name
 * nothing, comes to nothing here: others report that.
 *
 * @param counts those that triggers are generated for
 * @param views those that materialized views are generated for, each after those that it reads
 * @param unsupported those that are well-formed, but cannot be kept yet
 */
public record ContractAnalysis(
        List<CountContract> counts, List<ViewContract> views, List<UnsupportedContract> unsupported) {

    public ContractAnalysis {
        counts = List.copyOf(counts);
        views = List.copyOf(views);
        unsupported = List.copyOf(unsupported);
    }

    public static ContractAnalysis of(Model model, ModelSql sql) {
        return new Resolution(model, sql).resolve();
    }

    /** The counts that one database keeps. */
    public List<CountContract> countsIn(RelationalStore store) {
        return counts.stream().filter(count -> count.store().equals(store)).toList();
    }

    /** The materialized views of one database, each after those that it reads. */
    public List<ViewContract> viewsIn(RelationalStore store) {
        return views.stream().filter(view -> view.store().equals(store)).toList();
    }

    /** Whether the entity is a materialized view, not a table. */
    public boolean isView(Entity entity) {
        return views.stream()
                .anyMatch(view ->
                        view.entity().name().value().equals(entity.name().value()));
    }

    /**
     * A contract for which nothing can be generated yet.
     *
     * @param contract its name
     * @param at what of it is not supported
     * @param summary what that is
     * @param help what is supported
     */
    public record UnsupportedContract(String contract, Location at, String summary, String help) {}

    private static final class Resolution {

        private static final String TODAY =
                "what can be kept today is a count by trigger: `from: {count: <entity>, by: <role>}` with `sync: {by: trigger}`,"
                        + " and a query by materialized view: `from: {query: SELECT ...}` with `sync: {by: materialized-view, ...}`";

        private final Model model;
        private final ModelSql sql;
        private final BaseTypes types;
        private final ItemCopies copies;
        private final List<CountContract> counts = new ArrayList<>();
        private final List<UnsupportedContract> unsupported = new ArrayList<>();
        private final Set<Attribute> kept = new HashSet<>();

        Resolution(Model model, ModelSql sql) {
            this.model = model;
            this.sql = sql;
            types = new BaseTypes(model);
            copies = new ItemCopies(model);
        }

        ContractAnalysis resolve() {
            model.contracts().values().stream().filter(Contract::sound).forEach(this::resolve);
            var views = new ViewResolution(model, sql);
            model.contracts().values().stream().filter(Contract::sound).forEach(views::resolve);
            unsupported.addAll(views.unsupported());
            var analysis = new ContractAnalysis(counts, views.views(), unsupported);
            counts.removeIf(count -> {
                var inView = analysis.isView(count.child()) || analysis.isView(count.parent());
                if (inView) {
                    unsupported(
                            count.contract(),
                            count.contract().name().at(),
                            "no trigger can keep or count rows of a materialized view",
                            "count the rows of a table");
                }
                return inView;
            });
            return new ContractAnalysis(counts, analysis.views(), unsupported);
        }

        private void resolve(Contract contract) {
            if (copies.inItemsOnly(contract)) {
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
                Contract contract,
                Contract.Target into,
                Entity parent,
                Located<Derivation> from,
                RelationalStore store) {
            var mechanism = contract.sync().flatMap(Contract.Sync::by);
            if (ViewResolution.isView(contract)) {
                return;
            }
            if (mechanism.filter(by -> by.value() != Mechanism.TRIGGER).isPresent()) {
                var by = mechanism.get();
                unsupported(
                        contract,
                        by.at(),
                        "nothing can be generated for `by: " + by.value().word() + "` yet",
                        TODAY);
            } else if (!(from.value() instanceof Derivation.Count count)) {
                unsupported(
                        contract, from.at(), "no trigger can be generated for `" + word(from.value()) + "` yet", TODAY);
            } else if (into.attribute().isEmpty()) {
                unsupported(
                        contract,
                        into.entity().at(),
                        "a count can be kept in an attribute, not in an entity as a whole",
                        "write `into: " + parent.name() + ".<attribute>`");
            } else if (mechanism.isPresent()) {
                var copy = parent.attribute(into.attribute().get().value());
                var child = model.entity(count.entity().value()).filter(Entity::sound);
                var reference =
                        child.flatMap(entity -> entity.reference(count.by().value()));
                if (copy.isPresent() && reference.isPresent()) {
                    count(
                            new CountContract(
                                    contract, store, parent, copy.get(), child.get(), reference.get(), count.where()),
                            into.attribute().get(),
                            count);
                }
            }
        }

        private void count(CountContract count, Located<String> copy, Derivation.Count from) {
            var contract = count.contract();
            var parent = count.parent().name();
            var child = count.child().name();
            var name = "`" + parent + "." + copy + "`";
            if (!count.reference().entity().value().equals(parent.value()) || !wellFormed(count)) {
                // Others speak of that
                return;
            } else if (!model.storeOf(count.child()).equals(count.store())) {
                unsupported(
                        contract,
                        from.entity().at(),
                        "rows of store `" + model.storeOf(count.child()).name() + "` cannot be counted in store `"
                                + count.store().name() + "` yet",
                        "keep `" + child + "` and `" + parent + "` in one store");
            } else if (!count.reference().referredNames(count.parent()).equals(key(count))) {
                unsupported(
                        contract,
                        from.by().at(),
                        "a count by `" + from.by()
                                + "`, which leads to something else than the key, cannot be kept yet",
                        "let `" + child + "." + from.by() + "` refer to the key of `" + parent + "`");
            } else if (count.reference().deferrable()) {
                unsupported(
                        contract,
                        from.by().at(),
                        "a count by the deferrable reference `" + from.by() + "` cannot be kept yet",
                        "take `deferrable` from `" + child + "." + from.by()
                                + "`: a row that is counted before the row it refers to is there would be lost");
            } else if (!startsAtZero(count.copy())) {
                unsupported(
                        contract,
                        copy.at(),
                        "a count starts at zero, but " + name + " does not",
                        "declare " + name + " with `default: 0`, neither generated nor an identity");
            } else if (kept.add(count.copy())) {
                counts.add(count);
            }
        }

        private static List<String> key(CountContract count) {
            return count.parent().keyNames();
        }

        private boolean wellFormed(CountContract count) {
            var key = key(count);
            var copy = count.copy();
            return !key.isEmpty()
                    && count.reference().referredNames(count.parent()).size()
                            == count.reference().attributes().size()
                    && count.parent().attributes().keySet().containsAll(key)
                    && count.child()
                            .attributes()
                            .keySet()
                            .containsAll(count.reference().names())
                    && !key.contains(copy.name().value())
                    && types.isInteger(copy.type().value());
        }

        private static boolean startsAtZero(Attribute copy) {
            return copy.generated().isEmpty()
                    && copy.identity().isEmpty()
                    && copy.defaultValue()
                            .map(SourceText::value)
                            .map(String::strip)
                            .filter("0"::equals)
                            .isPresent();
        }

        private void unsupported(Contract contract, Location at, String summary, String help) {
            unsupported.add(new UnsupportedContract(contract.name().value(), at, summary, help));
        }

        private static String word(Derivation derivation) {
            if (derivation instanceof Derivation.Aggregate aggregate) {
                return switch (aggregate.function()) {
                    case SUM -> "sum";
                    case MIN -> "min";
                    case MAX -> "max";
                };
            } else if (derivation instanceof Derivation.Exists) {
                return "exists";
            } else if (derivation instanceof Derivation.Latest) {
                return "latest";
            } else if (derivation instanceof Derivation.Copy) {
                return "copy";
            } else if (derivation instanceof Derivation.Query) {
                return "query";
            }
            return "count";
        }
    }
}
