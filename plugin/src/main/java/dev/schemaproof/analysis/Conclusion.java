package dev.schemaproof.analysis;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is concluded when it is first asked for, and once only, whichever threads ask: one draws it, the others wait.
 *
 * <p>A conclusion may ask for others, never in a circle.
 *
 * @param <T> what is concluded; immutable
 */
final class Conclusion<T> {

    private final Supplier<T> reasoning;
    private volatile @Nullable T drawn;

    Conclusion(Supplier<T> reasoning) {
        this.reasoning = reasoning;
    }

    T get() {
        var known = drawn;
        return known == null ? draw() : known;
    }

    private synchronized T draw() {
        var known = drawn;
        if (known == null) {
            known = reasoning.get();
            drawn = known;
        }
        return known;
    }
}
