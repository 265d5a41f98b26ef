package dev.schemaproof.check;

import dev.schemaproof.diagnostic.Finding;
import java.util.List;

/**
 * What is found in a model.
 *
 * @param findings what the team has not accepted, each once, in order
 * @param accepted what it has
 */
public record Judgement(List<Finding> findings, List<Accepted> accepted) {

    public Judgement {
        findings = List.copyOf(findings);
        accepted = List.copyOf(accepted);
    }
}
