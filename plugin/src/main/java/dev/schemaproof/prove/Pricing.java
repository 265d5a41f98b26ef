package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.ContractAnalysis;
import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What copies cost: bytes, more work for the writers, and what brings them up to date. */
final class Pricing {

    private final Bench bench;

    /** The same triggers keep all copies that are made of an entity's rows. */
    private final Map<Entity, List<Price.Write>> writes = new LinkedHashMap<>();

    Pricing(Bench bench) {
        this.bench = bench;
    }

    /** The price of a contract's copy, on the rows that are there. */
    Price of(Connection connection, GainCase one) throws SQLException {
        double bytes = bytes(connection, one);
        Optional<Source> source = source(one);
        List<String> shared = source.map(found -> triggeredBy(found.child())
                        .filter(other -> !other.equals(one.name()))
                        .toList())
                .orElse(List.of());
        List<Price.Write> tried = List.of();
        Optional<Price.Run> run = Optional.empty();
        Optional<String> why = Optional.empty();
        try (Statement statement = connection.createStatement()) {
            // What this session has done is reported now, rather than while others measure
            statement.execute("SELECT pg_stat_force_next_flush()");
            if (source.isPresent()) {
                tried = writes(source.get());
            }
            run = new RunPrice(bench).of(one);
        } catch (NotMeasuredException none) {
            why = Optional.of(none.getMessage());
        }
        return new Price(bytes, tried, shared, run, why);
    }

    private double bytes(Connection connection, GainCase one) throws SQLException {
        if (bench.request().facts().contracts().isView(one.holder())) {
            return WritePrice.bytes(connection, one.holder());
        }
        Optional<Attribute> copy = one.contract()
                .duplicates()
                .flatMap(Contract.Duplicates::into)
                .flatMap(Contract.Target::attribute)
                .flatMap(attribute -> one.holder().attribute(attribute.value()));
        return copy.isPresent() ? WritePrice.bytes(connection, one.holder(), copy.get()) : 0;
    }

    /** The rows whose writers do more for a copy, and how they refer to others. */
    private record Source(Entity child, Reference reference) {}

    /** Nothing where no trigger notices, or where a foreign key lets the copy follow, which can't be switched off. */
    private Optional<Source> source(GainCase one) {
        Optional<Source> noted = bench.request().facts().contracts().notedCopiesIn(bench.store()).stream()
                .filter(copy -> copy.contract().equals(one.contract()))
                .map(copy -> new Source(copy.entity(), copy.reference()))
                .findFirst();
        return one.summary()
                .map(summary -> new Source(summary.child(), summary.reference()))
                .or(() -> noted);
    }

    private Stream<String> triggeredBy(Entity child) {
        ContractAnalysis contracts = bench.request().facts().contracts();
        return Stream.concat(
                contracts.triggeredIn(bench.store()).stream()
                        .filter(summary -> summary.child().equals(child))
                        .map(SummaryContract::name),
                contracts.notedCopiesIn(bench.store()).stream()
                        .filter(copy -> copy.entity().equals(child))
                        .map(CopyContract::name));
    }

    private List<Price.Write> writes(Source source) throws SQLException, NotMeasuredException {
        List<Price.Write> known = writes.get(source.child());
        if (known == null) {
            // A session of its own, without plans that were made while the tables were filled
            try (Connection own = bench.connect()) {
                known = new WritePrice(bench, own, source.child(), source.reference()).measure();
            }
            writes.put(source.child(), known);
        }
        return known;
    }
}
