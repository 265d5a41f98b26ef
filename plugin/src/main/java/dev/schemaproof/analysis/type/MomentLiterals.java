package dev.schemaproof.analysis.type;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which texts dates, times and intervals can't be read from. PostgreSQL takes most signs between numbers for blanks: all
 * texts of a few numbers with different signs between them were tried on a server.
 */
final class MomentLiterals {

    private static final Pattern DAY = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T].*)?");
    private static final Pattern WHOLE_DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern DAY_AND_MORE =
            Pattern.compile(WHOLE_DAY.pattern() + "(?:[ T].*)?", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    /** An hour alone is none. */
    private static final Pattern DAY_AND_NUMBER = Pattern.compile(WHOLE_DAY.pattern() + " +[0-9]{1,3}");

    private static final Pattern DAY_WORD = word("today|tomorrow|yesterday|epoch|infinity");
    private static final Pattern TIME_WORD = word("now|allballs");
    private static final Pattern NOW = word("now");
    private static final Pattern INFINITY = word("infinity");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    /** More colons than a time has, without a zone, or more points than a date; a uuid; a number with an exponent. */
    private static final Pattern NO_MOMENT =
            Pattern.compile("[0-9a-fA-F][^:+-]*+(?::[^:+-]*+){3,}+|[0-9]+(?:\\.[0-9]+){3,}+(?:/[0-9]+)?"
                    + "|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]+[eE][0-9]+");

    private static final Pattern SPAN =
            Pattern.compile("[0-9]+ (?:second|minute|hour|day|week|month|year)s?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_TIME = Pattern.compile(
            "[\\W_]*[0-9]{1,3}(?:[\\W_&&[^:]]+[0-9]{1,4})?[\\W_&&[^:]]*|" + SPAN.pattern() + "|[0-9]{5}|[0-9]{7,}",
            Pattern.CASE_INSENSITIVE);
    /** A day has three parts, or six digits; two numbers may be a year and one of its days, which has three digits. */
    private static final Pattern NO_DAY =
            Pattern.compile("[\\W_]*[0-9]{1,5}(?:[\\W_]+(?:[0-9]{1,2}|[0-9]{4,5}))?[\\W_]*");

    private static final Pattern DIGITS = Pattern.compile("[0-9]*([0-9]{2})([0-9]{2})");
    private static final int SHORTEST_DAY = 6;

    private static final String BLANK = "[\\W_&&[^:./+-]]";
    private static final Pattern NUMBERS =
            Pattern.compile(BLANK + "*+[0-9]++(?:" + BLANK + "++[0-9]++)++" + BLANK + "*+");
    private static final Pattern THREE_SHORT_NUMBERS = shortNumbers(3);
    private static final Pattern FOUR_SHORT_NUMBERS = shortNumbers(4);

    private static final String TIME_HELP = "write a time such as `'12:30'`";
    private static final String INTERVAL_HELP = "write an interval such as `'2 days'`";
    private static final String DAY_HELP = "write a date such as `'2026-01-31'`, or call `now()`";

    private MomentLiterals() {}

    private static Pattern word(String words) {
        return Pattern.compile("(?<![a-z0-9])(?:" + words + ")(?![a-z0-9])", Pattern.CASE_INSENSITIVE);
    }

    private static Pattern shortNumbers(int least) {
        return Pattern.compile(
                BLANK + "*+[0-9]{1,3}+(?:" + BLANK + "++[0-9]{1,3}+){" + (least - 1) + ",}+" + BLANK + "*+");
    }

    /** What is wrong with the text of a time. */
    static Optional<Literals.Problem> time(String text) {
        var fine = (DIGIT.matcher(text).find() || TIME_WORD.matcher(text).find())
                && !DAY_WORD.matcher(text).find()
                && !NO_MOMENT.matcher(text).matches()
                && !NO_TIME.matcher(text).matches()
                && !WHOLE_DAY.matcher(text).matches()
                && !THREE_SHORT_NUMBERS.matcher(text).matches();
        return unless(fine, TIME_HELP);
    }

    /** What is wrong with the text of an interval. */
    static Optional<Literals.Problem> interval(String text) {
        var fine = INFINITY.matcher(text).find()
                || DIGIT.matcher(text).find()
                        && !DAY_WORD.matcher(text).find()
                        && !TIME_WORD.matcher(text).find()
                        && !NO_MOMENT.matcher(text).matches()
                        && !DAY_AND_MORE.matcher(text).matches()
                        && !NUMBERS.matcher(text).matches();
        return unless(fine, INTERVAL_HELP);
    }

    /** What is wrong with the text of a date or a moment. */
    static Optional<Literals.Problem> moment(String text) {
        if (NO_MOMENT.matcher(text).matches()
                || SPAN.matcher(text).matches()
                || NO_DAY.matcher(text).matches()
                || DAY_AND_NUMBER.matcher(text).matches()
                || FOUR_SHORT_NUMBERS.matcher(text).matches()) {
            return unless(false, DAY_HELP);
        }
        if (!DIGIT.matcher(text).find()) {
            return unless(DAY_WORD.matcher(text).find() || NOW.matcher(text).find(), DAY_HELP);
        }
        var digits = DIGITS.matcher(text);
        if (digits.matches() && text.length() >= SHORTEST_DAY) {
            return unless(isMonthAndDay(digits.group(1), digits.group(2)), DAY_HELP);
        }
        var day = DAY.matcher(text);
        if (day.matches()) {
            try {
                LocalDate.of(
                        Integer.parseInt(day.group(1)), Integer.parseInt(day.group(2)), Integer.parseInt(day.group(3)));
            } catch (DateTimeException e) {
                return text.startsWith("0000") || text.toLowerCase(Locale.ROOT).contains("bc")
                        ? Optional.empty()
                        : Optional.of(new Literals.Problem(
                                ": there is no such day", "write year, month and day: `'2026-01-31'`"));
            }
        }
        return Optional.empty();
    }

    private static boolean isMonthAndDay(String month, String day) {
        return month.compareTo("01") >= 0
                && month.compareTo("12") <= 0
                && day.compareTo("01") >= 0
                && day.compareTo("31") <= 0;
    }

    private static Optional<Literals.Problem> unless(boolean fine, String help) {
        return fine ? Optional.empty() : Optional.of(new Literals.Problem("", help));
    }
}
