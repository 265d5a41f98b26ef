package dev.schemaproof.prove.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.testcontainers.containers.output.OutputFrame;

/** Listens to a container for what it says last, which is why it ended, should it end. */
final class LastWords implements Consumer<OutputFrame> {

    private final AtomicReference<String> last = new AtomicReference<>("");

    @Override
    public void accept(OutputFrame frame) {
        frame.getUtf8String()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(last::set);
    }

    Optional<String> get() {
        return Optional.of(Problems.clause(last.get())).filter(words -> !words.isEmpty());
    }
}
