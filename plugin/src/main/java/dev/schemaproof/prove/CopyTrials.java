package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.prove.SummaryCopy.Drift;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** What one connection tries on a copy; every trial is rolled back. Each says what is wrong, if anything is. */
final class CopyTrials {

    private final KeptCopy copy;
    private final Connection connection;

    /** @param connection in a mode without auto-commit */
    CopyTrials(KeptCopy copy, Connection connection) {
        this.copy = copy;
        this.connection = connection;
    }

    /**
     * What is wrong with a copy.
     *
     * @param sentence the same whenever it is found
     * @param detail where it was found this time
     */
    record Flaw(String sentence, Optional<String> detail) {

        static Flaw of(String sentence) {
            return new Flaw(sentence, Optional.empty());
        }
    }

    /** Nothing has drifted: neither by our own count nor by the generated statement. */
    Optional<Flaw> nothingHasDrifted(String after) throws SQLException {
        List<Drift> wrong = copy.recount(connection);
        List<List<String>> found = copy.generatedDrift(connection);
        connection.rollback();
        if (!wrong.isEmpty()) {
            return Optional.of(new Flaw(
                    "it is wrong after " + after,
                    Optional.of(Words.count(wrong.size(), "row") + " of "
                            + Words.name(copy.holder().table().value()) + ": "
                            + Words.some(wrong.stream().map(Drift::toString).toList()))));
        }
        if (!found.isEmpty()) {
            return Optional.of(new Flaw(
                    Words.name(Reconciliation.driftPath(copy.name())) + " finds rows after " + after
                            + ", though every copy is right",
                    Optional.of(Words.some(found.stream().map(List::toString).toList()))));
        }
        return Optional.empty();
    }

    /** TRUNCATE of the table that is summed up counts too, also behind another change of the same transaction. */
    Optional<Flaw> truncateCounts(SummaryContract contract) throws SQLException {
        Entity child = contract.child();
        String table = SummaryCopy.table(child);
        try (Statement statement = connection.createStatement()) {
            List<Drift> held = copy.held(connection);
            if (!held.isEmpty()) {
                taken(new Command(
                        "DELETE FROM " + table + " WHERE "
                                + SummaryCopy.equal(child, contract.reference().names()),
                        List.copyOf(held.get(0).key())));
            }
            statement.execute("TRUNCATE " + table + " CASCADE");
            finish(statement);
            return nothingHasDrifted("TRUNCATE of " + Words.name(child.table().value()));
        } finally {
            connection.rollback();
        }
    }

    /**
     * What happens to a parent's key counts too.
     *
     * @param changes each what one transaction does; one that the database refuses is passed over
     */
    Optional<Flaw> keyChangesCount(List<List<Command>> changes) throws SQLException {
        for (List<Command> change : changes) {
            try (Statement statement = connection.createStatement()) {
                boolean taken = true;
                for (Command command : change) {
                    taken &= taken(command);
                }
                if (taken) {
                    finish(statement);
                    Optional<Flaw> flaw =
                            nothingHasDrifted("rows were deleted and others took their keys, in one transaction");
                    if (flaw.isPresent()) {
                        return flaw;
                    }
                }
            } finally {
                connection.rollback();
            }
        }
        return Optional.empty();
    }

    /** Nobody can write the copy directly, neither in a row that is there nor in a new one. */
    Optional<Flaw> directWritesAreRefused(List<NewRow> newRows) throws SQLException {
        List<Drift> held = copy.held(connection);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        try {
            Drift first = held.get(0);
            if (accepted(() -> copy.damage(connection, first.key()))) {
                return Optional.of(Flaw.of("an UPDATE of the copy itself is accepted and leaves it wrong"));
            }
            for (NewRow row : newRows) {
                if (possible(row.without()) && accepted(() -> row.with().run(connection))) {
                    return Optional.of(
                            Flaw.of("an INSERT that gives the copy a value is accepted and leaves it wrong"));
                }
            }
            return Optional.empty();
        } finally {
            connection.rollback();
        }
    }

    /**
     * The insert of a row that would hold the copy.
     *
     * @param without says nothing of the copy
     * @param with gives it a value
     */
    record NewRow(Command without, Command with) {}

    /** Whether the database takes a statement, which is undone. */
    private boolean possible(Command command) throws SQLException {
        Savepoint before = connection.setSavepoint();
        boolean taken = taken(command);
        connection.rollback(before);
        return taken;
    }

    /** Whether the database takes a statement; one that it refuses is as if it had not been tried. */
    private boolean taken(Command command) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            command.run(connection);
            return true;
        } catch (SQLException refused) {
            rethrowUnlessRefused(refused);
            connection.rollback(before);
            return false;
        }
    }

    private void rethrowUnlessRefused(SQLException error) throws SQLException {
        if (connection.isClosed() || SqlStates.gone(error) || SqlStates.cancelled(error)) {
            throw error;
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws SQLException;
    }

    /** Whether a write is accepted and leaves a wrong copy. */
    private boolean accepted(Write write) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            write.run();
            try (Statement statement = connection.createStatement()) {
                finish(statement);
            }
            return !copy.recount(connection).isEmpty();
        } catch (SQLException refused) {
            rethrowUnlessRefused(refused);
            return false;
        } finally {
            if (!connection.isClosed()) {
                connection.rollback(before);
            }
        }
    }

    /**
     * The proof that the proof can fail: a copy that is damaged behind the triggers' back is found, it alone, and put
     * right.
     */
    Optional<Flaw> damageIsFoundAndRepaired() throws SQLException {
        List<Drift> held = copy.held(connection);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        List<String> key = held.get(held.size() / 2).key();
        String driftPath = Words.name(Reconciliation.driftPath(copy.name()));
        try (Statement statement = connection.createStatement()) {
            for (String disarming : copy.disarming()) {
                statement.execute(disarming);
            }
            copy.damage(connection, key);
            statement.execute("ALTER TABLE " + SummaryCopy.table(copy.holder()) + " ENABLE TRIGGER USER");
            if (copy.recount(connection).size() != 1) {
                return Optional.of(
                        Flaw.of("a copy could not be damaged on purpose, so nothing is proven by finding none"));
            }
            List<List<String>> found = copy.generatedDrift(connection);
            if (!found.equals(List.of(key))) {
                return Optional.of(new Flaw(
                        driftPath + " finds " + (found.isEmpty() ? "nothing" : "other rows")
                                + " where one copy was damaged on purpose",
                        Optional.of("damaged was row " + key + ", found " + found)));
            }
            copy.reconciliation().repair(connection);
            finish(statement);
            List<Drift> left = copy.recount(connection);
            if (!left.isEmpty()) {
                return Optional.of(new Flaw(
                        Words.name(Reconciliation.repairPath(copy.name())) + " does not put a damaged copy right",
                        Optional.of("row " + left.get(0))));
            }
            return copy.generatedDrift(connection).isEmpty()
                    ? Optional.empty()
                    : Optional.of(Flaw.of(driftPath + " still finds a row after the repair"));
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        }
    }

    /** Runs what waits for the end of the transaction. */
    private static void finish(Statement statement) throws SQLException {
        statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
    }
}
