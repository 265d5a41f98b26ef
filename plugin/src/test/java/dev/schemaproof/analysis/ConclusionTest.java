package dev.schemaproof.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConclusionTest {

    private static final int THREADS = 8;

    @Test
    void isDrawnWhenAskedFor() {
        var drawn = new AtomicInteger();

        var conclusion = new Conclusion<>(drawn::incrementAndGet);

        assertThat(drawn).hasValue(0);
        assertThat(conclusion.get()).isEqualTo(1);
        assertThat(conclusion.get()).isEqualTo(1);
    }

    @Test
    void isDrawnOnceWhicheverThreadsAsk() throws Exception {
        var drawn = new AtomicInteger();
        var conclusion = new Conclusion<>(() -> {
            drawn.incrementAndGet();
            Thread.yield();
            return new Object();
        });
        var together = new CyclicBarrier(THREADS);
        var questions = new ArrayList<Callable<Object>>();
        for (var i = 0; i < THREADS; i++) {
            questions.add(() -> {
                together.await();
                return conclusion.get();
            });
        }
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (var answer : threads.invokeAll(questions)) {
                assertThat(answer.get()).isSameAs(conclusion.get());
            }
        } finally {
            threads.shutdown();
        }
        assertThat(drawn).hasValue(1);
    }
}
