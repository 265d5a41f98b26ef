package dev.schemaproof.prove.engine;

import dev.schemaproof.prove.engine.EngineStart.Started;
import dev.schemaproof.prove.engine.EngineStart.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * PostgreSQL as a process of this machine, from binaries that are artifacts in the Maven repository. The server and its
 * data are gone at the end of the run; those of a build that was killed are swept by the next.
 */
public final class EmbeddedEngine implements PostgresEngine {

    private static final int PASSWORD_BYTES = 16;

    private final BinariesResolver resolver;
    private final Environment environment;

    /** What the engine takes from the machine; tests take it from elsewhere. */
    record Environment(
            Optional<Platform> platform, HomeOpener home, AccountFinder account, ServerProcess.PortChooser ports) {

        @FunctionalInterface
        interface HomeOpener {
            TemporaryHome open() throws IOException;
        }

        @FunctionalInterface
        interface AccountFinder {
            Optional<Account> find(Path ours) throws IOException;
        }

        static Environment ofThisMachine() {
            return new Environment(Platform.current(), TemporaryHome::open, Account::find, ServerProcess::freePort);
        }
    }

    /** An engine that gets its binaries through the resolver. */
    public EmbeddedEngine(BinariesResolver resolver) {
        this(resolver, Environment.ofThisMachine());
    }

    EmbeddedEngine(BinariesResolver resolver, Environment environment) {
        this.resolver = resolver;
        this.environment = environment;
    }

    @Override
    public EngineChoice choice() {
        return EngineChoice.EMBEDDED;
    }

    @Override
    public String name() {
        return "embedded PostgreSQL";
    }

    @Override
    public EngineStart start(EngineRequest request) {
        if (environment.platform().isEmpty()) {
            return new Unavailable(
                    "there are no binaries for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch"),
                    false);
        }
        Platform platform = environment.platform().get();
        String version = Platform.binariesVersion(request.majorVersion());
        Path jar;
        try {
            jar = resolver.resolve(platform.groupId(), platform.artifactId(), version);
        } catch (IOException e) {
            return new Unavailable(
                    "its binaries `" + platform.groupId() + ":" + platform.artifactId() + ":" + version
                            + "` cannot be had: " + Problems.sentence(e),
                    false);
        }
        try {
            TemporaryHome home = environment.home().open();
            ProcessIdentity self = ProcessIdentity.current(home);
            RunDirectory.sweep(home, self);
            Optional<Account> account = environment.account().find(home.directory());
            if (account.isEmpty()) {
                return new Unavailable(
                        "PostgreSQL does not run as root, and no other account can be used here: neither `unshare`,"
                                + " `setpriv` nor `su` works",
                        true);
            }
            // Another account cannot look into our cache, which may lie in a home directory
            Path cache = account.get().isForeign() ? home.directory().resolve("binaries") : request.cacheDirectory();
            Path binaries = new UnpackedBinaries(cache.toAbsolutePath(), platform).of(jar, version);
            return start(request, platform, account.get(), binaries, RunDirectory.create(home, self));
        } catch (IOException | SQLException e) {
            return new Unavailable(Problems.sentence(e), true);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Unavailable("the build is being stopped", true);
        }
    }

    private EngineStart start(
            EngineRequest request, Platform platform, Account account, Path binaries, RunDirectory run)
            throws IOException, InterruptedException, SQLException {
        ServerProcess server =
                new ServerProcess(run, binaries, platform, account, request.startTimeout(), environment.ports());
        Cleanup cleanup;
        try {
            cleanup = new Cleanup(run.path().getFileName().toString(), server::discard);
        } catch (IllegalStateException shuttingDown) {
            run.delete();
            return new Unavailable("the build is being stopped", true);
        }
        try {
            byte[] secret = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(secret);
            String password = HexFormat.of().formatHex(secret);
            int port = server.start(password);
            Login login =
                    Login.own(ServerProcess.HOST, port, ServerProcess.SUPERUSER, password, request.startTimeout());
            Scratch scratch = Scratch.database(login);
            ServerFacts facts;
            try (Connection home = login.home().getConnection()) {
                facts = ServerFacts.read(home);
                scratch.create(home);
            }
            DataSource superuser = login.home();
            return new Started(new OpenDatabase(
                    EngineChoice.EMBEDDED,
                    "embedded " + facts.shown(),
                    facts,
                    scratch,
                    // On NTFS a file is sparse only when it was marked so when made
                    platform.isWindows()
                            ? Optional.empty()
                            : Optional.of(new SegmentFiles(run.data(), account, superuser)),
                    cleanup));
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            try {
                cleanup.run();
            } catch (Exception undone) {
                e.addSuppressed(undone);
            }
            throw e;
        }
    }
}
