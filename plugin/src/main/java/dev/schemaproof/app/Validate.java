package dev.schemaproof.app;

import dev.schemaproof.check.Baseline;
import dev.schemaproof.output.Fingerprint;
import dev.schemaproof.output.OutputFiles;
import dev.schemaproof.output.RunRecord;
import dev.schemaproof.output.RunRecord.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** Reads and checks the model. */
public final class Validate {

    private Validate() {}

    /**
     * Checks the model, unless neither it nor the plugin has changed since the last success, whose findings are then
     * repeated.
     *
     * @param known what an earlier goal of the same build may have read
     * @throws IOException when the model can't be read or a report can't be written
     */
    public static GoalResult run(ModelRequest request, LastModel known) throws IOException {
        var files = ModelFiles.load(request);
        if (files.isEmpty()) {
            return noModel(request);
        }
        // Whoever asks for a validation gets its findings, also when another goal has shown them
        known.firstToShow(inputs(request, files.get()));
        return run(request, files.get(), known);
    }

    static GoalResult run(ModelRequest request, ModelFiles files, LastModel known) throws IOException {
        var inputs = inputs(request, files);
        var last = RunRecord.load(recordFile(request));
        if (last.isPresent() && last.get().upToDate(inputs)) {
            return GoalResult.of(last.get().messages());
        }
        return check(request, files, inputs, known.of(request, files));
    }

    /**
     * Lists everything that is found now as accepted, and checks the model with that list.
     *
     * @param known what the goals of the build share
     * @throws IOException when the model can't be read, or the list or a report can't be written
     */
    public static GoalResult accept(ModelRequest request, LastModel known) throws IOException {
        var loaded = ModelFiles.load(request);
        if (loaded.isEmpty()) {
            return noModel(request);
        }
        var model = known.of(request, loaded.get().with(Optional.empty()));
        if (!model.readable()) {
            return new GoalResult(
                    model.messages(request),
                    Optional.of("nothing is accepted, as what can't be read may hide other findings: "
                            + model.failure(request)));
        }
        var acceptable = model.acceptable();
        var done = "nothing to accept";
        if (acceptable.isEmpty()) {
            Files.deleteIfExists(request.baselineFile());
        } else {
            OutputFiles.write(
                    Map.of(request.baselineFile(), Baseline.of(acceptable).text()));
            done = "accepted " + Words.count(acceptable.size(), "finding", "findings") + " in "
                    + request.shown(request.baselineFile());
        }
        var validated = run(request, known);
        var messages = new ArrayList<>(validated.messages());
        messages.add(0, new Message("info", done));
        return new GoalResult(messages, validated.failure());
    }

    private static GoalResult check(ModelRequest request, ModelFiles files, String inputs, CheckedModel model)
            throws IOException {
        var reports = model.reports(request);
        OutputFiles.write(reports);
        var messages = new ArrayList<>(model.messages(request));
        if (model.fails(request)) {
            return new GoalResult(messages, Optional.of(model.failure(request)));
        }
        messages.add(new Message("info", summary(model, files)));
        RunRecord.of(inputs, reports, messages).save(recordFile(request));
        return GoalResult.of(messages);
    }

    private static String summary(CheckedModel model, ModelFiles files) {
        var counts = model.facts()
                .map(facts -> facts.model())
                .map(read -> "model `" + read.name() + "`: "
                        + Words.count(read.entities().size(), "entity", "entities") + ", "
                        + Words.count(read.patterns().size(), "access pattern", "access patterns") + ", "
                        + Words.count(read.contracts().size(), "contract", "contracts") + " in "
                        + Words.count(files.files().size(), "file", "files") + ": ")
                .orElse("");
        return counts + model.summary();
    }

    static GoalResult noModel(ModelRequest request) {
        return GoalResult.info("no model: there is no directory " + request.shown(request.schemaDirectory()));
    }

    /** The fingerprint of everything that validation depends on. */
    static String inputs(ModelRequest request, ModelFiles files) {
        var fingerprint = new Fingerprint()
                .add("tool", request.tool().version())
                .add("code", request.tool().fingerprint())
                .add("today", request.today().toString())
                .add("failOn", request.failOn().name())
                .add("annotated", request.annotated().map(Path::toString).orElse(""));
        files.addTo(fingerprint);
        for (var file : files.files()) {
            fingerprint.add("named code", request.code().stateOf(new String(file.bytes(), StandardCharsets.UTF_8)));
        }
        return fingerprint.hex();
    }

    private static Path recordFile(ModelRequest request) {
        return request.reportDirectory().resolve(".runs").resolve("validate");
    }
}
