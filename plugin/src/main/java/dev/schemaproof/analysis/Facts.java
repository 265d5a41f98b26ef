package dev.schemaproof.analysis;

import dev.schemaproof.analysis.access.AccessAnalysis;
import dev.schemaproof.analysis.atomic.Atomicity;
import dev.schemaproof.analysis.contract.ContractAnalysis;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis;
import dev.schemaproof.analysis.name.UnknownName;
import dev.schemaproof.analysis.name.UnknownNames;
import dev.schemaproof.analysis.name.UsedNames;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.redundancy.Redundancies;
import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.analysis.type.ModelTypes;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A model and everything that can be concluded from it. Each conclusion is drawn once, when first asked for, and is
 * immutable; any number of threads may ask.
 */
public final class Facts {

    private final Model model;
    private final LocalDate today;
    private final BaseTypes types;
    private final Map<String, Contract> contractsByTarget = new HashMap<>();
    private final Map<String, List<Contract>> contractsByEntity = new HashMap<>();
    private final Map<String, List<AccessPattern>> patternsByEntity = new HashMap<>();
    private final Map<String, EntityDependencies> dependencies = new ConcurrentHashMap<>();
    private final Map<String, UsedNames> usedNames = new ConcurrentHashMap<>();
    private final Conclusion<List<UnknownName>> unknownNames;
    private final Conclusion<ContractAnalysis> contracts;
    private final Conclusion<KeyValueAnalysis> keyValue;
    private final Conclusion<Redundancies> redundancies;
    private final Conclusion<Atomicity> atomicity;
    private final Conclusion<ModelSql> sql;
    private final Conclusion<ModelTypes> typing;
    private final Conclusion<AccessAnalysis> access;
    private final Predicate<String> inSources;

    /** The model as it is judged today, by this machine's calendar. */
    public Facts(Model model) {
        this(model, LocalDate.now(ZoneId.systemDefault()));
    }

    /**
     * The model as it is judged on a day.
     *
     * @param today by which measurements grow old and exceptions expire
     */
    public Facts(Model model, LocalDate today) {
        this(model, today, code -> true);
    }

    /**
     * The model as it is judged on a day beside the code of its project.
     *
     * @param today by which measurements grow old and exceptions expire
     * @param inSources whether the sources have a method, written {@code com.acme.Names#changed}
     */
    public Facts(Model model, LocalDate today, Predicate<String> inSources) {
        this.model = model;
        this.today = today;
        this.inSources = inSources;
        types = new BaseTypes(model);
        for (var pattern : model.patterns().values()) {
            pattern.entityName()
                    .ifPresent(entity -> patternsByEntity
                            .computeIfAbsent(entity, name -> new ArrayList<>())
                            .add(pattern));
        }
        for (var contract : model.contracts().values()) {
            contract.duplicates().flatMap(Contract.Duplicates::into).ifPresent(into -> {
                contractsByTarget.putIfAbsent(into.toString(), contract);
                contractsByEntity
                        .computeIfAbsent(into.entity().value(), name -> new ArrayList<>())
                        .add(contract);
            });
        }
        sql = new Conclusion<>(() -> ModelSql.of(model));
        unknownNames = new Conclusion<>(() -> UnknownNames.in(model));
        contracts = new Conclusion<>(() -> ContractAnalysis.of(model, sql()));
        keyValue = new Conclusion<>(() -> KeyValueAnalysis.of(model));
        redundancies = new Conclusion<>(() -> Redundancies.of(model, types, this::dependenciesOf));
        atomicity = new Conclusion<>(() -> Atomicity.of(model, types));
        typing = new Conclusion<>(() -> ModelTypes.of(model, sql()));
        access = new Conclusion<>(() -> AccessAnalysis.of(model, types, sql()));
    }

    public Model model() {
        return model;
    }

    /** The day on which the model is judged. */
    public LocalDate today() {
        return today;
    }

    /** Whether the sources have a method, written {@code com.acme.Names#changed}; so where nothing is known of them. */
    public boolean isInSources(String code) {
        return inSources.test(code);
    }

    public BaseTypes types() {
        return types;
    }

    /** The first contract that declares the attribute, or its entity as a whole, to be a copy. */
    public Optional<Contract> contractInto(Entity entity, String attribute) {
        return Optional.ofNullable(contractsByTarget.get(entity.name() + "." + attribute))
                .or(() ->
                        Optional.ofNullable(contractsByTarget.get(entity.name().value())));
    }

    /** The structured patterns that begin at the entity. */
    public List<AccessPattern> patternsOn(Entity entity) {
        return Collections.unmodifiableList(
                patternsByEntity.getOrDefault(entity.name().value(), List.of()));
    }

    /** What the pattern's statement uses of the model. */
    public UsedNames namesIn(AccessPattern.Sql pattern) {
        return usedNames.computeIfAbsent(
                pattern.name().value(),
                name -> sql().statement(pattern.sql()).map(UsedNames::in).orElseGet(UsedNames::unknown));
    }

    /** The attribute at the end of a path of references that begins at the entity: {@code name}, {@code author.name}. */
    public Optional<Attribute> attributeAt(Entity start, String path) {
        var names = path.split("\\.", -1);
        var entity = Optional.of(start);
        for (var i = 0; i < names.length - 1; i++) {
            var role = names[i];
            entity = entity.flatMap(from -> from.reference(role))
                    .flatMap(reference -> model.entity(reference.entity().value()));
        }
        return entity.flatMap(last -> last.attribute(names[names.length - 1]));
    }

    /**
     * Draws the conclusions that most rules ask for, side by side where they don't need each other, so that threads which judge
     * by different rules don't wait for them.
     */
    public void conclude() {
        // What the others need comes first
        sql();
        typing();
        List.of(access, redundancies, atomicity, unknownNames, contracts, keyValue).parallelStream()
                .forEach(Conclusion::get);
    }

    /** The functional dependencies that hold in the entity, and its candidate keys. */
    public EntityDependencies dependenciesOf(Entity entity) {
        return dependencies.computeIfAbsent(entity.name().value(), name -> dependenciesIn(entity));
    }

    /** The functional dependencies that would hold in an entity that is not, or not like that, in the model. */
    public EntityDependencies dependenciesIn(Entity draft) {
        return EntityDependencies.of(
                draft,
                model,
                typing(),
                contractsByEntity.getOrDefault(draft.name().value(), List.of()));
    }

    /** The uses of names that name nothing. */
    public List<UnknownName> unknownNames() {
        return unknownNames.get();
    }

    /** What the contracts come to. */
    public ContractAnalysis contracts() {
        return contracts.get();
    }

    /** What the key-value stores come to. */
    public KeyValueAnalysis keyValue() {
        return keyValue.get();
    }

    /** What the model seems to say twice. */
    public Redundancies redundancies() {
        return redundancies.get();
    }

    /** What in the model is no single value. */
    public Atomicity atomicity() {
        return atomicity.get();
    }

    /** Every SQL text of the relational stores, read, with what its names stand for. */
    public ModelSql sql() {
        return sql.get();
    }

    /** The types of the expressions of relational stores. */
    public ModelTypes typing() {
        return typing.get();
    }

    /** Which indexes and keys serve the access patterns of relational stores. */
    public AccessAnalysis access() {
        return access.get();
    }
}
