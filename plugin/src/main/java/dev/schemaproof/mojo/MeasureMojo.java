package dev.schemaproof.mojo;

import dev.schemaproof.app.BaselineUse;
import dev.schemaproof.app.GoalResult;
import dev.schemaproof.app.Measure;
import dev.schemaproof.app.MeasureRequest;
import java.io.IOException;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Measures what each denormalization contract gains and costs, and writes the figures into its {@code measured}: every other byte
 * of the model stays as it is. Both statements of a contract are run by turns on more and more synthetic rows, which is a matter
 * of minutes. Nothing is written when one contract can't be measured, or doesn't earn what it claims.
 *
 * @since 0.1.0
 */
@Mojo(name = "measure", threadSafe = true)
public final class MeasureMojo extends AbstractEngineMojo {

    private static final long FEWEST_ROWS = 1_000;
    private static final long MOST_ROWS = 100_000_000;

    /**
     * How many rows the largest table that a contract's statements read is filled with at last, after a hundredth and a tenth
     * of that; the others have their share of the declared rows. A table that is declared smaller has no more than declared.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.measureRows", defaultValue = "100000")
    private long measureRows;

    /**
     * What the contract's {@code where} says of the place of the measurement, such as {@code staging}. By default the engine:
     * {@code embedded PostgreSQL 18.6}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.measuredWhere")
    private @Nullable String measuredWhere;

    @Inject
    MeasureMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    GoalResult run() throws IOException, MojoFailureException {
        if (measureRows < FEWEST_ROWS || measureRows > MOST_ROWS) {
            throw new MojoFailureException("`schema.measureRows` is `" + measureRows + "`, but has to be between "
                    + FEWEST_ROWS + " and " + MOST_ROWS);
        }
        return Measure.run(
                new MeasureRequest(
                        verifyRequest(BaselineUse.COMPARE),
                        measureRows,
                        Optional.ofNullable(measuredWhere).filter(where -> !where.isBlank())),
                lastModel(),
                this::log);
    }
}
