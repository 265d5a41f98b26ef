package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Model;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProceduresTest {

    /** At least as often as the contract says, in the words of pg_cron. */
    @ParameterizedTest
    @CsvSource({
        "PT1S, 1 second",
        "PT59.9S, 59 seconds",
        "PT1M, */1 * * * *",
        "PT7M, */6 * * * *",
        "PT59M, */30 * * * *",
        "PT1H, 0 */1 * * *",
        "PT5H30M, 0 */4 * * *",
        "PT23H, 0 */12 * * *",
        "PT24H, 0 0 * * *",
        "PT90H, 0 0 * * *"
    })
    void saysWhenToRun(Duration every, String schedule) {
        assertThat(Procedures.schedule(every)).hasValue(schedule);
    }

    @Test
    void saysNothingOfWhatRunsMoreOftenThanAnythingCan() {
        assertThat(Procedures.schedule(Duration.ofMillis(999))).isEmpty();
    }

    /** Two contracts never come to one procedure. */
    @ParameterizedTest
    @CsvSource({
        "post-count, other, schemaproof_job_post_count",
        "post-count, post_count, '\"schemaproof_job_post-count\"'",
        "post_count, post-count, schemaproof_job_post_count",
        "it's, other, '\"schemaproof_job_it''s\"'"
    })
    void namesItsProcedure(String name, String other, String procedure) {
        Model model = Models.read("""
                schema: s
                entities: {Post: {attributes: {id: int}, key: [id]}}
                denormalizations:
                  "%s": {sync: {by: job}}
                  "%s": {sync: {by: job}}
                """.formatted(name, other));
        Contract contract = model.contracts().get(name);

        assertThat(Procedures.name(model, contract, model.entity("Post").orElseThrow()))
                .isEqualTo(procedure);
    }
}
