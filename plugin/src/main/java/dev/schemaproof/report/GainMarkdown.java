package dev.schemaproof.report;

import dev.schemaproof.prove.MeasuredGain;
import dev.schemaproof.prove.Price;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured of a contract, on the page of contracts: without times and bytes of the log, as they would make another page of the same proof. */
final class GainMarkdown {

    private GainMarkdown() {}

    /** {@code 8.4x}: in pages, on the most rows. */
    static String gain(MeasuredGain gain) {
        return factor(gain.last().ratio());
    }

    /** In a cell of a table. */
    static String price(MeasuredGain gain) {
        return gain.price()
                        .of(Price.Kind.INSERT)
                        .map(write -> pages(write.pages()) + " an insert; ")
                        .orElse("")
                + gain.price()
                        .run()
                        .map(run -> pages(run.pages()) + " a " + run.means().word() + "; ")
                        .orElse("")
                + number(gain.price().bytes()) + " bytes a row";
    }

    static void append(StringBuilder text, MeasuredGain gain) {
        text.append(
                        "\nOn synthetic rows, in pages read on average:\n\n| table | rows | without | with the copy | gain |\n")
                .append("| --- | ---: | ---: | ---: | ---: |\n");
        gain.steps()
                .forEach(step -> text.append("| ")
                        .append(Markdown.cell(Markdown.code(step.table())))
                        .append(String.format(Locale.ROOT, " | %,d | ", step.rows()))
                        .append(number(step.before()))
                        .append(" | ")
                        .append(number(step.after()))
                        .append(" | ")
                        .append(factor(step.ratio()))
                        .append(" |\n"));
        gain.planned()
                .ifPresent(factor -> text.append("\nAt the declared rows the planner takes it to cost ")
                        .append(factor(factor))
                        .append(" as much without the copy.\n"));
        text.append("\nThe price: ").append(number(gain.price().bytes())).append(" bytes a row");
        gain.price()
                .writes()
                .forEach(write -> text.append("; ")
                        .append(pages(write.pages()))
                        .append(write.rows() == 1 ? " more for each " : " more for each row of an ")
                        .append(write.kind().word()));
        if (!gain.price().shared().isEmpty()) {
            text.append("; writes pay it once for ")
                    .append(gain.price().shared().stream().map(Markdown::code).collect(Collectors.joining(", ")))
                    .append(" too");
        }
        gain.price()
                .run()
                .ifPresent(run -> text.append("; ")
                        .append(pages(run.pages()))
                        .append(" for each ")
                        .append(run.means().word())
                        .append(
                                run.changed() == 0
                                        ? ""
                                        : " after " + run.changed() + " rows of its source were changed"));
        gain.price()
                .why()
                .ifPresent(why -> text.append("; the rest is not measured: ").append(Markdown.text(why)));
        text.append(".\n");
    }

    private static String pages(double touched) {
        var pages = number(touched);
        return pages + (pages.equals("1") ? " page" : " pages");
    }

    private static String factor(double factor) {
        return number(factor) + "x";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.1f" : "%,.0f", value)
                .replaceFirst("\\.0$", "");
    }
}
