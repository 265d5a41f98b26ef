package dev.schemaproof.report;

import dev.schemaproof.report.ContractRegister.Entry;
import dev.schemaproof.report.ContractRegister.Measured;
import java.util.Locale;
import java.util.stream.Collectors;

/** The register of contracts as {@code contracts.md}, for people who ask why a copy is there. */
public final class ContractMarkdown {

    private ContractMarkdown() {}

    /** The page: a table of all, then each with its answers. */
    public static String of(ContractRegister register) {
        var text = new StringBuilder("# Denormalization contracts of ")
                .append(Markdown.code(register.model()))
                .append('\n');
        if (register.contracts().isEmpty()) {
            return text.append("\nNone: nothing is stored twice.\n").toString();
        }
        text.append("\n| contract | copy | kept by | stale at most | claimed gain | shown gain | price | proofs |\n")
                .append("| --- | --- | --- | --- | ---: | ---: | --- | --- |\n");
        for (var entry : register.contracts()) {
            text.append(String.format(
                            Locale.ROOT,
                            "| %s | %s | %s | %s | %s | %s | %s | %s |%n",
                            cell(entry.name()),
                            cell(entry.copy()),
                            kept(entry),
                            entry.allowed(),
                            factor(entry.atLeast()),
                            entry.shown().map(GainMarkdown::gain).orElse("none"),
                            entry.shown().map(GainMarkdown::price).orElse("not measured"),
                            proofs(entry))
                    .replace("\r", ""));
        }
        register.contracts().forEach(entry -> append(text, entry));
        return text.toString();
    }

    private static void append(StringBuilder text, Entry entry) {
        text.append("\n## ").append(Markdown.code(entry.name())).append("\n\n");
        text.append("1. *What is duplicated*: ")
                .append(Markdown.code(entry.copy()))
                .append(" is made of ")
                .append(entry.from().entrySet().stream()
                        .map(part -> part.getKey() + " "
                                + Markdown.code(part.getValue().strip()))
                        .collect(Collectors.joining(", ")))
                .append(".\n");
        text.append("2. *How it is kept in sync*: by ")
                .append(kept(entry))
                .append(entry.call()
                        .map(call -> ", which runs " + Markdown.code(call))
                        .orElse(""))
                .append(entry.clock()
                        .map(clock -> "; the view " + Markdown.code(clock) + " says how stale it is")
                        .orElse(""))
                .append(entry.exact()
                        .map(view -> "; " + Markdown.code(view) + " gives it as it will be then")
                        .orElse(""))
                .append(".\n");
        text.append("3. *What happens if it goes stale*: ")
                .append(sentence(entry.effect()))
                .append(" Allowed is ")
                .append(entry.allowed())
                .append(". Repair: ")
                .append(sentence(entry.repair()))
                .append('\n');
        text.append("4. *Which query it serves, and the gain*: ")
                .append(Markdown.code(entry.pattern()))
                .append(", claimed to gain ")
                .append(factor(entry.atLeast()))
                .append(" at least; ")
                .append(entry.measured().map(ContractMarkdown::measured).orElse("not measured"))
                .append(".\n");
        if (!entry.instead().isBlank()) {
            text.append("\nWithout the copy it would be\n\n")
                    .append(Markdown.block("sql", entry.instead().strip()));
        }
        entry.shown().ifPresent(gain -> GainMarkdown.append(text, gain));
        if (!entry.proofs().isEmpty()) {
            text.append("\n| proof | verdict | what was shown |\n| --- | --- | --- |\n");
            entry.proofs()
                    .forEach(proof -> text.append("| ")
                            .append(proof.name())
                            .append(" | ")
                            .append(ProofText.word(proof.verdict()))
                            .append(" | ")
                            .append(Markdown.cell(proof.statement()))
                            .append(" |\n"));
        }
    }

    private static String measured(Measured measured) {
        return "measured " + factor(measured.factor()) + " (" + measured.before() + " before, " + measured.after()
                + " after"
                + measured.rows()
                        .map(rows -> String.format(Locale.ROOT, ", at %,d rows", rows))
                        .orElse("")
                + measured.on().map(on -> ", on " + on).orElse("")
                + (measured.where().isEmpty() ? "" : ", " + Markdown.code(measured.where())) + ")";
    }

    private static String kept(Entry entry) {
        return entry.kept()
                + entry.mode().map(mode -> ", " + mode).orElse("")
                + entry.every().map(every -> " every " + every).orElse("")
                + entry.code().map(code -> " " + cell(code)).orElse("");
    }

    private static String proofs(Entry entry) {
        return entry.proofs().isEmpty()
                ? "none"
                : entry.proofs().stream()
                        .map(proof -> proof.name() + ": " + ProofText.word(proof.verdict()))
                        .collect(Collectors.joining("<br>"));
    }

    /** {@code 50x}, {@code 1.5x}. */
    private static String factor(double factor) {
        return (factor == Math.rint(factor)
                        ? String.format(Locale.ROOT, "%,d", (long) factor)
                        : String.format(Locale.ROOT, "%,.1f", factor))
                + "x";
    }

    private static String cell(String name) {
        return Markdown.cell(Markdown.code(name));
    }

    private static String sentence(String words) {
        var text = Markdown.text(words.strip());
        return text.isEmpty() || text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }
}
