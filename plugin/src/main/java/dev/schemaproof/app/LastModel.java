package dev.schemaproof.app;

import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * The model that was last read and checked, for the goals of one build: {@code generate} and {@code verify} need the very
 * model that {@code validate} has just read. It is given up when memory gets short.
 */
public final class LastModel {

    private record Known(String inputs, CheckedModel model) {}

    private SoftReference<@Nullable Known> last = new SoftReference<>(null);

    /** The model of these files, read and checked now unless it was the last one. */
    synchronized CheckedModel of(ModelRequest request, ModelFiles files) {
        var inputs = Validate.inputs(request, files);
        var known = last.get();
        if (known == null || !known.inputs().equals(inputs)) {
            // Not two large models at once
            last.clear();
            known = new Known(inputs, CheckedModel.of(request, files));
            last = new SoftReference<>(known);
        }
        return known.model();
    }
}
