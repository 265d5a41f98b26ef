package dev.schemaproof.analysis;

import dev.schemaproof.model.Model;

/**
 * A model and everything that can be concluded from it. Each conclusion is drawn once, when first asked for.
 *
 * <p>Safe for use by several threads only after construction in one; conclusions are immutable.
 */
public final class Facts {

    private final Model model;

    public Facts(Model model) {
        this.model = model;
    }

    public Model model() {
        return model;
    }
}
