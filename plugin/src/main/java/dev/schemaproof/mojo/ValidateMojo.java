package dev.schemaproof.mojo;

import dev.schemaproof.app.GoalResult;
import dev.schemaproof.app.Validate;
import java.io.IOException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Reads and checks the model: its shape, its normal forms, its denormalization contracts, and whether every access
 * pattern has an index.
 *
 * @since 0.1.0
 */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public final class ValidateMojo extends AbstractSchemaMojo {

    /**
     * Accepts everything that is found now: lists it in the baseline, so that only what is found later counts. Meant for
     * the command line.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.acceptFindings", defaultValue = "false")
    private boolean acceptFindings;

    @Override
    GoalResult run() throws IOException, MojoFailureException {
        return acceptFindings
                ? Validate.accept(modelRequest(), lastModel())
                : Validate.run(modelRequest(), lastModel());
    }
}
