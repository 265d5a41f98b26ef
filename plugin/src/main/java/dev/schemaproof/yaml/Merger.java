package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.NormalForm;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RuleSettings;
import dev.schemaproof.model.RuleSettings.RuleException;
import dev.schemaproof.model.Store;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes one model of what the files say, and fills in what is derived from other elements. */
final class Merger {

    private final List<Finding> findings;
    private final Map<String, Store> stores = new LinkedHashMap<>();
    private final Map<String, TypeDefinition> types = new LinkedHashMap<>();
    private final Map<String, Entity> entities = new LinkedHashMap<>();
    private final Map<String, AccessPattern> patterns = new LinkedHashMap<>();
    private final Map<String, Contract> contracts = new LinkedHashMap<>();
    private final Map<String, Located<Optional<Severity>>> severities = new LinkedHashMap<>();
    private final List<RuleException> exceptions = new ArrayList<>();
    private Optional<Located<String>> name = Optional.empty();
    private Optional<Located<NormalForm>> target = Optional.empty();

    Merger(List<Finding> findings) {
        this.findings = findings;
    }

    void add(FileShape.Part part) {
        part.name().ifPresent(given -> name = Optional.of(only("the model's name", name, given)));
        putAll("store", stores, part.stores(), store -> store.name().at());
        putAll("type", types, part.types(), type -> type.name().at());
        putAll("entity", entities, part.entities(), entity -> entity.name().at());
        putAll(
                "access pattern",
                patterns,
                part.patterns(),
                pattern -> pattern.name().at());
        putAll(
                "contract",
                contracts,
                part.contracts(),
                contract -> contract.name().at());
        part.rules().ifPresent(rules -> {
            rules.target().ifPresent(given -> target = Optional.of(only("the target", target, given)));
            putAll("severity of", severities, rules.severities(), Located::at);
            exceptions.addAll(rules.exceptions());
        });
    }

    private <T> Located<T> only(String what, Optional<Located<T>> earlier, Located<T> given) {
        earlier.ifPresent(first -> findings.add(Flaw.DUPLICATE_NAME
                .at(given.at(), "model", what + " is given twice")
                .withHelp("keep one of the two")
                .withRelated(first.at(), "first given here")));
        return earlier.orElse(given);
    }

    private <T> void putAll(String what, Map<String, T> all, Map<String, T> part, Function<T, Location> place) {
        part.forEach((key, value) -> {
            var earlier = all.putIfAbsent(key, value);
            if (earlier != null) {
                findings.add(Flaw.DUPLICATE_NAME
                        .at(place.apply(value), key, "the " + what + " `" + key + "` is declared twice")
                        .withHelp("rename one of the two, or merge them")
                        .withRelated(place.apply(earlier), "first declared here"));
            }
        });
    }

    /**
     * The model. What is wrong with it as a whole is reported only when nothing was wrong with its files, as a broken
     * file may well hold what seems to be missing.
     *
     * @param start where the model begins, for what is missing from it
     */
    Optional<Model> merge(Location start, boolean filesAreSound) {
        if (filesAreSound && entities.isEmpty()) {
            findings.add(Flaw.EMPTY_MODEL
                    .at(name.map(Located::at).orElse(start), "model", "the model has no entities")
                    .withHelp("declare them under `entities:`"));
        }
        if (filesAreSound && name.isEmpty() && !entities.isEmpty()) {
            var first = entities.values().iterator().next().name().at();
            findings.add(Flaw.INCOMPLETE_ELEMENT
                    .at(Location.startOf(first.file()), "model", "no file gives the model's name")
                    .withHelp("add `schema: <name>` to one file, such as this one"));
        }
        if (entities.isEmpty()) {
            return Optional.empty();
        }
        var named = name.orElseGet(() -> new Located<>("model", start));
        if (stores.isEmpty()) {
            var main = new Located<>("main", named.at());
            stores.put(main.value(), RelationalStore.plain(main, StoreShape.newestPostgresql()));
        }
        entities.replaceAll((key, entity) -> deriveReferences(entity));
        return Optional.of(new Model(
                named,
                stores,
                types,
                entities,
                patterns,
                contracts,
                new RuleSettings(target.map(Located::value).orElse(NormalForm.THIRD), severities, exceptions)));
    }

    /** The attributes of a reference that names none are {@code <role>_<key>}, one for each part of the other's key. */
    private Entity deriveReferences(Entity entity) {
        if (entity.references().values().stream()
                .noneMatch(reference -> reference.attributes().isEmpty())) {
            return entity;
        }
        var references = new LinkedHashMap<String, Reference>();
        entity.references().forEach((role, reference) -> references.put(role, derived(reference)));
        return entity.withReferences(references);
    }

    private Reference derived(Reference reference) {
        var other = entities.get(reference.entity().value());
        if (!reference.attributes().isEmpty() || other == null) {
            return reference;
        }
        return reference.withAttributes(reference.referredNames(other).stream()
                .map(key -> new Located<>(
                        reference.role() + "_" + key, reference.role().at()))
                .toList());
    }
}
