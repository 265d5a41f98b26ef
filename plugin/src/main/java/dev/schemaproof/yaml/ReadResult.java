package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Sources;
import dev.schemaproof.model.Model;
import java.util.List;
import java.util.Optional;

/**
 * What reading gave.
 *
 * @param model the model; elements with flaws are in it, marked as not sound. Absent when something is missing from it
 *     that couldn't be read at all, as then every use of it would seem to name nothing
 * @param findings the flaws, all of them errors
 * @param sources the text of the files
 */
public record ReadResult(Optional<Model> model, List<Finding> findings, Sources sources) {

    public ReadResult {
        findings = List.copyOf(findings);
    }
}
