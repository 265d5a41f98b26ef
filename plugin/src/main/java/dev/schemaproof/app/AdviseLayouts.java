package dev.schemaproof.app;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.layout.AdvisedKey;
import dev.schemaproof.analysis.layout.LayoutAdvice;
import dev.schemaproof.analysis.layout.LayoutAdvisor;
import dev.schemaproof.check.Checker;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.Model;
import dev.schemaproof.output.OutputFiles;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import dev.schemaproof.prove.keyvalue.KeyValueProver;
import dev.schemaproof.report.LayoutText;
import dev.schemaproof.yaml.ModelReader;
import dev.schemaproof.yaml.SourceFile;
import dev.schemaproof.yaml.TablesInsertion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which layout the access patterns of DynamoDB stores ask for, lets the rules and the prover judge it, and writes it into the model
 * where the store has no tables.
 */
final class AdviseLayouts {

    private final ModelRequest project;
    private final ModelFiles files;
    private final Model model;
    private final Facts facts;
    private final Deadline deadline;
    private final Log log;

    AdviseLayouts(ModelRequest project, ModelFiles files, Facts facts, Deadline deadline, Log log) {
        this.project = project;
        this.files = files;
        this.facts = facts;
        this.deadline = deadline;
        this.log = log;
        model = facts.model();
    }

    /**
     * Says it, and writes the report.
     *
     * @param write whether to give tables to stores that have none
     * @return why that failed, if it did
     */
    Optional<String> run(boolean write) throws IOException {
        var texts = new ArrayList<LayoutText>();
        var missing = new ArrayList<LayoutAdvice>();
        for (var store : model.keyValueStores().toList()) {
            if (!isAsked(store)) {
                continue;
            }
            var judged = judged(store);
            var proof = proof(judged.advice);
            var refuted = proof.results().stream()
                    .filter(result -> result.verdict() == Verdict.FAILED)
                    .findFirst();
            if (refuted.isPresent()) {
                return Optional.of("the layout for store `" + store.name()
                        + "` is not shown, as its proof fails: `"
                        + refuted.get().subject() + "`: "
                        + refuted.get().statement());
            }
            var text = new LayoutText(judged.advice, proof, judged.cautions);
            log.say("info", text.log());
            text.refusals().forEach(refusal -> log.say("warning", refusal));
            texts.add(text);
            if (!judged.advice.sufficesAsWritten()) {
                missing.add(judged.advice);
            }
        }
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        var page = project.reportDirectory().resolve("layout.md");
        var reports = new LinkedHashMap<Path, String>();
        reports.put(page, LayoutText.page(texts));
        reports.put(project.reportDirectory().resolve("layout.json"), LayoutText.json(texts));
        OutputFiles.write(reports);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        if (!write) {
            log.say(
                    "info",
                    "YAML to paste: " + project.shown(page)
                            + (missing.stream().allMatch(AdviseLayouts::hasTables)
                                    ? ""
                                    : "; or let it be added to the model with -Dschema.write"));
            return Optional.empty();
        }
        return write(missing);
    }

    private boolean isAsked(KeyValueStore store) {
        return model.patterns().values().stream()
                .anyMatch(pattern -> model.storeOf(pattern).equals(store));
    }

    private static boolean hasTables(LayoutAdvice advice) {
        return !advice.store().tables().isEmpty();
    }

    /** A layout, and what the rules find in it that another choice of keys wouldn't mend. */
    private record Judged(LayoutAdvice advice, List<String> cautions) {}

    /** Keys that break a rule are given up, and the patterns that forced them are told, until no rule is broken. */
    private Judged judged(KeyValueStore store) {
        var known = errors(facts).stream().map(AdviseLayouts::text).collect(Collectors.toSet());
        Map<String, String> excluded = new LinkedHashMap<>();
        while (true) {
            var advice = LayoutAdvisor.of(model, store, excluded);
            if (advice.sufficesAsWritten()) {
                // Nothing is proposed, and what is there is for validate and verify
                return new Judged(advice, List.of());
            }
            var unserved = advice.unserved().stream()
                    .map(LayoutAdvice.Unserved::pattern)
                    .collect(Collectors.toSet());
            var broken = errors(new Facts(advice.in(model), facts.today(), facts::isInSources)).stream()
                    .filter(error -> !unserved.contains(error.subject()) && !known.contains(text(error)))
                    .toList();
            var before = excluded.size();
            for (var error : broken) {
                advice.keys().stream()
                        .filter(key -> isAbout(error, key))
                        .flatMap(key -> key.patterns().stream())
                        .forEach(pattern -> excluded.putIfAbsent(pattern, "its key breaks a rule: " + text(error)));
            }
            if (excluded.size() == before) {
                return new Judged(
                        advice, broken.stream().map(AdviseLayouts::text).toList());
            }
        }
    }

    private static boolean isAbout(Finding error, AdvisedKey key) {
        var own = key.entity() + key.index().map(index -> "." + index).orElse("");
        return error.subject().equals(own)
                || key.index().isPresent() && error.subject().startsWith(own)
                || key.index().isEmpty() && Set.of(own + ".PK", own + ".SK").contains(error.subject());
    }

    private static List<Finding> errors(Facts facts) {
        return new Checker(Rules.all(), ModelReader.flaws())
                .check(facts).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .toList();
    }

    private static String text(Finding finding) {
        return finding.subject() + ": " + finding.summary() + " [" + finding.rule() + "]";
    }

    private ProofReport proof(LayoutAdvice advice) {
        if (advice.table().isEmpty() || advice.sufficesAsWritten()) {
            return new ProofReport(advice.store().name().value(), "", List.of(), List.of());
        }
        var proposed = new Facts(advice.in(model), facts.today(), facts::isInSources);
        var store = proposed.keyValue().stores().stream()
                .filter(known -> known.store().name().equals(advice.store().name()))
                .findFirst()
                .orElseThrow();
        return new KeyValueProver(
                        proposed.model(),
                        store,
                        new KeyValueGenerator().generate(proposed).toList(),
                        new TableEvaluator(),
                        KeyValueProver.Settings.standard(),
                        deadline)
                .prove();
    }

    private Optional<String> write(List<LayoutAdvice> missing) throws IOException {
        var contents = new LinkedHashMap<String, byte[]>();
        files.files().forEach(file -> contents.put(file.path(), file.bytes()));
        var changed = new LinkedHashMap<String, String>();
        for (var advice : missing) {
            var store = advice.store().name();
            var path = store.at().file();
            if (hasTables(advice)) {
                log.say("warning", "store `" + store + "` has tables already, which are yours: change them by hand");
                continue;
            }
            var added = Optional.ofNullable(contents.get(path))
                    .flatMap(content -> TablesInsertion.into(content, store.value(), LayoutText.yaml(advice)));
            if (added.isPresent()) {
                contents.put(path, added.get());
                changed.put(store.value(), path);
            } else {
                log.say(
                        "warning",
                        "there is no sure place for the tables of store `" + store + "` in " + path
                                + "; add them by hand");
            }
        }
        var flaw = flaw(contents, missing, changed.keySet());
        if (flaw.isPresent()) {
            return flaw;
        }
        var texts = new LinkedHashMap<Path, String>();
        for (var path : new LinkedHashSet<>(changed.values())) {
            // Where a link leads to the file, it stays one
            texts.put(
                    project.project().resolve(path).toRealPath(),
                    new String(contents.get(path), StandardCharsets.UTF_8));
        }
        OutputFiles.write(texts);
        changed.forEach((store, path) -> log.say("info", "added the tables of store `" + store + "` to " + path));
        return Optional.empty();
    }

    /** Why the files must not be written: what is read from them is anything but the model with those tables. */
    private Optional<String> flaw(Map<String, byte[]> contents, List<LayoutAdvice> missing, Set<String> stores) {
        var sources = files.files().stream()
                .map(file -> new SourceFile(file.path(), contents.getOrDefault(file.path(), file.bytes())))
                .toList();
        var after = ModelReader.read(files.directory(), sources);
        for (var advice : missing) {
            var name = advice.store().name().value();
            var read = after.model().flatMap(changed -> changed.store(name));
            if (stores.contains(name)
                    && !(read.orElse(null) instanceof KeyValueStore store
                            && store.tables().values().stream()
                                    .map(LayoutText::yaml)
                                    .toList()
                                    .equals(advice.table().stream()
                                            .map(LayoutText::yaml)
                                            .toList()))) {
                return Optional.of("the tables of store `" + name + "` can't be added without changing something else;"
                        + " nothing was written, paste what is in layout.md");
            }
        }
        return Optional.empty();
    }
}
