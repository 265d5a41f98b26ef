package dev.schemaproof.app;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Sources;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.Store;
import dev.schemaproof.output.Fingerprint;
import dev.schemaproof.output.OutputFiles;
import dev.schemaproof.output.RunRecord;
import dev.schemaproof.output.RunRecord.Message;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.PlanBaseline;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofRequest;
import dev.schemaproof.prove.ProofResult;
import dev.schemaproof.prove.ProofSettings;
import dev.schemaproof.prove.Prover;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEndpoint;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import dev.schemaproof.prove.dynamodb.TableService;
import dev.schemaproof.prove.engine.EngineChoice;
import dev.schemaproof.prove.engine.Engines;
import dev.schemaproof.prove.engine.LeftBehindException;
import dev.schemaproof.prove.engine.NoEngineException;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.prove.keyvalue.KeyValueProver;
import dev.schemaproof.report.ContractJson;
import dev.schemaproof.report.ContractMarkdown;
import dev.schemaproof.report.ContractRegister;
import dev.schemaproof.report.ProofJson;
import dev.schemaproof.report.ProofMarkdown;
import dev.schemaproof.report.ProofText;
import dev.schemaproof.template.TemplateFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Generates what the model asks for, applies it to real databases, and shows what the model claims. */
public final class Verify {

    private final VerifyRequest request;
    private final ModelRequest project;
    private final LastModel known;
    private final Log log;
    private final List<Message> said = new ArrayList<>();
    /** How patterns are planned now, by the name of the file that keeps it. */
    private final Map<String, List<PlanBaseline.Entry>> planned = new TreeMap<>();

    private Verify(VerifyRequest request, LastModel known, Log log) {
        this.request = request;
        this.project = request.generate().model();
        this.known = known;
        this.log = log;
    }

    /**
     * Makes every proof, unless nothing has changed since the last success.
     *
     * @param known what an earlier goal of the same build may have read
     * @param log told each result as soon as it is known
     * @throws IOException when something can't be read or written, or a database could not be cleaned up
     */
    public static GoalResult run(VerifyRequest request, LastModel known, Log log) throws IOException {
        return new Verify(request, known, log).run();
    }

    private GoalResult run() throws IOException {
        var loaded = ModelFiles.load(project);
        if (loaded.isEmpty()) {
            return Validate.noModel(project);
        }
        var validated = Validate.run(project, loaded.get(), known);
        if (known.firstToShow(Validate.inputs(project, loaded.get()))) {
            validated.messages().forEach(message -> log.say(message.level(), message.text()));
        }
        if (validated.failure().isPresent()) {
            return new GoalResult(List.of(), validated.failure());
        }
        var kept = KeptPlans.load(project.baselineDirectory());
        var inputs = inputs(loaded.get(), kept);
        var last = RunRecord.load(recordFile());
        if (compares() && last.isPresent() && last.get().upToDate(inputs)) {
            log.say("info", "nothing has changed since the last proof, which said:");
            return GoalResult.of(last.get().messages());
        }
        var generated = Generate.run(request.generate(), known);
        if (generated.failure().isPresent()) {
            return generated;
        }
        var model = known.of(project, loaded.get());
        var obstacle = model.obstacle(project).map(reason -> "nothing is proven, as " + reason);
        if (obstacle.isPresent()) {
            return new GoalResult(List.of(), obstacle);
        }
        var flaws = compares() ? kept.flaws(project.shown(project.baselineDirectory())) : List.<String>of();
        if (!flaws.isEmpty()) {
            return new GoalResult(List.of(), Optional.of(String.join("\n", flaws)));
        }
        try {
            return prove(model.facts().orElseThrow(), model.sources(), kept, inputs);
        } catch (TemplateFailedException e) {
            return new GoalResult(List.of(), Optional.of(request.generate().failure(e)));
        } catch (NoEngineException e) {
            return new GoalResult(List.of(), Optional.of(noEngine(e)));
        } catch (LeftBehindException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private boolean compares() {
        return request.baseline() == BaselineUse.COMPARE;
    }

    private GoalResult prove(Facts facts, Sources sources, KeptPlans kept, String inputs)
            throws IOException, TemplateFailedException, NoEngineException {
        var deadline = Deadline.in(request.timeout());
        var artifacts = Generate.artifacts(request.generate(), facts);
        var reports = new ArrayList<ProofReport>();
        for (var store : facts.model().stores().values()) {
            var report = store instanceof RelationalStore relational
                    ? prove(relational, facts, artifacts, kept, deadline)
                    : prove((KeyValueStore) store, facts, artifacts, deadline);
            var results = new ArrayList<>(report.results());
            results.addAll(applicationCode(store, facts));
            results.forEach(result -> say(result, sources));
            reports.add(new ProofReport(report.store(), report.engine(), results, report.plans(), report.gains()));
        }
        return finish(facts, reports, inputs);
    }

    /** Of each copy that the application keeps, whether the code is there. What it does can't be shown. */
    private List<ProofResult> applicationCode(Store store, Facts facts) {
        var results = new ArrayList<ProofResult>();
        for (var contract : facts.model().contracts().values()) {
            var entity = contract.duplicates()
                    .flatMap(Contract.Duplicates::into)
                    .flatMap(into -> facts.model().entity(into.entity().value()));
            var here = entity.filter(found -> facts.model().storeOf(found).equals(store))
                            .isPresent()
                    && contract.sync()
                            .flatMap(Contract.Sync::by)
                            .filter(by -> by.value() == Contract.Mechanism.APPLICATION)
                            .isPresent();
            contract.sync()
                    .flatMap(Contract.Sync::code)
                    .filter(code -> here)
                    .ifPresent(code -> results.add(applicationCode(contract, code)));
        }
        return results;
    }

    private ProofResult applicationCode(Contract contract, Located<String> code) {
        var compiled = project.code().isCompiled(code.value());
        var verdict = compiled.isEmpty() ? Verdict.NOT_PROVEN : compiled.get() ? Verdict.PROVEN : Verdict.FAILED;
        var statement = switch (verdict) {
            case NOT_PROVEN -> "nothing is compiled that could hold `" + code + "`";
            case PROVEN -> "`" + code + "` is compiled; whether it keeps the copy is for its own tests to show";
            case FAILED -> "no compiled class has `" + code + "`";
        };
        return ProofResult.of("application-code-exists", contract.name().value(), verdict, statement)
                .at(code.at());
    }

    private ProofReport prove(
            RelationalStore store, Facts facts, List<Artifact> artifacts, KeptPlans kept, Deadline deadline)
            throws NoEngineException {
        try (RunningDatabase database = Engines.start(
                request.engineFor(store),
                EngineList.all(request.binaries(), text -> log.say("info", text)),
                text -> say("info", text),
                text -> say("warning", text))) {
            var file = PlanBaseline.fileName(database.majorVersion());
            var report = new Prover()
                    .prove(new ProofRequest(
                            facts,
                            store,
                            artifacts,
                            database,
                            ProofSettings.standard(),
                            deadline,
                            compares() ? kept.of(file) : Optional.empty()));
            report.plans().stream()
                    .filter(plan -> plan.growth().isPresent())
                    .map(plan -> PlanBaseline.Entry.of(report.store(), plan))
                    .forEach(entry -> planned.computeIfAbsent(file, name -> new ArrayList<>())
                            .add(entry));
            return report;
        }
    }

    private ProofReport prove(KeyValueStore store, Facts facts, List<Artifact> artifacts, Deadline deadline) {
        if (request.dynamoDb().isPresent()) {
            try (var endpoint = new TableEndpoint(request.dynamoDb().get(), ownPrefix())) {
                say("info", "engine: " + endpoint.description() + " for store `" + store.name() + "`");
                return prove(store, facts, artifacts, endpoint, deadline);
            }
        }
        say(
                "warning",
                "store `" + store.name()
                        + "` is proven with the built-in evaluator alone, which answers as DynamoDB documents it;"
                        + " `schema.dynamoDbEndpoint` names a DynamoDB for tests that runs, such as `http://localhost:8000`");
        return prove(store, facts, artifacts, new TableEvaluator(), deadline);
    }

    private static ProofReport prove(
            KeyValueStore store, Facts facts, List<Artifact> artifacts, TableService service, Deadline deadline) {
        var known = facts.keyValue().stores().stream()
                .filter(candidate -> candidate.store().equals(store))
                .findFirst()
                .orElseThrow();
        return new KeyValueProver(
                        facts.model(), known, artifacts, service, KeyValueProver.Settings.standard(), deadline)
                .prove();
    }

    /** Tables of a run get names that nobody has. */
    private static String ownPrefix() {
        return "schemaproof-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    }

    private GoalResult finish(Facts facts, List<ProofReport> reports, String inputs) throws IOException {
        var page = project.reportDirectory().resolve("proof.md");
        var texts = new LinkedHashMap<Path, String>();
        texts.put(project.reportDirectory().resolve("proof.json"), ProofJson.of(reports));
        texts.put(page, ProofMarkdown.of(facts.model().name().value(), reports));
        var register = ContractRegister.of(facts.model(), reports);
        texts.put(project.reportDirectory().resolve("contracts.json"), ContractJson.of(register));
        texts.put(project.reportDirectory().resolve("contracts.md"), ContractMarkdown.of(register));
        OutputFiles.write(texts);
        var summary = "model `" + facts.model().name() + "`: " + ProofText.summary(reports);
        if (reports.stream().anyMatch(ProofReport::failed)) {
            return new GoalResult(List.of(), Optional.of(summary + "; see above, or " + project.shown(page)));
        }
        keepPlans();
        say("info", summary);
        say("info", "artifacts: " + project.shown(request.generate().outputDirectory()));
        say("info", "report:    " + project.shown(page));
        if (!facts.model().contracts().isEmpty()) {
            say("info", "contracts: " + project.shown(project.reportDirectory().resolve("contracts.md")));
        }
        if (compares()
                && request.engine() != EngineChoice.URL
                && request.dynamoDb().isEmpty()
                && request.database().isEmpty()) {
            RunRecord.of(inputs, texts, said).save(recordFile());
        }
        return GoalResult.of(List.of());
    }

    private void keepPlans() throws IOException {
        if (compares()) {
            return;
        }
        if (planned.isEmpty()) {
            say(
                    "warning",
                    "no plans are kept: only a server that is started for the proofs plans at the declared rows");
        }
        var texts = new LinkedHashMap<Path, String>();
        planned.forEach((name, entries) -> texts.put(
                project.baselineDirectory().resolve(name),
                PlanBaseline.of(entries).text()));
        OutputFiles.write(texts);
        texts.keySet()
                .forEach(file ->
                        say("info", "plans:     " + project.shown(file) + ", which belongs into the repository"));
    }

    private void say(ProofResult result, Sources sources) {
        say(level(result.verdict()), ProofText.styled(result, sources));
        project.annotations()
                .flatMap(annotations -> ProofText.annotation(result, annotations))
                .ifPresent(line -> say("annotation", line));
    }

    private void say(String level, String text) {
        said.add(new Message(level, text));
        log.say(level, text);
    }

    static String level(Verdict verdict) {
        return switch (verdict) {
            case PROVEN -> "info";
            case FAILED -> "error";
            case NOT_PROVEN -> "warning";
        };
    }

    static String noEngine(NoEngineException e) {
        return e.getMessage()
                + e.help().stream().map(line -> "\n  help: " + line).collect(Collectors.joining());
    }

    /** A proof on a database of the user's is made anew each time, as we can't know what has changed there. */
    private String inputs(ModelFiles files, KeptPlans kept) throws IOException {
        var fingerprint = new Fingerprint()
                .add("model", Validate.inputs(project, files))
                .add("engine", request.engine().toString())
                .add("image", request.image().orElse(""))
                .add("dynamoDb", request.dynamoDb().map(URI::toString).orElse(""))
                .add("database", request.database().isPresent() ? "given" : "");
        kept.addTo(fingerprint);
        Generate.addTemplates(fingerprint, request.generate().templateDirectory());
        return fingerprint.hex();
    }

    private Path recordFile() {
        return project.reportDirectory().resolve(".runs").resolve("verify");
    }
}
