package dev.schemaproof.prove.engine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The account that a server runs as. PostgreSQL refuses to run as root, as which builds in containers often run: there it
 * runs in a user namespace of its own or, where none may be made, as the user {@code nobody}.
 *
 * @param way how programs are started under it
 * @param uid whom the server's files must belong to, when not to us
 */
record Account(Way way, OptionalInt uid) {

    private static final String UID = "unix:uid";
    private static final int ROOT = 0;
    private static final long PROBE_SECONDS = 10;

    /** How to start a program under another account. */
    enum Way {
        /** We are not root. */
        OUR_OWN,
        /** util-linux; our files stay ours, as root is only not called root inside. */
        USER_NAMESPACE,
        /** util-linux, without a login session. */
        SETPRIV,
        /** Everywhere. */
        SU;

        private static final String NOBODY = "nobody";
        private static final String NOBODY_UID = "65534";

        List<String> command(List<String> program) {
            List<String> command = new ArrayList<>();
            switch (this) {
                case OUR_OWN -> {}
                case USER_NAMESPACE -> command.addAll(List.of("unshare", "-U", "--"));
                case SETPRIV ->
                    command.addAll(List.of(
                            "setpriv", "--reuid=" + NOBODY_UID, "--regid=" + NOBODY_UID, "--clear-groups", "--"));
                case SU -> {
                    return List.of(
                            "su",
                            "-s",
                            "/bin/sh",
                            "-c",
                            program.stream()
                                    .map(word -> "'" + word.replace("'", "'\\''") + "'")
                                    .collect(Collectors.joining(" ", "exec ", "")),
                            NOBODY);
                }
            }
            command.addAll(program);
            return command;
        }
    }

    /**
     * The account to use for files below a directory of ours; empty when we are root and no other account can be had.
     */
    static Optional<Account> find(Path ours) throws IOException {
        if (!TemporaryHome.isPosix(ours) || !Integer.valueOf(ROOT).equals(Files.getAttribute(ours, UID))) {
            return Optional.of(new Account(Way.OUR_OWN, OptionalInt.empty()));
        }
        for (Way way : List.of(Way.USER_NAMESPACE, Way.SETPRIV, Way.SU)) {
            Optional<Account> account = probe(way);
            if (account.isPresent()) {
                return account;
            }
        }
        return Optional.empty();
    }

    /** Whether a way works here; initdb needs a user number that is not root's and has a name. */
    static Optional<Account> probe(Way way) {
        Optional<String> uid = output(way.command(List.of("id", "-u")));
        Optional<String> name = output(way.command(List.of("id", "-un")));
        if (uid.isEmpty() || name.isEmpty() || !uid.get().matches("[1-9][0-9]*")) {
            return Optional.empty();
        }
        return Optional.of(new Account(
                way, way == Way.USER_NAMESPACE ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(uid.get()))));
    }

    /** The command line that starts a program under this account. */
    List<String> command(List<String> program) {
        return way.command(program);
    }

    /** Whether the server is another user than we are, who cannot see into our directories. */
    boolean isForeign() {
        return uid.isPresent();
    }

    /** Gives a file to the account. */
    void give(Path path) throws IOException {
        if (uid.isPresent()) {
            Files.setAttribute(path, UID, uid.getAsInt());
        }
    }

    private static Optional<String> output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
