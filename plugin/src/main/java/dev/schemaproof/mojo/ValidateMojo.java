package dev.schemaproof.mojo;

import dev.schemaproof.app.GoalResult;
import dev.schemaproof.app.Validate;
import java.io.IOException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Reads and checks the model: its shape, its normal forms, its denormalization contracts, and whether every access
 * pattern has an index.
 *
 * @since 0.1.0
 */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public final class ValidateMojo extends AbstractSchemaMojo {

    @Override
    GoalResult run() throws IOException, MojoFailureException {
        return Validate.run(modelRequest(), lastModel());
    }
}
