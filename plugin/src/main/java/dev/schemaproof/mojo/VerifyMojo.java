package dev.schemaproof.mojo;

import dev.schemaproof.app.BaselineUse;
import dev.schemaproof.app.GoalResult;
import dev.schemaproof.app.Verify;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;

/**
 * Applies everything that is generated to a real database, and shows that each access pattern uses its index, each
 * trigger keeps its copy exact while others write, and that the database has exactly the schema that the model says.
 * What is made for that is dropped afterwards. Writes {@code target/schema/proof.md} and {@code proof.json}, and all contracts
 * with their answers and proofs as {@code contracts.md} and {@code contracts.json}.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class VerifyMojo extends AbstractEngineMojo {

    /**
     * Skips the proofs.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.skipVerify", defaultValue = "false")
    private boolean skipVerify;

    /**
     * Skips the proofs together with the integration tests.
     *
     * @since 0.1.0
     */
    @Parameter(property = "skipITs", defaultValue = "false")
    private boolean skipITs;

    /**
     * What becomes of the plans that are kept in {@code schema.baselineDirectory}: {@code compare} fails where an access
     * pattern is planned at more cost than before, {@code update} keeps the plans as they are now. Meant for the command
     * line.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.baseline", defaultValue = "compare")
    private String baseline;

    @Inject
    VerifyMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    GoalResult run() throws IOException, MojoFailureException {
        if (skipVerify || skipITs) {
            getLog().info("proofs skipped, as `" + (skipVerify ? "schema.skipVerify" : "skipITs") + "` is set");
            return GoalResult.nothing();
        }
        var use = word("schema.baseline", baseline, BaselineUse.values());
        return Verify.run(verifyRequest(use), lastModel(), this::log);
    }
}
