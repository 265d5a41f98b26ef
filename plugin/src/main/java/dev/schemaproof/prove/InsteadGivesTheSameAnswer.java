package dev.schemaproof.prove;

import dev.schemaproof.generate.relational.PatternSql;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.prove.data.NoRowsException;
import dev.schemaproof.sql.PositionalSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The statement that a contract names as the price of doing without the copy gives the same answer as the pattern that
 * reads the copy. It is asked about the rows that are there, and once more with the copies damaged: then the answers must
 * differ, or the comparison shows nothing.
 */
public final class InsteadGivesTheSameAnswer implements Proof {

    private static final String PATTERN = "schemaproof_pattern";
    private static final String INSTEAD = "schemaproof_instead";

    @Override
    public String name() {
        return "instead-gives-the-same-answer";
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        for (ComparedCopy copy : ComparedCopy.in(bench)) {
            bench.deadline().check();
            Optional<Contract.Gain> gain = copy.contract().gain();
            Optional<AccessPattern> pattern = gain.flatMap(Contract.Gain::pattern)
                    .flatMap(name -> bench.patterns().stream()
                            .filter(candidate -> candidate.name().value().equals(name.value()))
                            .findFirst());
            Optional<SourceText> instead = gain.flatMap(Contract.Gain::instead);
            if (pattern.isPresent() && instead.isPresent()) {
                // Its twin can be made only while nobody is connected to the original
                bench.planner();
                new Comparison(bench, copy, pattern.get(), instead.get(), results).run();
            }
        }
    }

    /** One contract's two statements. */
    private final class Comparison {

        private final Bench bench;
        private final ComparedCopy copy;
        private final AccessPattern pattern;
        private final SourceText instead;
        private final Consumer<ProofResult> results;
        private final PatternSql asked;
        private final PositionalSql other;

        Comparison(
                Bench bench,
                ComparedCopy copy,
                AccessPattern pattern,
                SourceText instead,
                Consumer<ProofResult> results) {
            this.bench = bench;
            this.copy = copy;
            this.pattern = pattern;
            this.instead = instead;
            this.results = results;
            this.asked = bench.statementOf(pattern);
            this.other = PositionalSql.of(instead.value());
        }

        void run() throws SQLException {
            List<String> unknown = other.parameterNames().stream()
                    .filter(name -> !asked.parameterNames().contains(name))
                    .toList();
            if (!unknown.isEmpty()) {
                results.accept(result(
                        Verdict.FAILED,
                        "`instead` has " + (unknown.size() == 1 ? "a parameter" : "parameters") + " that "
                                + patternName() + " does not have: " + Words.names(unknown)));
                return;
            }
            try (Connection connection = bench.connect()) {
                compare(connection);
            } catch (NoRowsException none) {
                results.accept(result(Verdict.NOT_PROVEN, none.getMessage()));
            }
        }

        private void compare(Connection connection) throws SQLException, NoRowsException {
            Prepared one;
            try {
                one = Prepared.of(connection, PATTERN, asked.sql());
            } catch (SQLException error) {
                // The pattern's own proof says what is wrong with it
                rethrow(error);
                results.accept(result(Verdict.NOT_PROVEN, patternName() + " cannot be planned"));
                return;
            }
            Prepared two;
            try {
                two = Prepared.of(connection, INSTEAD, other.sql());
            } catch (SQLException error) {
                rethrow(error);
                results.accept(result(Verdict.FAILED, "the database refuses `instead`: " + Words.message(error))
                        .at(SqlPlaces.of(instead, INSTEAD, other.sql(), error).orElse(instead.at())));
                return;
            }
            Set<Entity> entities = entities();
            CopiesStayExact.synthesizer(bench)
                    .fill(connection, entities, bench.settings().rows());
            if (!refreshed(connection)) {
                return;
            }
            List<List<String>> values = new ParameterValues(connection, one.types())
                    .from(entities, new SplittableRandom(bench.settings().seed()));
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            if (!copy.recount().in(connection).isEmpty()) {
                results.accept(result(Verdict.NOT_PROVEN, "not compared, as the copy has drifted"));
            } else {
                judge(connection, one, two, values);
            }
            connection.rollback();
        }

        /** Brings the copy up to date where a job does that; says it if it can't. */
        private boolean refreshed(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                for (String refresh : copy.refresh()) {
                    statement.execute(refresh);
                }
                return true;
            } catch (SQLException error) {
                rethrow(error);
                results.accept(
                        result(Verdict.NOT_PROVEN, "not compared, as the procedure fails: " + Words.message(error)));
                return false;
            }
        }

        private void judge(Connection connection, Prepared query, Prepared without, List<List<String>> values)
                throws SQLException {
            int answered = 0;
            boolean ordered = true;
            for (List<String> tuple : values) {
                bench.deadline().check();
                Answer one = Answer.to(query, tuple);
                Answer two = Answer.to(without, forOther(tuple));
                if (one.columns().size() != two.columns().size()) {
                    results.accept(result(
                            Verdict.FAILED,
                            "`instead` gives " + Words.count(two.columns().size(), "column") + ", but " + patternName()
                                    + " gives " + one.columns().size()));
                    return;
                }
                if (!one.sameRows(two)) {
                    results.accept(result(Verdict.FAILED, "`instead` gives another answer than " + patternName())
                            .withDetails(List.of(
                                    "asked for " + shown(tuple),
                                    "only " + patternName() + " gives " + one.without(two),
                                    "only `instead` gives " + two.without(one))));
                    return;
                }
                ordered &= one.sameOrder(two);
                answered += one.isEmpty() ? 0 : 1;
            }
            if (answered == 0) {
                results.accept(result(
                        Verdict.NOT_PROVEN,
                        "no row was found that " + patternName() + " answers with, so nothing could be compared"));
                return;
            }
            damaged(connection, query, without, values, answered, ordered);
        }

        /** Damages every copy: if the answers are still the same, they do not depend on it, and nothing was shown. */
        private void damaged(
                Connection connection,
                Prepared query,
                Prepared without,
                List<List<String>> values,
                int answered,
                boolean ordered)
                throws SQLException {
            try (Statement statement = connection.createStatement()) {
                for (String disarming : copy.disarming()) {
                    statement.execute(disarming);
                }
                // Not by a constant for all, which would leave an order by the copy as it is
                statement.execute("UPDATE " + SummaryCopy.table(copy.holder()) + " AS damaged SET "
                        + SummaryCopy.column(copy.attribute()) + " = " + copy.wrong());
            }
            for (List<String> tuple : values) {
                Answer one = Answer.to(query, tuple);
                Answer two = Answer.to(without, forOther(tuple));
                if (!one.sameRows(two) || (ordered && !one.sameOrder(two))) {
                    proven(answered, ordered);
                    return;
                }
            }
            results.accept(result(
                    Verdict.NOT_PROVEN,
                    "`instead` and " + patternName() + " give the same answer even when "
                            + Words.name(copy.holder().name() + "."
                                    + copy.attribute().name())
                            + " is damaged on purpose: either both read the copy or none does"));
        }

        private void proven(int answered, boolean ordered) {
            results.accept(result(
                            Verdict.PROVEN,
                            "`instead` gives the answer of " + patternName()
                                    + " while the copy is right, and another when it is damaged")
                    .withDetails(ordered ? List.of() : List.of("the rows are the same, their order is not"))
                    .withFigures(List.of(Figure.varying("answers compared", answered))));
        }

        /** The entities whose tables either statement reads. */
        private Set<Entity> entities() throws SQLException {
            Set<Entity> entities = new LinkedHashSet<>();
            entities.add(copy.holder());
            for (String sql : List.of(asked.sql(), other.sql())) {
                bench.planner()
                        .plan(sql)
                        .all()
                        .flatMap(node -> node.text("Relation Name").stream())
                        .flatMap(table -> bench.entityOfTable(table).stream())
                        .forEach(entities::add);
            }
            return entities;
        }

        /** The values in the order of the other statement's parameters. */
        private List<String> forOther(List<String> tuple) {
            return other.parameterNames().stream()
                    .map(name -> tuple.get(asked.parameterNames().indexOf(name)))
                    .toList();
        }

        private String shown(List<String> tuple) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                parts.add(Words.name(asked.parameterNames().get(i)) + " = '" + tuple.get(i) + "'");
            }
            return parts.isEmpty() ? "no parameters" : Words.and(parts);
        }

        private String patternName() {
            return Words.name(pattern.name().value());
        }

        private ProofResult result(Verdict verdict, String statement) {
            return ProofResult.of(name(), copy.contract().name().value(), verdict, statement)
                    .at(instead.at());
        }
    }

    private static void rethrow(SQLException error) throws SQLException {
        if (SqlStates.gone(error) || SqlStates.cancelled(error)) {
            throw error;
        }
    }
}
