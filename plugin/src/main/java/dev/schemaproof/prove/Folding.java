package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.generate.relational.FoldBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Folds what others lay aside, again and again, while they write: on a connection of its own, in small batches. */
final class Folding {

    /** So few that a run takes several batches. */
    private static final String IN_SMALL_BATCHES = "(batch => 3)";

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "schemaproof-fold");
        made.setDaemon(true);
        return made;
    });
    private final Optional<Future<?>> running;
    private volatile boolean over;

    /** Begins, where changes of some of the contracts are laid aside. */
    Folding(Bench bench, List<SummaryContract> contracts) {
        List<String> procedures = contracts.stream()
                .filter(SummaryContract::isFolded)
                .map(FoldBuilder::procedure)
                .distinct()
                .toList();
        running = procedures.isEmpty()
                ? Optional.empty()
                : Optional.of(thread.submit(() -> {
                    foldAll(bench, procedures);
                    return null;
                }));
    }

    private void foldAll(Bench bench, List<String> procedures) throws SQLException {
        try (Connection connection = bench.connect()) {
            Storm.hurryDeadlocks(connection);
            while (!over) {
                for (String procedure : procedures) {
                    Storm.execute(connection, "CALL " + procedure + IN_SMALL_BATCHES);
                }
            }
        }
    }

    /** Ends it; says what made a run fail, if anything did. */
    Optional<String> end() throws SQLException {
        over = true;
        try {
            if (running.isPresent()) {
                running.get().get();
            }
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException error && !SqlStates.gone(error)) {
                return Optional.of(Words.message(error));
            }
            if (failed.getCause() instanceof SQLException gone) {
                throw gone;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OutOfTimeException();
        } finally {
            thread.shutdownNow();
        }
    }
}
