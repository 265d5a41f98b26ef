package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.Summary;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.generate.relational.FoldBuilder;
import dev.schemaproof.generate.relational.Procedures;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.SourceText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A copy that a procedure brings up to date, which a job calls, or which is a fold of what triggers lay aside or the consumer of an
 * outbox.
 *
 * @param copy how to count it anew, and what finds and repairs its drift
 * @param links all that changes what it should be, from the table that is filled last
 * @param conditions under which rows count
 * @param procedure the procedure, as SQL names it
 * @param wrong expressions for other values than a row called {@code damaged} holds, from far off to nearly right; none where a
 *     run puts nothing right that was written directly
 * @param folded the summary whose changes are folded, if it is one
 */
record ScheduledCopy(
        Contract contract,
        KeptCopy copy,
        List<Link> links,
        List<SourceText> conditions,
        String procedure,
        List<String> wrong,
        Optional<SummaryContract> folded) {

    ScheduledCopy {
        wrong = List.copyOf(wrong);
        links = List.copyOf(links);
        conditions = List.copyOf(conditions);
    }

    /** A summary, if the statements that find and repair its drift were generated. */
    static Optional<ScheduledCopy> of(Bench bench, SummaryContract summary) {
        return SummaryCopy.of(bench, summary)
                .map(copy -> new ScheduledCopy(
                        summary.contract(),
                        copy,
                        List.of(Link.of(summary)),
                        summary.where().stream().toList(),
                        procedure(bench, summary.contract(), summary.parent()),
                        wrong(
                                summary,
                                ComparedCopy.of(summary, bench.request().facts().types())
                                        .wrong()),
                        Optional.empty()));
    }

    /** A summary into which changes are folded, if the statements that find and repair its drift were generated. */
    static Optional<ScheduledCopy> folded(Bench bench, SummaryContract summary) {
        return SummaryCopy.of(bench, summary)
                .map(copy -> new ScheduledCopy(
                        summary.contract(),
                        copy.stored(),
                        List.of(Link.of(summary)),
                        summary.where().stream().toList(),
                        FoldBuilder.procedure(summary),
                        List.of(),
                        Optional.of(summary)));
    }

    /** Adds the copy to others, or says what is missing of it. */
    static void collect(
            String proof,
            Contract contract,
            Optional<ScheduledCopy> copy,
            List<ScheduledCopy> copies,
            Consumer<ProofResult> results) {
        copy.ifPresentOrElse(
                copies::add,
                () -> results.accept(result(
                        proof,
                        contract,
                        Verdict.FAILED,
                        "no statements were generated that find and repair its drift")));
    }

    /** What a proof says of a contract, where the model says what it duplicates. */
    static ProofResult result(String proof, Contract contract, Verdict verdict, String statement) {
        return ProofResult.of(proof, contract.name().value(), verdict, statement)
                .at(contract.duplicates()
                        .map(Contract.Duplicates::at)
                        .orElse(contract.name().at()));
    }

    /** What brings it up to date, as the end of "its". */
    String means() {
        return folded.isPresent() ? "fold" : "job";
    }

    /** How many rows hold what is not folded yet. */
    long aside(Connection connection) throws SQLException {
        if (folded.isEmpty()) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + FoldBuilder.table(folded.get()))) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A copy through references, if the statements that find and repair its drift were generated. */
    static Optional<ScheduledCopy> of(Bench bench, CopyContract contract) {
        return FollowedCopy.of(bench, contract)
                .map(copy -> new ScheduledCopy(
                        contract.contract(),
                        copy,
                        links(contract),
                        List.of(),
                        procedure(bench, contract.contract(), contract.entity()),
                        List.of(ComparedCopy.of(contract).wrong()),
                        Optional.empty()));
    }

    /** Numbers that are nearly right are what a count of other rows comes to. */
    private static List<String> wrong(SummaryContract summary, String far) {
        String copy = SummaryCopy.column(summary.copy());
        return summary.summary().start() == Summary.Start.ZERO
                ? List.of(far, copy + " + 1", copy + " + 2", copy + " + 3")
                : List.of(far);
    }

    private static String procedure(Bench bench, Contract contract, Entity holder) {
        return Procedures.name(bench.model(), contract, holder);
    }

    private static List<Link> links(CopyContract contract) {
        List<Link> links = new ArrayList<>();
        Entity child = contract.entity();
        for (int i = 0; i < contract.path().size(); i++) {
            Reference reference = contract.path().get(i).reference();
            Entity parent = contract.path().get(i).target();
            boolean last = i == contract.path().size() - 1;
            links.add(new Link(
                    child,
                    reference,
                    parent,
                    attribute -> !attribute.equals(contract.copy()),
                    "",
                    last ? List.of(contract.source()) : List.of()));
            child = parent;
        }
        return links;
    }

    /** Brings it up to date, on a connection without a transaction; answers how many rows the procedure says to have changed. */
    long run(Connection connection, String arguments) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("CALL " + procedure + "(" + arguments + ")")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Writes something else into the copy of every row, as far as the database takes it. */
    void damageAll(Connection connection, String by) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE " + SummaryCopy.table(copy.holder()) + " AS damaged SET " + copyColumn() + " = " + by);
        } catch (SQLException error) {
            if (!SqlStates.refused(error)) {
                throw error;
            }
        }
    }

    String copyColumn() {
        return contract.duplicates()
                .flatMap(Contract.Duplicates::into)
                .flatMap(Contract.Target::attribute)
                .flatMap(name -> copy.holder().attribute(name.value()))
                .map(SummaryCopy::column)
                .orElseThrow();
    }

    /** Where each row of the holder is stored: another place for whatever was written since. */
    String places(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT md5(string_agg(tableoid || ' ' || ctid, ' ' ORDER BY tableoid, ctid)) FROM "
                                + SummaryCopy.table(copy.holder()))) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
