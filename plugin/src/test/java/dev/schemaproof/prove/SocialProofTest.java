package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.template.Templates;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SocialProofTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @Test
    void provesTheWorkedExampleCompletely() throws Exception {
        Model model = Models.readDirectory(Path.of("../it/social/src/main/schema"));
        Facts facts = new Facts(model);
        ProofReport report = new Prover()
                .prove(new ProofRequest(
                        facts,
                        model.relationalStore().orElseThrow(),
                        new RelationalGenerator(Templates.builtIn())
                                .generate(facts)
                                .toList(),
                        SERVER.database(),
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(5))));

        assertThat(report.results())
                .isNotEmpty()
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
    }
}
