package dev.schemaproof.app;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.index.EntityIndexes;
import dev.schemaproof.analysis.index.IndexAdvisor;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.output.OutputFiles;
import dev.schemaproof.report.IndexAdvice;
import dev.schemaproof.yaml.IndexInsertion;
import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which indexes the access patterns ask for, and writes those that are missing into the model. */
final class AdviseIndexes {

    private final ModelRequest project;
    private final ModelFiles files;
    private final Facts facts;
    private final Log log;

    AdviseIndexes(ModelRequest project, ModelFiles files, Facts facts, Log log) {
        this.project = project;
        this.files = files;
        this.facts = facts;
        this.log = log;
    }

    /**
     * Says it, and writes the report.
     *
     * @param write whether to add what is missing to the model
     * @return why that failed, if it did
     */
    Optional<String> run(boolean write) throws IOException {
        var entities = new IndexAdvisor(facts).all();
        if (entities.isEmpty()) {
            return Optional.empty();
        }
        var advice = new IndexAdvice(entities, facts);
        advice.lines().forEach(line -> log.say("info", line));
        var page = project.reportDirectory().resolve("indexes.md");
        var texts = new LinkedHashMap<Path, String>();
        texts.put(project.reportDirectory().resolve("indexes.json"), advice.json());
        texts.put(page, advice.page());
        OutputFiles.write(texts);
        var missing =
                entities.stream().filter(entity -> !entity.missing().isEmpty()).toList();
        if (missing.isEmpty()) {
            log.say("info", "the model has all indexes that its access patterns ask for: " + project.shown(page));
            return Optional.empty();
        }
        if (!write) {
            log.say(
                    "info",
                    "YAML to paste: " + project.shown(page) + "; or let it be added to the model with -Dschema.write");
            return Optional.empty();
        }
        return write(missing);
    }

    private Optional<String> write(List<EntityIndexes> missing) throws IOException {
        var contents = new LinkedHashMap<String, byte[]>();
        files.files().forEach(file -> contents.put(file.path(), file.bytes()));
        var added = new LinkedHashMap<String, Long>();
        var written = new ArrayList<EntityIndexes>();
        for (var entity : missing) {
            var path = entity.entity().name().at().file();
            var changed = Optional.ofNullable(contents.get(path))
                    .flatMap(content ->
                            IndexInsertion.into(content, entity.entity().name().value(), entity.missing()));
            if (changed.isPresent()) {
                contents.put(path, changed.get());
                written.add(entity);
                added.merge(path, (long) entity.missing().size(), Long::sum);
            } else {
                log.say(
                        "warning",
                        "there is no sure place for the indexes of `"
                                + entity.entity().name() + "` in " + path + "; add them by hand:\n"
                                + IndexAdvice.yaml(entity).stripTrailing());
            }
        }
        var flaw = flaw(contents, written);
        if (flaw.isPresent()) {
            return flaw;
        }
        var texts = new LinkedHashMap<Path, String>();
        for (var path : added.keySet()) {
            // Where a link leads to the file, it stays one
            var file = project.project().resolve(path).toRealPath();
            texts.put(file, new String(contents.get(path), StandardCharsets.UTF_8));
        }
        OutputFiles.write(texts);
        added.forEach(
                (path, count) -> log.say("info", "added " + Words.count(count, "index", "indexes") + " to " + path));
        return Optional.empty();
    }

    /** Why the files must not be written: what is read from them is anything but the model with those indexes. */
    private Optional<String> flaw(Map<String, byte[]> contents, List<EntityIndexes> written) {
        var sources = files.files().stream()
                .map(file -> new SourceFile(file.path(), contents.getOrDefault(file.path(), file.bytes())))
                .toList();
        var before = CheckedModel.of(project, files);
        var after = CheckedModel.of(project, new ModelFiles(files.directory(), sources, files.baseline()));
        var expected = indexes(facts);
        written.forEach(entity -> entity.missing()
                .keySet()
                .forEach(name -> expected.add(entity.entity().name() + "." + name)));
        if (after.facts().isEmpty()
                || !after.facts().map(AdviseIndexes::indexes).equals(Optional.of(expected))) {
            return Optional.of("the indexes can't be added without changing something else; nothing was written, paste"
                    + " what is in indexes.md");
        }
        var known = errors(before);
        var fresh =
                errors(after).stream().filter(error -> !known.contains(error)).toList();
        return fresh.isEmpty()
                ? Optional.empty()
                : Optional.of("the model would be wrong with these indexes; nothing was written: "
                        + String.join("; ", fresh));
    }

    private static Set<String> indexes(Facts facts) {
        return facts.model().entities().values().stream()
                .flatMap(entity -> entity.indexes().keySet().stream().map(name -> entity.name() + "." + name))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> errors(CheckedModel model) {
        return model.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.subject() + ": " + finding.summary() + " [" + finding.rule() + "]")
                .toList();
    }
}
