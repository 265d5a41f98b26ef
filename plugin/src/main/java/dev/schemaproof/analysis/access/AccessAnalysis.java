package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which index or key serves which access pattern of a relational store, judged without a database.
 *
 * <p>A pattern is served when each of its entities is found by an index seek, by a walk along an index that a limit ends, or
 * is small. That is less than what a planner may choose to use an index for, see {@code docs/rules/unserved-pattern.md}.
 */
public final class AccessAnalysis {

    private record Place(String entity, String index) {}

    private final Map<String, PatternAccess> patterns = new LinkedHashMap<>();
    private final Map<Place, Set<String>> served = new HashMap<>();

    private final Set<Place> usable = new HashSet<>();

    private final Map<String, StoreTables> tables = new ConcurrentHashMap<>();
    private final Model model;
    private final BaseTypes types;
    private final ModelSql sql;

    private AccessAnalysis(Model model, BaseTypes types, ModelSql sql) {
        this.model = model;
        this.types = types;
        this.sql = sql;
    }

    /** Judges all patterns of the model's relational stores. */
    public static AccessAnalysis of(Model model, BaseTypes types, ModelSql sql) {
        var analysis = new AccessAnalysis(model, types, sql);
        var judgements = new ArrayList<Supplier<PatternAccess>>();
        for (var pattern : model.patterns().values()) {
            if (model.storeOf(pattern) instanceof RelationalStore store) {
                var tables = analysis.tables(store);
                judgements.add(() -> judge(pattern, tables));
            }
        }
        judgements.parallelStream().map(Supplier::get).toList().forEach(analysis::add);
        return analysis;
    }

    private StoreTables tables(RelationalStore store) {
        return tables.computeIfAbsent(store.name().value(), name -> new StoreTables(model, store, types, sql));
    }

    private static PatternAccess judge(AccessPattern pattern, StoreTables tables) {
        var shape = ShapeReader.read(pattern, tables);
        var coverages = shape.sound()
                ? new CoverageJudge(shape, tables, pattern.header().scan().isPresent()).judge()
                : List.<Coverage>of();
        return new PatternAccess(pattern, shape, coverages);
    }

    private void add(PatternAccess access) {
        var name = access.pattern().name().value();
        patterns.put(name, access);
        for (var coverage : access.coverages()) {
            var entity = coverage.use().entity().name().value();
            coverage.seeks()
                    .forEach(seek -> served.computeIfAbsent(
                                    new Place(entity, seek.index().name()), place -> new LinkedHashSet<>())
                            .add(name));
            Stream.concat(coverage.seeks().stream().map(Coverage.Seek::index), coverage.others().stream())
                    .forEach(path -> usable.add(new Place(entity, path.name())));
        }
    }

    /** The primary key, the unique keys and the readable indexes of an entity of a relational store. */
    public List<IndexPath> paths(Entity entity) {
        return model.storeOf(entity) instanceof RelationalStore store
                ? tables(store).paths(entity)
                : List.of();
    }

    /** Every pattern of a relational store, in order of declaration. */
    public Collection<PatternAccess> patterns() {
        return Collections.unmodifiableCollection(patterns.values());
    }

    /** How the pattern is served, if a relational store answers it. */
    public Optional<PatternAccess> of(String pattern) {
        return Optional.ofNullable(patterns.get(pattern));
    }

    /** The names of the patterns that an index or key, by its name in the database, serves. */
    public List<String> served(Entity entity, String indexName) {
        return new ArrayList<>(served.getOrDefault(new Place(entity.name().value(), indexName), Set.of()));
    }

    /** Whether an index could lead to rows that some pattern asks for, though another may do so better. */
    public boolean isUsable(Entity entity, String indexName) {
        return usable.contains(new Place(entity.name().value(), indexName));
    }

    /** The names of the patterns that the primary key serves. */
    public List<String> servedByKey(Entity entity) {
        return served(entity, RelationalNames.primaryKeyName(entity));
    }

    /** The names of the patterns that a unique key serves. */
    public List<String> servedBy(Entity entity, UniqueKey unique) {
        return served(entity, RelationalNames.uniqueName(entity, unique));
    }
}
