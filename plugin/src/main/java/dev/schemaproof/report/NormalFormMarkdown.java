package dev.schemaproof.report;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.normal.CandidateKeys;
import dev.schemaproof.check.draft.CureText;
import dev.schemaproof.generate.relational.ExpandContract;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.NormalForm;
import dev.schemaproof.report.EntityForm.Judged;
import dev.schemaproof.report.EntityForm.Step;
import dev.schemaproof.report.EntityForm.Treatment;
import dev.schemaproof.report.EntityForm.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The normal forms of a model as {@code normal-forms.md}: verdicts, certificates, and how to take entities apart. */
public final class NormalFormMarkdown {

    /** More entities of which only keys are known are counted. */
    private static final int LISTED = 300;

    /** More keys of one entity are counted. */
    private static final int KEYS = 10;

    private final Model model;
    private final StringBuilder text = new StringBuilder();

    private NormalFormMarkdown(Model model) {
        this.model = model;
    }

    /** The page. */
    public static String of(NormalFormReport report, Facts facts) {
        var page = new NormalFormMarkdown(facts.model());
        page.page(report);
        return page.text.toString();
    }

    private static String code(Object name) {
        return Markdown.code(String.valueOf(name));
    }

    private static String listed(Collection<?> names) {
        return names.stream().map(NormalFormMarkdown::code).collect(Collectors.joining(", "));
    }

    private void paragraph(String words) {
        text.append('\n').append(words).append('\n');
    }

    private void block(String language, String code) {
        text.append('\n').append(Markdown.block(language, code));
    }

    private void page(NormalFormReport report) {
        text.append("# Normal forms of ").append(code(report.model())).append('\n');
        paragraph("The model aims at " + NormalFormWords.of(report.target()) + ". " + counts(report));
        var plain = report.entities().stream().filter(EntityForm::plain).toList();
        report.entities().stream().filter(form -> !form.plain()).forEach(this::entity);
        if (!plain.isEmpty()) {
            text.append("\n## Nothing but keys\n");
            paragraph(
                    "Of these nothing is known but keys, and each key determines everything: they are in BCNF as far as"
                            + " anybody has said.");
            text.append('\n');
            plain.stream()
                    .limit(LISTED)
                    .forEach(form -> text.append("- ")
                            .append(code(form.entity().name()))
                            .append(": ")
                            .append(keys(form))
                            .append('\n'));
            if (plain.size() > LISTED) {
                paragraph("And " + (plain.size() - LISTED) + " more.");
            }
        }
    }

    private static String counts(NormalFormReport report) {
        var counts = new StringBuilder();
        for (var form : NormalForm.values()) {
            var count = report.entities().stream()
                    .filter(entity -> entity.atLeast() == form)
                    .count();
            if (count > 0) {
                counts.append(counts.isEmpty() ? "Of " + report.entities().size() + " entities " : ", ")
                        .append(count)
                        .append(count == 1 ? " is" : " are")
                        .append(form == NormalForm.BOYCE_CODD ? " in " : " in no higher than ")
                        .append(NormalFormWords.of(form));
            }
        }
        return counts.isEmpty() ? "It has no entities to judge." : counts + ".";
    }

    private static String keys(EntityForm form) {
        var keys = form.keys().stream()
                .limit(KEYS)
                .map(key -> code(String.join(", ", key)))
                .collect(Collectors.joining("; "));
        return (form.keys().size() == 1 ? "key " : "keys ")
                + keys
                + (form.keys().size() > KEYS ? "; and " + (form.keys().size() - KEYS) + " more" : "")
                + (form.allKeys()
                        ? ""
                        : "; more than " + CandidateKeys.LIMIT
                                + " were not looked for, or too long, so that these may not be all");
    }

    private void entity(EntityForm form) {
        text.append("\n## ")
                .append(code(form.entity().name()))
                .append(": ")
                .append(NormalFormWords.reached(form))
                .append('\n');
        form.heldApart()
                .ifPresent(higher -> paragraph("By the letter; without what the database itself holds equal it is in "
                        + NormalFormWords.of(higher) + "."));
        paragraph("Candidate " + keys(form) + ".");
        if (form.dependencies().stream().anyMatch(judged -> judged.verdict() instanceof Verdict.Superkey)) {
            text.append(
                    "\n| conforms | because of | certificate: the determinant is a superkey |\n| --- | --- | --- |\n");
            form.dependencies().forEach(judged -> {
                if (judged.verdict() instanceof Verdict.Superkey superkey) {
                    text.append("| ")
                            .append(Markdown.cell(dependency(judged.determinant(), judged.dependents())))
                            .append(" | ")
                            .append(Markdown.cell(code(judged.origin().words())))
                            .append(" | ")
                            .append(Markdown.cell(derivation(superkey.steps())))
                            .append(" |\n");
                }
            });
        }
        for (var judged : form.dependencies()) {
            if (judged.verdict() instanceof Verdict.Broken broken) {
                broken(judged, broken);
            } else if (judged.verdict() instanceof Verdict.Undecided undecided) {
                undecided(judged, undecided);
            }
        }
        form.treatments().forEach(treatment -> treatment(form, treatment));
    }

    private static String dependency(List<String> determinant, List<String> dependents) {
        return code(NormalFormWords.dependency(determinant, dependents));
    }

    private static String derivation(List<Step> steps) {
        return steps.stream()
                .map(step -> dependency(step.determinant(), step.adds()) + " ("
                        + code(step.origin().words()) + ")")
                .collect(Collectors.joining(", then "));
    }

    private void broken(Judged judged, Verdict.Broken broken) {
        text.append("\n### ")
                .append(dependency(judged.determinant(), broken.attributes()))
                .append(" breaks ")
                .append(NormalFormWords.of(broken.form()))
                .append('\n');
        var why = listed(judged.determinant()) + (judged.determinant().size() == 1 ? " is" : " are together")
                + " no superkey"
                + switch (broken.form()) {
                    case SECOND -> " but a part of a key, and no key contains " + listed(broken.attributes());
                    case BOYCE_CODD -> ", though there are keys with " + listed(broken.attributes());
                    default -> ", and no key contains " + listed(broken.attributes());
                };
        paragraph("Known by " + code(judged.origin().words()) + " at "
                + code(judged.origin().at()) + ": " + derivation(broken.steps()) + ". " + why + ".");
        broken.wanted().ifPresent(wanted -> paragraph("That is let be: " + NormalFormWords.of(wanted) + "."));
        broken.example().ifPresent(example -> {
            paragraph("Two rows that the keys accept and that come to contradict each other:");
            block("sql", example.script());
        });
    }

    private void undecided(Judged judged, Verdict.Undecided undecided) {
        text.append("\n### ")
                .append(dependency(judged.determinant(), judged.dependents()))
                .append(" breaks ")
                .append(NormalFormWords.of(undecided.certain()))
                .append(" or a lower form\n");
        paragraph("Known by " + code(judged.origin().words()) + " at "
                + code(judged.origin().at()) + ". Whether " + listed(undecided.open())
                + " may be repeated depends on keys that were not explored.");
    }

    private void treatment(EntityForm form, Treatment treatment) {
        var cure = treatment.cure();
        var words = new CureText(cure, model, NormalFormMarkdown::code);
        text.append("\n### Taking ")
                .append(listed(cure.first().moved()))
                .append(" out of ")
                .append(code(form.entity().name()))
                .append('\n');
        if (!treatment.suspected().isEmpty()) {
            paragraph("If it is true what names suggest: " + listed(treatment.suspected()) + ".");
        }
        paragraph(capital(words.anomaly()) + ".");
        block("yaml", words.yaml());
        paragraph(capital(words.removals()) + ".");
        list("Lost:", words.losses());
        list("Left to decide:", words.looseEnds());
        treatment.steps().ifPresent(this::steps);
    }

    private void steps(ExpandContract way) {
        paragraph("The steps in a database that is running:");
        var number = 1;
        for (var step : way.steps()) {
            text.append('\n')
                    .append(number++)
                    .append(". ")
                    .append(NormalFormWords.title(step.purpose()))
                    .append(step.statements().isEmpty() ? ".\n" : ":\n");
            if (!step.statements().isEmpty()) {
                text.append('\n')
                        .append(Markdown.block("sql", String.join("\n", step.statements()))
                                .replaceAll("(?m)^(?=.)", "   "));
            }
        }
    }

    private void list(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            paragraph(title);
            text.append('\n');
            lines.forEach(line -> text.append("- ").append(line).append('\n'));
        }
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
