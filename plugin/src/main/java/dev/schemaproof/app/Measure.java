package dev.schemaproof.app;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.output.OutputFiles;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.GainSettings;
import dev.schemaproof.prove.MeasuredGain;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofRequest;
import dev.schemaproof.prove.ProofSettings;
import dev.schemaproof.prove.Prover;
import dev.schemaproof.prove.engine.Engines;
import dev.schemaproof.prove.engine.LeftBehindException;
import dev.schemaproof.prove.engine.NoEngineException;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.report.GainTable;
import dev.schemaproof.report.ProofText;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.yaml.MeasurementEdit;
import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures what the contracts gain, and writes it into them: all of them, or none. */
public final class Measure {

    private final MeasureRequest request;
    private final ModelRequest project;
    private final ModelFiles files;
    private final Log log;
    /** What was measured, by contract, and the figures that are written of it. */
    private final Map<String, MeasuredGain> gains = new LinkedHashMap<>();

    private final Map<String, MeasurementText> measurements = new LinkedHashMap<>();
    private boolean failed;

    private Measure(MeasureRequest request, ModelFiles files, Log log) {
        this.request = request;
        this.project = request.verify().generate().model();
        this.files = files;
        this.log = log;
    }

    /**
     * Measures, and writes the figures into the model unless one of the contracts can't be measured or doesn't earn its gain.
     *
     * @param known what an earlier goal of the same build may have read
     * @param log told each result as soon as it is known
     * @throws IOException when something can't be read or written, or a database could not be cleaned up
     */
    public static GoalResult run(MeasureRequest request, LastModel known, Log log) throws IOException {
        var project = request.verify().generate().model();
        var loaded = ModelFiles.load(project);
        if (loaded.isEmpty()) {
            return Validate.noModel(project);
        }
        return new Measure(request, loaded.get(), log).run(known.of(project, loaded.get()));
    }

    private GoalResult run(CheckedModel model) throws IOException {
        if (model.facts().isEmpty()) {
            return new GoalResult(
                    model.messages(project), Optional.of("nothing is measured, as " + model.failure(project)));
        }
        var contracts = contracts(model.facts().get());
        if (contracts.isEmpty()) {
            return GoalResult.info("nothing to measure: no contract of a relational store claims a gain");
        }
        // What is wrong with the measurements that are there, or with their absence, is what this goal is for
        var drafts = new LinkedHashMap<Contract, MeasurementText>();
        contracts.forEach(contract -> drafts.put(contract, MeasurementText.asClaimed(contract, project.today())));
        var draft = edited(drafts);
        if (draft.isEmpty()) {
            return refused("there is no sure place for a measurement; see above");
        }
        var usable = model.obstacle(project).isEmpty() ? model : CheckedModel.of(project, draft.get());
        if (usable.obstacle(project).isPresent()) {
            return new GoalResult(
                    model.messages(project), Optional.of("nothing is measured, as " + model.failure(project)));
        }
        try {
            measure(usable);
        } catch (TemplateFailedException e) {
            return refused(request.verify().generate().failure(e));
        } catch (NoEngineException e) {
            return refused(Verify.noEngine(e));
        } catch (LeftBehindException e) {
            throw new IOException(e.getMessage(), e);
        }
        return finish(contracts);
    }

    private static GoalResult refused(String why) {
        return new GoalResult(List.of(), Optional.of(why));
    }

    /** The contracts of relational stores that claim a gain. */
    private static List<Contract> contracts(Facts facts) {
        return facts.model().contracts().values().stream()
                .filter(contract -> contract.gain()
                        .filter(gain -> gain.pattern().isPresent()
                                && gain.instead().isPresent()
                                && gain.atLeast().isPresent())
                        .isPresent())
                .filter(contract -> contract.duplicates()
                        .flatMap(Contract.Duplicates::into)
                        .flatMap(into -> facts.model().entity(into.entity().value()))
                        .filter(entity -> facts.model().storeOf(entity) instanceof RelationalStore)
                        .isPresent())
                .toList();
    }

    private void measure(CheckedModel model) throws IOException, TemplateFailedException, NoEngineException {
        var facts = model.facts().orElseThrow();
        var artifacts = Generate.artifacts(request.verify().generate(), facts);
        var deadline = Deadline.in(request.verify().timeout());
        for (var store : facts.model().stores().values()) {
            if (store instanceof RelationalStore relational) {
                try (RunningDatabase database = Engines.start(
                        request.verify().engineFor(relational),
                        EngineList.all(request.verify().binaries(), text -> log.say("info", text)),
                        text -> log.say("info", text),
                        text -> log.say("warning", text))) {
                    var report = Prover.measuring()
                            .prove(new ProofRequest(
                                    facts,
                                    relational,
                                    artifacts,
                                    database,
                                    ProofSettings.standard().measuring(GainSettings.measuring(request.rows())),
                                    deadline));
                    take(report, model);
                }
            }
        }
    }

    private void take(ProofReport report, CheckedModel model) {
        report.results()
                .forEach(result -> log.say(Verify.level(result.verdict()), ProofText.styled(result, model.sources())));
        failed |= report.failed();
        for (var gain : report.gains()) {
            gains.put(gain.contract(), gain);
            measurements.put(
                    gain.contract(),
                    MeasurementText.of(gain, project.today(), request.where().orElse(report.engine())));
        }
    }

    private GoalResult finish(List<Contract> contracts) throws IOException {
        GainTable.lines(List.copyOf(gains.values())).forEach(line -> log.say("info", line));
        var missing = contracts.stream()
                .map(contract -> contract.name().value())
                .filter(name -> !gains.containsKey(name))
                .toList();
        if (!missing.isEmpty() || failed) {
            return refused("nothing was written, as "
                    + (missing.isEmpty()
                            ? "not every contract earns its gain"
                            : "this could not be measured: `" + String.join("`, `", missing) + "`")
                    + "; see above");
        }
        var measured = new LinkedHashMap<Contract, MeasurementText>();
        contracts.forEach(
                contract -> Optional.ofNullable(measurements.get(contract.name().value()))
                        .ifPresent(text -> measured.put(contract, text)));
        var changed = edited(measured);
        if (changed.isEmpty()) {
            return refused("nothing was written, as there is no sure place for a measurement; see above");
        }
        var flaw = flaw(changed.get(), measured);
        return flaw.isPresent() ? refused(flaw.get()) : write(changed.get());
    }

    /** The files with these measurements; nothing where one of them has no sure place. */
    private Optional<ModelFiles> edited(Map<Contract, MeasurementText> texts) {
        var contents = new LinkedHashMap<String, byte[]>();
        files.files().forEach(file -> contents.put(file.path(), file.bytes()));
        var sure = true;
        for (var entry : texts.entrySet()) {
            var contract = entry.getKey();
            var path = contract.name().at().file();
            var changed = Optional.ofNullable(contents.get(path))
                    .flatMap(content -> MeasurementEdit.into(
                            content, contract.name().value(), entry.getValue().figures()));
            if (changed.isPresent()) {
                contents.put(path, changed.get());
            } else {
                sure = false;
                log.say(
                        "error",
                        path + ":" + contract.name().at().line() + ": there is no sure place for the measurement of `"
                                + contract.name() + "`; write `measured: {}` into its `gain`");
            }
        }
        var sources = new ArrayList<SourceFile>();
        contents.forEach((path, content) -> sources.add(new SourceFile(path, content)));
        return sure ? Optional.of(new ModelFiles(files.directory(), sources, files.baseline())) : Optional.empty();
    }

    /** Why the files must not be written: what is read from them is wrong, or not what was measured. */
    private Optional<String> flaw(ModelFiles changed, Map<Contract, MeasurementText> measured) {
        var after = CheckedModel.of(project, changed);
        var errors = after.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.summary() + " [" + finding.rule() + "]")
                .toList();
        if (!errors.isEmpty()) {
            return Optional.of("the model would be wrong with these measurements; nothing was written: "
                    + String.join("; ", errors));
        }
        var read = after.facts().stream()
                .flatMap(facts -> measured.entrySet().stream()
                        .filter(entry -> entry.getValue()
                                .isIn(facts.model()
                                        .contracts()
                                        .get(entry.getKey().name().value()))))
                .count();
        return read == measured.size()
                ? Optional.empty()
                : Optional.of("the measurements can't be written without changing something else; nothing was written");
    }

    private GoalResult write(ModelFiles changed) throws IOException {
        var texts = new LinkedHashMap<Path, String>();
        var written = new ArrayList<String>();
        for (var i = 0; i < changed.files().size(); i++) {
            var file = changed.files().get(i);
            if (!Arrays.equals(file.bytes(), files.files().get(i).bytes())) {
                // Where a link leads to the file, it stays one
                texts.put(
                        project.project().resolve(file.path()).toRealPath(),
                        new String(file.bytes(), StandardCharsets.UTF_8));
                written.add(file.path());
            }
        }
        OutputFiles.write(texts);
        written.forEach(path -> log.say("info", "measured:  " + path));
        return GoalResult.of(List.of());
    }
}
