package dev.schemaproof.app;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Checker;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.diagnostic.Sources;
import dev.schemaproof.output.RunRecord.Message;
import dev.schemaproof.report.Console;
import dev.schemaproof.report.FindingsJson;
import dev.schemaproof.report.Sarif;
import dev.schemaproof.yaml.ModelReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model that was read and checked.
 *
 * @param facts the model and what follows from it, as far as it could be read
 * @param findings everything found, sorted
 * @param sources its text
 */
record CheckedModel(Optional<Facts> facts, List<Finding> findings, Sources sources) {

    static CheckedModel of(ModelRequest request, ModelFiles files) {
        var read = ModelReader.read(files.directory(), files.files());
        var facts = read.model().map(model -> new Facts(model, request.today()));
        var checked = facts.map(known -> new Checker(Rules.all(), ModelReader.flaws()).check(known))
                .orElse(List.of());
        return new CheckedModel(
                facts,
                Stream.concat(read.findings().stream(), checked.stream())
                        .sorted()
                        .distinct()
                        .map(finding -> finding.settledIn(read.sources()))
                        .toList(),
                read.sources());
    }

    boolean fails(ModelRequest request) {
        return request.failOn().fails(findings);
    }

    /** Whether artifacts can be made of it at all, whatever the user lets pass. */
    boolean usable() {
        return facts.isPresent() && findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** The findings and their number, for the log. */
    List<Message> messages() {
        var messages = new ArrayList<Message>();
        findings.forEach(finding -> messages.add(
                new Message(finding.severity().name().toLowerCase(Locale.ROOT), Console.finding(finding, sources))));
        return messages;
    }

    /** Why the build fails. */
    String failure(ModelRequest request) {
        return "the model has " + Console.summary(findings) + "; see above, or "
                + request.shown(request.reportDirectory().resolve("findings.json"));
    }

    /** The reports of a validation: findings for tools, and the language's JSON Schema for editors. */
    Map<Path, String> reports(ModelRequest request) {
        var reports = new LinkedHashMap<Path, String>();
        var directory = request.reportDirectory();
        reports.put(directory.resolve("findings.json"), FindingsJson.of(findings));
        reports.put(
                directory.resolve("findings.sarif"),
                Sarif.of(findings, request.tool().version()));
        reports.put(directory.resolve("model.schema.json"), dev.schemaproof.output.Json.text(ModelReader.jsonSchema()));
        return reports;
    }
}
