package dev.schemaproof.app;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * The seed of every property that has none of its own: the same in each ordinary build, so that none fails by chance; in that
 * of the profile {@code fuzz} another in each, which is printed. {@code -Dschemaproof.seed} gives the one to begin with.
 *
 * <p>jqwik has no setting for this; it finds the hook as a service.
 */
public final class PropertySeed implements AroundPropertyHook {

    private static final long USUAL = 1;

    private static final String SEED = String.valueOf(Optional.ofNullable(Long.getLong("schemaproof.seed"))
            .orElseGet(() -> Boolean.getBoolean("schemaproof.anySeed")
                    ? ThreadLocalRandom.current().nextLong()
                    : USUAL));

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        if (context.attributes().seed().isEmpty()) {
            context.attributes().setSeed(SEED);
            if (!SEED.equals(String.valueOf(USUAL))) {
                System.out.println(context.extendedLabel() + " runs with -Dschemaproof.seed=" + SEED);
            }
        }
        return property.execute();
    }
}
