package dev.schemaproof.prove.engine;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server of ours from {@code initdb} to its end. It listens on the loopback interface only, and asks for a password, as
 * others who are logged in to the machine could otherwise run programs through it in our name.
 */
final class ServerProcess {

    static final String HOST = "127.0.0.1";
    static final String SUPERUSER = "postgres";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int PORT_ATTEMPTS = 5;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final RunDirectory run;
    private final Path binaries;
    private final Platform platform;
    private final Account account;
    private final Duration timeout;
    private final PortChooser ports;

    private boolean stopped;
    private @Nullable Process tool;

    /** Where ports come from. */
    @FunctionalInterface
    interface PortChooser {
        int choose() throws IOException;
    }

    ServerProcess(
            RunDirectory run, Path binaries, Platform platform, Account account, Duration timeout, PortChooser ports) {
        this.run = run;
        this.binaries = binaries;
        this.platform = platform;
        this.account = account;
        this.timeout = timeout;
        this.ports = ports;
    }

    /** A port of the loopback interface that is free at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    /**
     * Makes the data directory and starts the server.
     *
     * @return the port it listens on
     * @throws IOException with the server's own words, when it cannot be started
     */
    int start(String password) throws IOException, InterruptedException {
        Path server = run.server();
        if (account.isForeign()) {
            for (Path above : List.of(run.path().getParent(), run.path())) {
                Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
            }
            account.give(server);
        }
        initdb(server, password);
        Path configuration = run.data().resolve("postgresql.conf");
        Files.writeString(configuration, settings(ServerSettings.ofThrowaway()), StandardOpenOption.APPEND);
        Path log = server.resolve("server.log");
        for (int attempt = 1; ; attempt++) {
            int port = ports.choose();
            Files.writeString(
                    configuration, settings(Map.of("port", Integer.toString(port))), StandardOpenOption.APPEND);
            Files.deleteIfExists(log);
            Optional<String> failure = tool(
                    "pg_ctl",
                    timeout,
                    List.of(
                            "-D", run.data().toString(),
                            "-l", log.toString(),
                            "-t", Long.toString(Math.max(1, timeout.toSeconds())),
                            "-w", "start"));
            if (failure.isEmpty()) {
                return port;
            }
            boolean taken = said(log).anyMatch(line -> line.contains("could not bind"));
            if (!taken) {
                throw new IOException("it does not start: " + reason(log).orElse(failure.get()));
            }
            if (attempt == PORT_ATTEMPTS) {
                throw new IOException("it does not start: port " + port + " is taken, and so were " + (attempt - 1)
                        + " others before it");
            }
        }
    }

    private void initdb(Path server, String password) throws IOException, InterruptedException {
        Path passwordFile = server.resolve("password");
        Files.writeString(passwordFile, password + "\n");
        account.give(passwordFile);
        Optional<String> failure = tool(
                "initdb",
                timeout,
                List.of(
                        "-D",
                        run.data().toString(),
                        "-U",
                        SUPERUSER,
                        "-A",
                        "scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--no-sync"));
        Files.delete(passwordFile);
        if (failure.isPresent()) {
            throw new IOException("its data directory cannot be made: " + failure.get());
        }
    }

    private static String settings(Map<String, String> settings) {
        StringBuilder text = new StringBuilder("\n");
        if (!settings.containsKey("port")) {
            text.append("listen_addresses = '").append(HOST).append("'\n");
            text.append("unix_socket_directories = ''\n");
        }
        settings.forEach(
                (name, value) -> text.append(name).append(" = '").append(value).append("'\n"));
        return text.toString();
    }

    /** Stops the server, however far its start has come, and deletes all it wrote. */
    void discard() throws IOException {
        Process running;
        synchronized (this) {
            stopped = true;
            running = tool;
        }
        if (running != null) {
            List<ProcessHandle> children = running.descendants().toList();
            running.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        Optional<Postmaster> server = Postmaster.of(run.data());
        if (server.isPresent() && server.get().process().isPresent()) {
            stop(server.get());
        }
        run.delete();
    }

    private void stop(Postmaster server) throws IOException {
        List<String> stop = List.of(
                program("pg_ctl"),
                "-D",
                run.data().toString(),
                "-m",
                "immediate",
                "-t",
                Long.toString(STOP_TIMEOUT.toSeconds()),
                "-w",
                "stop");
        try {
            Process process = builder(stop, run.server().resolve("stop.log")).start();
            if (!process.waitFor(2 * STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!server.terminate(STOP_TIMEOUT)) {
            throw new IOException("process " + server.pid() + " of the server in `" + run.path() + "` does not end");
        }
    }

    /** Runs a program of PostgreSQL to its end; why it failed, or empty. */
    private Optional<String> tool(String name, Duration limit, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(program(name));
        command.addAll(arguments);
        Path log = run.server().resolve(name + ".log");
        ProcessBuilder builder = builder(command, log);
        Process process;
        synchronized (this) {
            if (stopped) {
                throw new IOException("the build is being stopped");
            }
            process = builder.start();
            tool = process;
        }
        try {
            // pg_ctl has the same limit, and better words for what happened
            if (!process.waitFor(limit.plusSeconds(5).toSeconds(), TimeUnit.SECONDS)) {
                return Optional.of("`" + name + "` has not ended within " + limit.toSeconds() + " s");
            }
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(reason(log).orElse("`" + name + "` ends with exit code " + process.exitValue()));
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            synchronized (this) {
                tool = null;
            }
        }
    }

    private String program(String name) {
        return binaries.resolve("bin").resolve(platform.program(name)).toString();
    }

    private ProcessBuilder builder(List<String> command, Path log) {
        ProcessBuilder builder = new ProcessBuilder(account.command(command))
                .directory(run.server().toFile())
                .redirectErrorStream(true)
                // Not a pipe: on Windows the server inherits it, and it would never end
                .redirectOutput(log.toFile());
        if (!platform.isWindows()) {
            builder.redirectInput(new File("/dev/null"));
        }
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** What the log gives as the reason: the first line of the highest severity, else the last one. */
    private static Optional<String> reason(Path log) {
        List<String> lines = said(log).toList();
        return lines.stream()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:"))
                .findFirst()
                .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1)))
                .map(line -> Problems.clause(line.replaceFirst("^.*?(FATAL|PANIC|error): +", "")));
    }

    private static Stream<String> said(Path log) {
        try {
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream().filter(line -> !line.isBlank());
        } catch (IOException silent) {
            return Stream.empty();
        }
    }
}
