package dev.schemaproof.app;

import dev.schemaproof.output.Fingerprint;
import dev.schemaproof.output.OutputFiles;
import dev.schemaproof.output.RunRecord;
import dev.schemaproof.output.RunRecord.Message;
import dev.schemaproof.report.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        var loaded = ModelFiles.load(request);
        if (loaded.isEmpty()) {
            return noModel(request);
        }
        var files = loaded.get();
        var inputs = inputs(request, files);
        var last = RunRecord.load(recordFile(request));
        if (last.isPresent() && last.get().upToDate(inputs)) {
            return GoalResult.of(last.get().messages());
        }
        return check(request, files, inputs, known.of(request, files));
    }

    private static GoalResult check(ModelRequest request, ModelFiles files, String inputs, CheckedModel model)
            throws IOException {
        var reports = model.reports(request);
        OutputFiles.write(reports);
        var messages = new ArrayList<>(model.messages());
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
        return counts + Console.summary(model.findings());
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
                .add("failOn", request.failOn().name());
        files.addTo(fingerprint);
        return fingerprint.hex();
    }

    /** Whether {@code validate} has already shown the findings of exactly this model. */
    static boolean hasShown(ModelRequest request, String inputs) throws IOException {
        var last = RunRecord.load(recordFile(request));
        return last.isPresent() && last.get().upToDate(inputs);
    }

    private static Path recordFile(ModelRequest request) {
        return request.reportDirectory().resolve(".runs").resolve("validate");
    }
}
