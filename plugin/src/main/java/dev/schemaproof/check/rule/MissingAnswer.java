package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A contract that leaves one of the four questions open, wholly or in part. */
public final class MissingAnswer implements Rule {

    private static final String INDENT = "  ";

    /**
     * One of the four questions.
     *
     * @param part its key in the contract
     * @param question what it asks, as the end of "doesn't say"
     * @param at where it is answered, if at all
     * @param answers what was found for each key that must be there, by its path below the part
     */
    private record Question(String part, String question, Optional<Location> at, Map<String, Optional<?>> answers) {}

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().contracts().values().stream()
                .filter(Contract::sound)
                .flatMap(
                        contract -> Stream.of(duplicates(contract), sync(contract), staleness(contract), gain(contract))
                                .flatMap(question -> judge(contract, question).stream()));
    }

    private Optional<Finding> judge(Contract contract, Question question) {
        var missing = question.answers().entrySet().stream()
                .filter(answer -> answer.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(key -> !isPlaceholder(contract, question.part() + "." + key))
                .toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        var summary = "contract `" + contract.name() + "` does not say " + question.question();
        return Optional.of(finding(
                        question.at().orElse(contract.name().at()),
                        contract.name().value(),
                        question.at().isEmpty()
                                ? summary
                                : summary + ": " + Words.listed(missing)
                                        + (missing.size() == 1 ? " is missing" : " are missing"))
                .withHelp("add:\n" + yaml(question.part(), missing)));
    }

    /** What was answered by nothing is another rule's. */
    private static boolean isPlaceholder(Contract contract, String key) {
        return contract.placeholders().stream()
                .anyMatch(placeholder -> key.equals(placeholder.key()) || key.startsWith(placeholder.key() + "."));
    }

    private static Question duplicates(Contract contract) {
        var part = contract.duplicates();
        var answers = new LinkedHashMap<String, Optional<?>>();
        answers.put("into", part.flatMap(Contract.Duplicates::into));
        answers.put("from", part.flatMap(Contract.Duplicates::from));
        return new Question("duplicates", "what data is duplicated", part.map(Contract.Duplicates::at), answers);
    }

    private static Question sync(Contract contract) {
        var part = contract.sync();
        var by = part.flatMap(Contract.Sync::by).map(located -> located.value());
        var answers = new LinkedHashMap<String, Optional<?>>();
        answers.put("by", by);
        if (by.filter(mechanism -> mechanism == Mechanism.APPLICATION).isPresent()) {
            answers.put("code", part.flatMap(Contract.Sync::code));
        }
        var isFolded = part.flatMap(Contract.Sync::mode)
                .filter(mode -> mode.value().isFolded())
                .isPresent();
        if (by.filter(mechanism -> mechanism == Mechanism.JOB || isFolded && mechanism == Mechanism.TRIGGER)
                .isPresent()) {
            answers.put("every", part.flatMap(Contract.Sync::every));
        }
        if (by.filter(mechanism -> mechanism == Mechanism.MATERIALIZED_VIEW).isPresent()) {
            answers.put("refresh.every", part.flatMap(Contract.Sync::every));
        }
        return new Question("sync", "how it is kept in sync", part.map(Contract.Sync::at), answers);
    }

    private static Question staleness(Contract contract) {
        var part = contract.staleness();
        var answers = new LinkedHashMap<String, Optional<?>>();
        answers.put("allowed", part.flatMap(Contract.Staleness::allowed));
        answers.put("effect", part.flatMap(Contract.Staleness::effect));
        answers.put("repair", part.flatMap(Contract.Staleness::repair));
        return new Question("staleness", "what happens if it goes stale", part.map(Contract.Staleness::at), answers);
    }

    private static Question gain(Contract contract) {
        var part = contract.gain();
        var measured = part.flatMap(Contract.Gain::measured);
        var answers = new LinkedHashMap<String, Optional<?>>();
        answers.put("pattern", part.flatMap(Contract.Gain::pattern));
        answers.put("instead", part.flatMap(Contract.Gain::instead));
        answers.put("atLeast", part.flatMap(Contract.Gain::atLeast));
        answers.put("measured.before", measured.flatMap(Contract.Measurement::before));
        answers.put("measured.after", measured.flatMap(Contract.Measurement::after));
        answers.put(
                "measured.rows",
                measured.filter(measurement -> measurement.rows().isPresent()));
        answers.put("measured.on", measured.flatMap(Contract.Measurement::on));
        answers.put("measured.where", measured.flatMap(Contract.Measurement::where));
        return new Question(
                "gain", "which query it optimizes and what was gained", part.map(Contract.Gain::at), answers);
    }

    /** The keys to add, as YAML. */
    private static String yaml(String part, List<String> keys) {
        var lines = new ArrayList<String>();
        lines.add(part + ":");
        var parent = "";
        for (var key : keys) {
            var dot = key.indexOf('.');
            var owner = dot < 0 ? "" : key.substring(0, dot);
            if (!owner.equals(parent) && dot > 0) {
                lines.add(INDENT + owner + ":");
            }
            parent = owner;
            lines.add((dot < 0 ? INDENT : INDENT + INDENT) + key.substring(dot + 1) + ": " + example(part + "." + key));
        }
        return String.join("\n", lines);
    }

    private static String example(String key) {
        return switch (key) {
            case "duplicates.into" -> "<Entity>.<attribute>";
            case "duplicates.from" -> "{count: <Entity>, by: <role>} # or sum, min, max, exists, latest, copy, query";
            case "sync.by" -> "trigger # or materialized-view, job, outbox, application";
            case "sync.code" -> "<com.acme.Class#method>";
            case "sync.every", "sync.refresh.every" -> "<duration, such as 5m>";
            case "staleness.allowed" -> "none # or a duration";
            case "staleness.effect" -> "<what a user would notice>";
            case "staleness.repair" -> "<when the repair statement runs>";
            case "gain.pattern" -> "<the access pattern that reads the copy>";
            case "gain.instead" -> "<SELECT that gives the same answer without the copy>";
            case "gain.atLeast" -> "<factor, such as 10x>";
            case "gain.measured.before", "gain.measured.after" -> "<duration, such as 12.4 ms>";
            case "gain.measured.rows" -> "<number, such as 100M>";
            case "gain.measured.on" -> "<day, such as 2026-05-02>";
            case "gain.measured.where" -> "<place, such as staging>";
            default -> throw new IllegalArgumentException("no question has the key " + key);
        };
    }
}
