package dev.schemaproof.prove;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.prove.engine.EngineChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The generated SQL applies to an empty database as it will in production, through Flyway; and the triggers apply once
 * more on top, as they do whenever a contract changes.
 */
public final class AppliesCleanly implements Proof {

    private static final String SCHEMA = "schema.sql";
    private static final String TRIGGERS = "triggers.sql";

    @Override
    public String name() {
        return "applies-cleanly";
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        List<Step> steps = steps(bench);
        if (steps.isEmpty()) {
            results.accept(ProofResult.of(
                    name(), bench.storeName(), Verdict.FAILED, "no `" + SCHEMA + "` was generated for this store"));
            return;
        }
        Needs needs = new Needs(bench);
        Optional<Needs.Unmet> unmet = needs.unmet();
        if (unmet.isPresent()) {
            results.accept(ProofResult.of(
                            name(),
                            bench.storeName(),
                            Verdict.FAILED,
                            unmet.get().summary())
                    .withDetails(unmet.get().help())
                    .at(unmet.get().at()));
            return;
        }
        List<String> roles = needs.rolesToCome();
        bench.request().database().makesRoles(roles);
        Path folder = write(steps);
        try {
            Flyway.configure(AppliesCleanly.class.getClassLoader())
                    .loggers(FlywayLog.class.getName())
                    .dataSource(bench.connections()
                            .limited(bench.request().database().dataSource()))
                    .defaultSchema(bench.request().database().schema())
                    .createSchemas(false)
                    .locations("filesystem:" + folder)
                    .placeholderReplacement(false)
                    .load()
                    .migrate();
            results.accept(success(bench, steps).withDetails(left(bench, roles)));
        } catch (FlywayException error) {
            results.accept(failure(bench, steps, error));
        } finally {
            delete(folder);
        }
    }

    /**
     * A file for Flyway, which runs only what is called as it likes.
     *
     * @param again whether the same was applied before
     */
    private record Step(String file, Artifact artifact, boolean again) {}

    private static List<Step> steps(Bench bench) {
        List<Step> steps = new ArrayList<>();
        bench.artifact(SCHEMA).ifPresent(schema -> {
            steps.add(new Step("V1__schema.sql", schema, false));
            bench.artifact(TRIGGERS).ifPresent(triggers -> {
                steps.add(new Step("V2__triggers.sql", triggers, false));
                steps.add(new Step("V3__triggers_again.sql", triggers, true));
            });
        });
        return steps;
    }

    /** What a server of the user's should not be given without a word. */
    private static List<String> left(Bench bench, List<String> roles) {
        return roles.isEmpty() || bench.request().database().engine() != EngineChoice.URL
                ? List.of()
                : List.of(
                        "made on the server for this run, and dropped at its end unless something else depends on them: "
                                + Words.some(roles.stream().map(Words::name).toList()));
    }

    private ProofResult success(Bench bench, List<Step> steps) {
        String statement = steps.size() == 1
                ? "`" + SCHEMA + "` applies to an empty database"
                : "`" + SCHEMA + "` and `" + TRIGGERS + "` apply to an empty database, and `" + TRIGGERS
                        + "` once more on top";
        return ProofResult.of(name(), bench.storeName(), Verdict.PROVEN, statement);
    }

    private ProofResult failure(Bench bench, List<Step> steps, FlywayException error) throws SQLException {
        Optional<SQLException> cause = cause(error, SQLException.class);
        if (cause.isPresent() && (SqlStates.gone(cause.get()) || SqlStates.cancelled(cause.get()))) {
            throw cause.get();
        }
        Optional<Step> step = cause(error, FlywayMigrateException.class)
                .map(FlywayMigrateException::getMigration)
                .flatMap(migration -> steps.stream()
                        .filter(candidate -> candidate.file().equals(migration.getScript()))
                        .findFirst());
        if (step.isEmpty() || cause.isEmpty()) {
            return ProofResult.of(
                    name(),
                    bench.storeName(),
                    Verdict.FAILED,
                    "Flyway could not run: " + Words.oneLine(String.valueOf(error.getMessage())));
        }
        Artifact artifact = step.get().artifact();
        Optional<FlywaySqlScriptException> script = cause(error, FlywaySqlScriptException.class);
        String place = script.map(found -> artifact.path() + ":" + line(artifact, found, cause.get()))
                .orElse(artifact.path());
        List<String> details = new ArrayList<>();
        script.ifPresent(found -> details.add("in the statement: " + firstLine(found.getStatement())));
        hint(cause.get()).ifPresent(details::add);
        return ProofResult.of(
                        name(),
                        artifact.path(),
                        Verdict.FAILED,
                        "the database refuses `" + place + "`"
                                + (step.get().again() ? ", applied a second time" : "") + ": "
                                + Words.message(cause.get()))
                .withDetails(details)
                .at(place(bench, cause.get(), script.map(FlywaySqlScriptException::getStatement)));
    }

    /** The line of the word that the database points at, else that on which Flyway says the statement begins. */
    private static int line(Artifact artifact, FlywaySqlScriptException error, SQLException cause) {
        String statement = Optional.ofNullable(error.getStatement()).orElse("");
        int begin = statement.isEmpty() ? -1 : artifact.text().indexOf(statement);
        int position = server(cause).map(ServerErrorMessage::getPosition).orElse(0);
        if (begin < 0 || position < 1) {
            return error.getLineNumber();
        }
        int end = Math.min(begin + position - 1, artifact.text().length());
        return 1
                + (int) artifact.text()
                        .substring(0, end)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }

    private static String firstLine(String statement) {
        return statement == null ? "" : statement.strip().lines().findFirst().orElse("");
    }

    private static Optional<String> hint(SQLException error) {
        return server(error).map(ServerErrorMessage::getHint).map(Words::oneLine);
    }

    /** The element of the model that the error names, or whose table the statement names. */
    private static Optional<Location> place(Bench bench, SQLException error, Optional<String> statement) {
        Optional<String> table = server(error).map(ServerErrorMessage::getTable);
        Optional<String> element = server(error)
                .map(message -> message.getColumn() == null ? message.getConstraint() : message.getColumn());
        return bench.locate(table, element)
                .or(() -> statement.flatMap(sql -> bench.entities().stream()
                        .filter(entity -> SqlWords.mentions(sql, entity.table().value()))
                        .min(Comparator.comparingInt(entity ->
                                SqlWords.firstMention(sql, entity.table().value())))
                        .map(entity -> bench.locate(Optional.of(entity.table().value()), named(sql, error, entity))
                                .orElseThrow())));
    }

    /** A column, index or check of the entity that the line at fault names. */
    private static Optional<String> named(String sql, SQLException error, dev.schemaproof.model.Entity entity) {
        int position = server(error).map(ServerErrorMessage::getPosition).orElse(0);
        String line = position < 1 || position > sql.length()
                ? firstLine(sql)
                : sql.substring(
                        sql.lastIndexOf('\n', position - 1) + 1,
                        sql.indexOf('\n', position - 1) < 0 ? sql.length() : sql.indexOf('\n', position - 1));
        return Stream.of(
                        entity.attributes().values().stream()
                                .map(attribute -> attribute.column().value()),
                        entity.indexes().keySet().stream(),
                        entity.checks().keySet().stream())
                .flatMap(names -> names)
                .filter(name -> SqlWords.mentions(line, name))
                .min(Comparator.comparingInt(name -> SqlWords.firstMention(line, name)));
    }

    private static Optional<ServerErrorMessage> server(SQLException error) {
        return error instanceof PSQLException postgres
                ? Optional.ofNullable(postgres.getServerErrorMessage())
                : Optional.empty();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable error, Class<T> type) {
        for (Throwable link = error; link != null; link = link.getCause()) {
            if (type.isInstance(link)) {
                return Optional.of(type.cast(link));
            }
        }
        return Optional.empty();
    }

    private static Path write(List<Step> steps) {
        try {
            Path folder = Files.createTempDirectory("schemaproof-flyway");
            for (Step step : steps) {
                Files.writeString(folder.resolve(step.file()), step.artifact().text());
            }
            return folder;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            // A few scratch files in the system's own folder for them
        }
    }
}
