package dev.schemaproof.prove.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that starts an engine and then waits, to be killed. */
final class Forked {

    private static final String READY = "ready ";

    private Forked() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Forks one that starts the named engine.
     *
     * @return with the description of what it started as its last line read
     */
    static Running engine(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-cp",
                EngineTestBed.classPath(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                Forked.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return new Running(process, line.substring(READY.length()));
            }
            said.append(line).append('\n');
        }
        throw new IOException("the forked JVM has ended: " + said);
    }

    record Running(Process process, String said) {}

    /** Arguments: the engine's word, then what it needs. */
    public static void main(String[] arguments) throws Exception {
        EngineStart start = switch (EngineChoice.of(arguments[0])) {
            case EMBEDDED -> EngineTestBed.embedded(Path.of(arguments[1])).start(EngineTestBed.request(18));
            case CONTAINER ->
                new ContainerEngine(System.out::println)
                        .start(
                                arguments.length == 1
                                        ? EngineTestBed.request(18)
                                        : EngineTestBed.requestImage(arguments[1]));
            case URL -> new UrlEngine().start(EngineTestBed.requestUrl(arguments[1], "postgres", arguments[2]));
            case AUTO -> throw new IllegalArgumentException("name one");
        };
        if (start instanceof EngineStart.Started started) {
            try (var connection = started.database().connect()) {
                System.out.println(READY + connection.getCatalog());
            }
            Thread.sleep(600_000);
        } else {
            System.out.println(READY + start);
        }
    }
}
