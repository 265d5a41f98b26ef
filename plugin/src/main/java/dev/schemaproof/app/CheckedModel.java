package dev.schemaproof.app;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.name.UnknownName;
import dev.schemaproof.check.Baseline;
import dev.schemaproof.check.BaselineReader;
import dev.schemaproof.check.Checker;
import dev.schemaproof.check.Judgement;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.diagnostic.Sources;
import dev.schemaproof.output.Json;
import dev.schemaproof.output.RunRecord.Message;
import dev.schemaproof.report.Console;
import dev.schemaproof.report.FindingsJson;
import dev.schemaproof.report.NormalFormJson;
import dev.schemaproof.report.NormalFormMarkdown;
import dev.schemaproof.report.NormalFormReport;
import dev.schemaproof.report.Sarif;
import dev.schemaproof.yaml.ModelReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model that was read and checked.
 *
 * @param facts the model and what follows from it, as far as it could be read
 * @param readable whether there was nothing wrong with its text, nor with that of its baseline
 * @param judgement everything found, sorted
 * @param sources its text
 */
record CheckedModel(Optional<Facts> facts, boolean readable, Judgement judgement, Sources sources) {

    static CheckedModel of(ModelRequest request, ModelFiles files) {
        var file = request.shown(request.baselineFile());
        var listed = files.baseline().map(text -> BaselineReader.read(file, text));
        var read = ModelReader.read(files.directory(), files.files());
        var sources = files.baseline()
                .map(text -> read.sources().with(file, text.lines().toList()))
                .orElse(read.sources());
        var facts = read.model().map(model -> new Facts(model, request.today(), request.code()::isInSources));
        var unreadable = listed.flatMap(BaselineReader.Result::flaw);
        if (unreadable.isPresent()) {
            // All that the list accepted would only hide that it can't be read
            return new CheckedModel(facts, false, new Judgement(List.of(unreadable.get()), List.of()), sources);
        }
        var baseline = listed.map(BaselineReader.Result::baseline).orElse(Baseline.none());
        var judged = facts.map(known -> new Checker(Rules.all(), ModelReader.flaws()).judge(known, baseline))
                .orElse(new Judgement(List.of(), List.of()));
        var findings = Stream.concat(read.findings().stream(), judged.findings().stream())
                .sorted()
                .distinct()
                .map(finding -> finding.settledIn(sources))
                .toList();
        return new CheckedModel(facts, read.findings().isEmpty(), new Judgement(findings, judged.accepted()), sources);
    }

    List<Finding> findings() {
        return judgement.findings();
    }

    /** The findings that a baseline can accept. */
    List<Finding> acceptable() {
        return findings().stream()
                .filter(finding -> !ModelReader.flaws().contains(finding.rule()))
                .toList();
    }

    boolean fails(ModelRequest request) {
        return request.failOn().fails(findings());
    }

    /** Why no artifacts can be made of it, whatever the user lets pass; empty when they can. */
    Optional<String> obstacle(ModelRequest request) {
        if (facts.isEmpty() || findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
            return Optional.of(failure(request));
        }
        return facts.get().unknownNames().stream()
                .findFirst()
                .map(UnknownName::name)
                .map(name -> "`" + name + "` at " + name.at() + " names nothing, which can be accepted but not built");
    }

    /** The findings, for the log. */
    List<Message> messages(ModelRequest request) {
        var messages = new ArrayList<Message>();
        findings()
                .forEach(finding ->
                        messages.add(new Message(level(finding.severity()), Console.styled(finding, sources))));
        request.annotations().stream()
                .flatMap(annotations -> annotations.of(findings()).stream())
                .forEach(line -> messages.add(new Message("annotation", line)));
        return messages;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "info";
        };
    }

    /** How many findings there are. */
    String summary() {
        return Console.summary(findings(), judgement.accepted());
    }

    /** Why the build fails. */
    String failure(ModelRequest request) {
        return "the model has " + summary() + "; see above, or "
                + request.shown(request.reportDirectory().resolve("findings.json"));
    }

    /**
     * The reports of a validation: findings for tools, the language's JSON Schema for editors, and which normal forms the
     * entities are in.
     */
    Map<Path, String> reports(ModelRequest request) {
        var reports = new LinkedHashMap<Path, String>();
        var directory = request.reportDirectory();
        reports.put(directory.resolve("findings.json"), FindingsJson.of(judgement));
        reports.put(
                directory.resolve("findings.sarif"),
                Sarif.of(judgement, request.tool().version(), request::fromRepository));
        reports.put(directory.resolve("model.schema.json"), LanguageSchema.TEXT);
        facts.ifPresent(known -> {
            var forms = NormalFormReport.of(known);
            reports.put(directory.resolve("normal-forms.md"), NormalFormMarkdown.of(forms, known));
            reports.put(directory.resolve("normal-forms.json"), NormalFormJson.of(forms, known));
        });
        return reports;
    }

    /** Written when it is first asked for, and then kept, as it is long and the same for all modules of a build. */
    private static final class LanguageSchema {

        static final String TEXT = Json.text(ModelReader.jsonSchema());
    }
}
