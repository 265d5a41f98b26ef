package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.Bound;
import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.Refusal.RefusedException;
import dev.schemaproof.analysis.keyvalue.Refusal.Stage;
import dev.schemaproof.analysis.keyvalue.Request.Assignment;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.analysis.keyvalue.Resolution.Omission;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.Term.Comparison;
import dev.schemaproof.model.AccessPattern.Write;
import dev.schemaproof.model.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the request that a write becomes. It changes one item, so it has to know that item's whole key. */
final class WriteResolver {

    private final Paths paths;
    private final List<TableDesign> tables;
    private final ItemDesign item;
    private final Write pattern;
    private final Bindings bindings;
    private final Changes changes;

    WriteResolver(Paths paths, List<TableDesign> tables, ItemDesign item, Write pattern, Bindings bindings) {
        this.paths = paths;
        this.tables = List.copyOf(tables);
        this.item = item;
        this.pattern = pattern;
        this.bindings = bindings;
        this.changes = new Changes(item, bindings);
    }

    Served resolve() throws RefusedException, NoValueException {
        return switch (pattern.kind()) {
            case INSERT -> {
                refuseConditions();
                yield put(Optional.of(item.key().partition().name()));
            }
            case UPSERT -> {
                refuseConditions();
                yield pattern.set().isEmpty() ? replace() : update(true);
            }
            case UPDATE -> update(false);
            case DELETE -> delete();
        };
    }

    private String table() {
        return item.table().name().value();
    }

    /** A row that may be new has nothing to be compared with: its conditions say what it is. */
    private void refuseConditions() throws RefusedException {
        for (var bound : bindings.conditions()) {
            if (!bindings.equalTo(bound.canonical()).map(bound::equals).orElse(false)) {
                throw Refusal.exception(
                        Stage.COMPARISON,
                        Flaw.INCOMPARABLE,
                        bound.condition().at(),
                        "an " + pattern.kind().word() + " writes a row that may be new, which has no `" + bound.path()
                                + "` to compare with",
                        "leave the condition out, or use `write: update`");
            }
        }
    }

    private Served put(Optional<String> onlyNew) throws NoValueException {
        var values = new LinkedHashMap<String, RequestValue>();
        for (var template : item.templates()) {
            values.put(template.name(), Keys.value(template, bindings));
        }
        for (var stored : item.stored().values()) {
            if (!values.containsKey(stored.name())) {
                values.put(stored.name(), given(stored));
            }
        }
        return served(new Request.PutItem(table(), values, onlyNew), List.of(), omissions(values.keySet(), Set.of()));
    }

    /** The row may be there with other values of all that doesn't say which it is. */
    private Served replace() throws RefusedException, NoValueException {
        var identity = new HashSet<>(item.entity().keyNames());
        changes.inKey().forEach(path -> identity.add(path.attribute()));
        refuseChangeOfOthers(item.entity().attributes().keySet().stream()
                .filter(name -> !identity.contains(name))
                .map(name -> new Located<>(name, pattern.name().at()))
                .toList());
        return put(Optional.empty());
    }

    /** The value for a stored attribute: what a condition gives, else a parameter named like its path. */
    private RequestValue given(StoredAttribute stored) throws NoValueException {
        var bound = bindings.equalTo(stored.path().canonical());
        var piece = bound.isPresent()
                ? bindings.piece(bound.get(), bound.get().operand(0), stored.format())
                : bindings.parameter(stored.path().toString(), stored.path(), stored.format());
        return new RequestValue(stored.type(), List.of(piece));
    }

    /**
     * What is left out where a parameter is absent.
     *
     * @param written the attributes of the item that are written
     * @param changed the entity's attributes whose parameter is that of a new value
     */
    private List<Omission> omissions(Set<String> written, Set<String> changed) {
        var omitted = new LinkedHashMap<String, Set<String>>();
        for (var template : item.templates()) {
            template.variables().stream()
                    .filter(variable -> variable.path().optional())
                    .forEach(variable -> omit(omitted, parameter(variable.path(), changed), template.name(), written));
        }
        item.stored().values().stream()
                .filter(stored -> stored.path().optional())
                .forEach(stored -> omit(omitted, parameter(stored.path(), changed), stored.name(), written));
        return omitted.entrySet().stream()
                .map(entry -> new Omission(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    /** The parameter that gives the value. */
    private String parameter(ResolvedPath path, Set<String> changed) {
        return path.canonical().own() && changed.contains(path.canonical().attribute())
                ? changes.parameter(path)
                : path.toString();
    }

    private static void omit(
            Map<String, Set<String>> omitted, String parameter, String attribute, Set<String> written) {
        if (written.contains(attribute)) {
            omitted.computeIfAbsent(parameter, unseen -> new LinkedHashSet<>()).add(attribute);
        }
    }

    private Map<String, RequestValue> key() throws RefusedException, NoValueException {
        var missing = Keys.missing(item.key().templates(), bindings);
        if (!missing.isEmpty()) {
            var names = "`" + String.join("` and `", missing) + "`";
            throw Refusal.exception(
                    Stage.KEY,
                    Flaw.UNADDRESSED,
                    pattern.name().at(),
                    "the " + pattern.kind().word() + " doesn't know which item to change: the key of `" + item.name()
                            + "` is made of " + names + " too",
                    "compare " + names
                            + " with parameters in `where`, or make the key of what the pattern knows; DynamoDB"
                            + " changes one item at a time, by its whole key");
        }
        return wholeKey();
    }

    /** What must hold of the item beside having the key. */
    private List<Term> conditions(List<Bound> residual) throws RefusedException, NoValueException {
        var terms = new ArrayList<Term>();
        for (var bound : residual) {
            var stored = item.holding(bound.path().canonical())
                    .orElseThrow(() -> Unstored.in(
                            item, bound.path(), bound.condition().attribute().at()));
            terms.addAll(FilterTerms.of(bound, stored, bindings));
        }
        return terms;
    }

    /** The conditions that the key alone doesn't decide: a format may write different values alike. */
    private List<Bound> residual() {
        var decided = new HashSet<Bound>();
        for (var template : item.key().templates()) {
            for (var i = 0; i < template.parts().size(); i++) {
                if (template.parts().get(i) instanceof KeyTemplate.Part.Variable variable
                        && template.readableFromBeginning(i, template.parts().size())) {
                    bindings.equalTo(variable.path().canonical()).ifPresent(decided::add);
                }
            }
        }
        return bindings.conditions().stream()
                .filter(bound -> !decided.contains(bound))
                .toList();
    }

    private Served delete() throws RefusedException, NoValueException {
        var key = key();
        var residual = residual();
        return served(new Request.DeleteItem(table(), key, conditions(residual)), residual, List.of());
    }

    private Served update(boolean insertToo) throws RefusedException, NoValueException {
        var key = insertToo ? wholeKey() : key();
        var residual = insertToo ? List.<Bound>of() : residual();
        var changed = changed();
        refuseNothing(changed);
        refuseKeyChange(changed);
        refuseChangeOfOthers(changed);
        var terms = new ArrayList<Term>();
        if (!insertToo) {
            terms.add(new Term(item.key().partition().name(), Comparison.EXISTS, List.of()));
        }
        terms.addAll(conditions(residual));
        var assignments = new LinkedHashMap<String, Assignment>();
        for (var name : changed) {
            var stored = stored(name);
            assignments.put(
                    stored.name(),
                    new Assignment(
                            stored.name(), new RequestValue(stored.type(), List.of(changes.value(stored))), false));
        }
        new FollowingKeys(item, pattern, bindings, changes).follow(names(changed), assignments);
        if (insertToo) {
            keepOthers(assignments);
        }
        var request = new Request.UpdateItem(table(), key, List.copyOf(assignments.values()), terms);
        return served(request, residual, omissions(assignments.keySet(), names(changed)));
    }

    private Map<String, RequestValue> wholeKey() throws NoValueException {
        var key = new LinkedHashMap<String, RequestValue>();
        for (var template : item.key().templates()) {
            key.put(template.name(), Keys.value(template, bindings));
        }
        return key;
    }

    /** The attributes that get a new value: those of {@code set}, else everything that isn't part of the key or compared. */
    private List<Located<String>> changed() {
        if (!pattern.set().isEmpty()) {
            return pattern.set();
        }
        var inKey = changes.inKey();
        return item.stored().values().stream()
                .filter(stored -> !stored.copied()
                        && !inKey.contains(stored.path().canonical())
                        && bindings.equalTo(stored.path().canonical()).isEmpty())
                .map(stored -> new Located<>(
                        stored.path().attribute().name().value(), pattern.name().at()))
                .toList();
    }

    private StoredAttribute stored(Located<String> name) throws RefusedException {
        var path = paths.find(item.entity(), name.value()).orElseThrow();
        return item.holding(path.canonical()).orElseThrow(() -> Unstored.in(item, path, name.at()));
    }

    private static Set<String> names(List<Located<String>> located) {
        var names = new TreeSet<String>();
        located.forEach(name -> names.add(name.value()));
        return names;
    }

    private void refuseNothing(List<Located<String>> changed) throws RefusedException {
        if (changed.isEmpty()) {
            throw Refusal.exception(
                    Stage.KEY,
                    Flaw.UNSTORED,
                    pattern.name().at(),
                    "the " + pattern.kind().word() + " has nothing to set: all that an item of `" + item.name()
                            + "` holds is part of its key, follows from it, or is compared",
                    "name what it changes: `set: [...]`");
        }
    }

    private void refuseKeyChange(List<Located<String>> changed) throws RefusedException {
        for (var name : changed) {
            for (var template : item.key().templates()) {
                for (var variable : template.variables()) {
                    if (changes.touched(variable.path().canonical(), Set.of(name.value()))) {
                        throw Refusal.exception(
                                Stage.KEY,
                                Flaw.STALE,
                                name.at(),
                                "`" + name.value() + "` is part of the key of `" + item.name() + "` (`"
                                        + template.name() + "` is `" + template
                                        + "`), and the key of an item can't be changed",
                                "take `" + variable.path()
                                        + "` out of the key, or delete the item and insert it again");
                    }
                }
            }
        }
    }

    /** One request changes one item, so the keys of others can't follow. */
    private void refuseChangeOfOthers(List<Located<String>> changed) throws RefusedException {
        var dependent = Dependents.find(paths, tables, item.entity(), names(changed));
        if (dependent.isEmpty()) {
            return;
        }
        var other = dependent.get();
        var attribute = other.way().attribute();
        throw Refusal.exception(
                Stage.KEY,
                Flaw.STALE,
                changed.stream()
                        .filter(name -> name.value().equals(attribute))
                        .findFirst()
                        .map(Located::at)
                        .orElse(pattern.name().at()),
                "the " + pattern.kind().word() + " leaves stale keys behind: `"
                        + other.template().name() + "` of `"
                        + other.item().name() + "` is `" + other.template() + "`, which is made of `"
                        + attribute + "` of the `" + item.name() + "` that it refers to",
                "let the key be made of what never changes, such as "
                        + item.entity().keyNames().stream()
                                .map(name ->
                                        "`{" + new AttributePath(other.way().roles(), name) + "}`")
                                .collect(Collectors.joining(" and "))
                        + ", or take `" + attribute + "` out of the "
                        + pattern.kind().word());
    }

    /** An upsert that finds no item writes all of it; what is there and not in {@code set} stays. */
    private void keepOthers(Map<String, Assignment> assignments) throws NoValueException {
        for (var template : item.templates()) {
            if (!item.key().names().contains(template.name()) && !assignments.containsKey(template.name())) {
                assignments.put(template.name(), new Assignment(template.name(), Keys.value(template, bindings), true));
            }
        }
        for (var stored : item.stored().values()) {
            if (!item.key().names().contains(stored.name()) && !assignments.containsKey(stored.name())) {
                assignments.put(stored.name(), new Assignment(stored.name(), given(stored), true));
            }
        }
    }

    private Served served(Request request, List<Bound> residual, List<Omission> omissions) {
        return new Served(
                pattern,
                item,
                Optional.empty(),
                request,
                bindings.parameters(),
                residual.stream().map(Bound::condition).toList(),
                omissions,
                OptionalLong.empty(),
                List.of());
    }
}
