package dev.schemaproof.prove;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.PatternSql;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.RelationalStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the proofs of one run share: the request, connections, and the planner that stands for a full database. */
public final class Bench implements AutoCloseable {

    private final ProofRequest request;
    private final Connections connections;
    private final List<PatternPlan> plans = new ArrayList<>();
    private final List<MeasuredGain> gains = new ArrayList<>();
    private @Nullable Planner planner;

    Bench(ProofRequest request) {
        this.request = request;
        this.connections = new Connections(request.deadline());
    }

    ProofRequest request() {
        return request;
    }

    Model model() {
        return request.facts().model();
    }

    RelationalStore store() {
        return request.store();
    }

    String storeName() {
        return request.store().name().value();
    }

    ProofSettings settings() {
        return request.settings();
    }

    Deadline deadline() {
        return request.deadline();
    }

    Connections connections() {
        return connections;
    }

    /** The entities of the store. */
    List<Entity> entities() {
        return model().entitiesOf(request.store());
    }

    /** The access patterns that the store answers. */
    List<AccessPattern> patterns() {
        return model().patterns().values().stream()
                .filter(pattern -> model().storeOf(pattern).name().value().equals(storeName()))
                .toList();
    }

    /** The pattern as a statement with numbered parameters. */
    PatternSql statementOf(AccessPattern pattern) {
        return PatternSql.of(model(), pattern);
    }

    private static boolean hasPart(Partitioning division, String table) {
        return division.partitions().values().stream()
                .anyMatch(part -> part.name().value().equals(table)
                        || part.partitioning()
                                .filter(deeper -> hasPart(deeper, table))
                                .isPresent());
    }

    /** The entity whose table it is, or a part of it. */
    Optional<Entity> entityOfTable(String table) {
        return entities().stream()
                .filter(entity -> entity.table().value().equals(table)
                        || entity.relational()
                                .partitioning()
                                .filter(division -> hasPart(division, table))
                                .isPresent())
                .findFirst();
    }

    /** Where the model declares the table, or something of that name in it. */
    Optional<Location> locate(Optional<String> table, Optional<String> element) {
        return ModelPlaces.of(model(), entities(), table, element);
    }

    /** A new connection to the database that is proven. */
    Connection connect() throws SQLException {
        return connections.open(request.database().dataSource());
    }

    /** The artifact at a path below the store's directory, if it was generated. */
    Optional<Artifact> artifact(String path) {
        String full = storeName() + "/" + path;
        return request.artifacts().stream()
                .filter(artifact -> artifact.path().equals(full))
                .findFirst();
    }

    /** Notes how a pattern is planned. */
    void planned(PatternPlan plan) {
        plans.add(plan);
    }

    /** Notes what running patterns came to, by their names. */
    void executed(Map<String, Execution> executions) {
        plans.replaceAll(plan -> plan.withExecution(
                Optional.ofNullable(executions.get(plan.pattern())).or(plan::execution)));
    }

    /** How the patterns are planned, as far as that is known. */
    List<PatternPlan> plans() {
        return List.copyOf(plans);
    }

    /** Notes what a contract gains and costs. */
    void gained(MeasuredGain gain) {
        gains.add(gain);
    }

    /** What the contracts gain and cost, as far as that was measured. */
    List<MeasuredGain> gains() {
        return List.copyOf(gains);
    }

    /**
     * Plans statements as if the tables were full. It must first be asked for while they are empty.
     */
    Planner planner() throws SQLException {
        if (planner == null) {
            planner = Planner.of(this);
        }
        return planner;
    }

    @Override
    public void close() {
        if (planner != null) {
            planner.close();
        }
        connections.close();
    }
}
