package dev.schemaproof.prove;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.contract.ContractAnalysis;
import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.Summary;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.generate.relational.FoldBuilder;
import dev.schemaproof.generate.relational.Procedures;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.prove.SummaryCopy.Drift;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy that the database keeps, or that a job, a fold or the consumer of an outbox brings up to date, as a statement that reads it
 * is compared with one that does not.
 *
 * @param contract the contract
 * @param holder the entity that holds it
 * @param attribute its attribute
 * @param refresh the statements that bring it up to date; none where it is so by itself
 * @param recount finds the wrong copies
 * @param disarming the statements behind which damage is not noticed
 * @param wrong an expression for another value than a row called {@code damaged} holds
 */
record ComparedCopy(
        Contract contract,
        Entity holder,
        Attribute attribute,
        List<String> refresh,
        Recount recount,
        List<String> disarming,
        String wrong) {

    private static final PostgresDialect SQL = new PostgresDialect();

    ComparedCopy {
        refresh = List.copyOf(refresh);
        disarming = List.copyOf(disarming);
    }

    /** Finds the wrong copies. */
    @FunctionalInterface
    interface Recount {
        List<Drift> in(Connection connection) throws SQLException;
    }

    /** All that one database keeps by trigger, or by a job. */
    static List<ComparedCopy> in(Bench bench) {
        BaseTypes types = bench.request().facts().types();
        ContractAnalysis contracts = bench.request().facts().contracts();
        return Stream.of(
                        contracts.summariesIn(bench.store()).stream()
                                .map(summary -> summary.isFolded()
                                        ? of(summary, types).refreshedBy(FoldBuilder.call(summary))
                                        : of(summary, types)),
                        contracts.followedIn(bench.store()).stream().map(ComparedCopy::of),
                        contracts.scheduledIn(bench.store()).stream()
                                .map(summary -> of(summary, types).refreshedIn(bench.model())),
                        contracts.scheduledCopiesIn(bench.store()).stream()
                                .map(copy -> of(copy).refreshedIn(bench.model())),
                        contracts.notedIn(bench.store()).stream()
                                .map(summary -> of(summary, types).refreshedIn(bench.model())),
                        contracts.notedCopiesIn(bench.store()).stream()
                                .map(copy -> of(copy).refreshedIn(bench.model())))
                .flatMap(copies -> copies)
                .toList();
    }

    private ComparedCopy refreshedIn(Model model) {
        return refreshedBy(Procedures.call(model, contract, holder));
    }

    private ComparedCopy refreshedBy(String statement) {
        return new ComparedCopy(contract, holder, attribute, List.of(statement), recount, disarming, wrong);
    }

    static ComparedCopy of(SummaryContract summary, BaseTypes types) {
        return new ComparedCopy(
                summary.contract(),
                summary.parent(),
                summary.copy(),
                List.of(),
                connection -> SummaryCopy.recount(connection, summary, SummaryCopy.Reading.STORED),
                List.of("ALTER TABLE " + SummaryCopy.table(summary.parent()) + " DISABLE TRIGGER USER"),
                damaged(summary, types, SummaryCopy.column(summary.copy())));
    }

    static ComparedCopy of(CopyContract copy) {
        return new ComparedCopy(
                copy.contract(),
                copy.entity(),
                copy.copy(),
                List.of(),
                connection -> FollowedCopy.recount(connection, copy),
                FollowedCopy.disarming(copy),
                "coalesce(" + FollowedCopy.wrong(copy) + ", " + SummaryCopy.column(copy.copy()) + ")");
    }

    /** Another value, in the opposite order where the type has one that can be turned. */
    private static String damaged(SummaryContract contract, BaseTypes types, String column) {
        if (contract.summary().start() == Summary.Start.ZERO) {
            return "1000 - 2 * " + column;
        } else if (contract.summary() instanceof Summary.Exists) {
            return "NOT " + column;
        }
        DataType type = types.of(contract.copy().type().value());
        if (type.equals(new DataType.Scalar(ScalarKind.TIMESTAMPTZ))
                || type.equals(new DataType.Scalar(ScalarKind.TIMESTAMP))
                || type.equals(new DataType.Scalar(ScalarKind.DATE))) {
            String middle = "'2000-01-01'::" + SQL.type(type);
            return middle + " + (" + middle + " - " + column + ")";
        }
        return types.isNumber(contract.copy().type().value()) ? "1000 - 2 * " + column : "NULL";
    }
}
