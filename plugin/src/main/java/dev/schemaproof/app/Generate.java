package dev.schemaproof.app;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.migrate.MigrationFolder;
import dev.schemaproof.output.Fingerprint;
import dev.schemaproof.output.OutputFiles;
import dev.schemaproof.output.RunRecord;
import dev.schemaproof.output.RunRecord.Message;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Validates the model and writes what is generated from it. */
public final class Generate {

    private Generate() {}

    /**
     * Writes every artifact, unless nothing has changed since the last success. A model with errors leaves the earlier
     * artifacts as they were.
     *
     * @param known what an earlier goal of the same build may have read
     * @throws IOException when something can't be read or written
     */
    public static GoalResult run(GenerateRequest request, LastModel known) throws IOException {
        var project = request.model();
        var loaded = ModelFiles.load(project);
        if (loaded.isEmpty()) {
            return Validate.noModel(project);
        }
        var files = loaded.get();
        var validated = Validate.run(project, files, known);
        var messages =
                new ArrayList<>(known.firstToShow(Validate.inputs(project, files)) ? validated.messages() : List.of());
        if (validated.failure().isPresent()) {
            return new GoalResult(messages, validated.failure());
        }
        var inputs = inputs(request, files);
        var last = RunRecord.load(recordFile(project));
        if (request.firstMigration().isEmpty() && last.isPresent() && last.get().upToDate(inputs)) {
            messages.addAll(last.get().messages());
            return GoalResult.of(messages);
        }
        var model = known.of(project, files);
        var obstacle = model.obstacle(project).map(reason -> "nothing is generated, as " + reason);
        if (obstacle.isPresent()) {
            if (project.failOn() != FailOn.NEVER) {
                return new GoalResult(messages, obstacle);
            }
            messages.add(new Message("warning", obstacle.get()));
            return GoalResult.of(messages);
        }
        return write(request, inputs, last, model.facts().orElseThrow(), messages);
    }

    private static GoalResult write(
            GenerateRequest request, String inputs, Optional<RunRecord> last, Facts facts, List<Message> messages)
            throws IOException {
        List<Artifact> artifacts;
        try {
            artifacts = artifacts(request, facts);
        } catch (TemplateFailedException e) {
            return new GoalResult(messages, Optional.of(request.failure(e)));
        }
        var texts = new LinkedHashMap<Path, String>();
        artifacts.forEach(artifact -> texts.put(request.outputDirectory().resolve(artifact.path()), artifact.text()));
        OutputFiles.write(texts);
        if (last.isPresent()) {
            removeOutdated(last.get(), texts, request.outputDirectory());
        }
        var done = new Message(
                "info",
                "generated " + Words.count(texts.size(), "file", "files") + " in "
                        + request.model().shown(request.outputDirectory()));
        RunRecord.of(inputs, texts, List.of(done)).save(recordFile(request.model()));
        messages.add(done);
        if (request.firstMigration().isPresent()) {
            messages.add(writeFirstMigration(request, request.firstMigration().get(), facts, artifacts));
        }
        return GoalResult.of(messages);
    }

    /** Everything that is generated from a model without errors. */
    static List<Artifact> artifacts(GenerateRequest request, Facts facts) throws IOException, TemplateFailedException {
        var templates = Templates.overriddenIn(Optional.of(request.templateDirectory()));
        var artifacts = new ArrayList<Artifact>();
        for (var generator : Generators.all(templates, request.prices())) {
            generator.generate(facts).forEach(artifacts::add);
        }
        return artifacts;
    }

    /** Files of an earlier run that this model no longer asks for would stay on the class path. */
    private static void removeOutdated(RunRecord last, Map<Path, String> texts, Path outputDirectory)
            throws IOException {
        for (var earlier : last.outputs().keySet()) {
            if (!texts.containsKey(earlier) && earlier.startsWith(outputDirectory)) {
                Files.deleteIfExists(earlier);
            }
        }
    }

    private static Message writeFirstMigration(
            GenerateRequest request, Path directory, Facts facts, List<Artifact> artifacts) throws IOException {
        var folder = new MigrationFolder(directory);
        if (folder.hasMigrations()) {
            return new Message(
                    "info",
                    "no first migration written: " + request.model().shown(directory) + " has migrations already");
        }
        var store = facts.model().relationalStore();
        if (store.isEmpty()) {
            return new Message("warning", "no first migration written: the model has no relational store");
        }
        var sql = new StringBuilder();
        // A new database has nothing of former contracts
        var names = facts.model().contracts().isEmpty() ? List.of("schema.sql") : List.of("schema.sql", "triggers.sql");
        for (var name : names) {
            var path = store.get().name() + "/" + name;
            artifacts.stream()
                    .filter(artifact -> artifact.path().equals(path))
                    .forEach(artifact -> sql.append(sql.isEmpty() ? "" : "\n").append(artifact.text()));
        }
        var file = folder.first(facts.model().name().value());
        OutputFiles.write(Map.of(file, sql.toString()));
        return new Message(
                "info", "wrote the first migration " + request.model().shown(file));
    }

    private static String inputs(GenerateRequest request, ModelFiles files) throws IOException {
        var fingerprint = new Fingerprint()
                .add("model", Validate.inputs(request.model(), files))
                .add("output", request.outputDirectory().toString())
                .add("prices", request.prices().text());
        addTemplates(fingerprint, request.templateDirectory());
        return fingerprint.hex();
    }

    static void addTemplates(Fingerprint fingerprint, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                fingerprint.add(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private static Path recordFile(ModelRequest request) {
        return request.reportDirectory().resolve(".runs").resolve("generate");
    }
}
