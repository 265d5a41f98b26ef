package dev.schemaproof.app;

import java.lang.ref.SoftReference;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the goals of one build share: the model that was last read and checked, since {@code generate} and {@code verify} need
 * the very model that {@code validate} has just read, and whether its findings have been shown. The model is given up when
 * memory gets short.
 */
public final class LastModel {

    private record Known(String inputs, CheckedModel model) {}

    private final Set<String> shown = new HashSet<>();
    private SoftReference<@Nullable Known> last = new SoftReference<>(null);

    /** Whether no goal has shown the findings of these inputs; from now on one has. */
    synchronized boolean firstToShow(String inputs) {
        return shown.add(inputs);
    }

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
