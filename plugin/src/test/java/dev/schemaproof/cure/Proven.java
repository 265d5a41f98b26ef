package dev.schemaproof.cure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Findings;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.ProofRequest;
import dev.schemaproof.prove.ProofSettings;
import dev.schemaproof.prove.Prover;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.io.IOException;
import java.time.Duration;

/** What {@code verify} does with a model. */
final class Proven {

    private static final Prover PROVER = new Prover();

    private Proven() {}

    /** Asserts that everything about the model is proven on an empty database of the server. */
    static void on(TestServer server, Model model, String yaml) throws IOException, TemplateFailedException {
        var facts = new Facts(model, Findings.TODAY);
        var report = PROVER.prove(new ProofRequest(
                facts,
                model.relationalStore().orElseThrow(),
                new RelationalGenerator(Templates.builtIn()).generate(facts).toList(),
                server.database(),
                ProofSettings.standard(),
                Deadline.in(Duration.ofMinutes(5))));
        assertThat(report.results())
                .as(yaml)
                .isNotEmpty()
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
    }
}
