package dev.schemaproof.discover.table;

import java.util.regex.Pattern;

/** The narrowest type that can hold all values of a column, seen one after the other. */
final class TypeGuess {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?");
    private static final Pattern ZONE = Pattern.compile("(Z|[+-][0-9]{2}(:?[0-9]{2})?)");
    private static final Pattern TIMESTAMP =
            Pattern.compile(DATE.pattern() + "[T ]" + TIME.pattern() + "(?<zone>" + ZONE.pattern() + ")?");

    private static final int LONGEST_TYPED = 40;
    private static final int MOST_DIGITS = 38;
    private static final int DIGITS_OF_BIGINT = 18;

    private boolean any;
    private boolean truth = true;
    private boolean number = true;
    private boolean uuid = true;
    private boolean date = true;
    private boolean timestamp = true;
    private boolean zoned = true;
    private boolean zoneless = true;
    private boolean time = true;
    private int integerDigits;
    private int scale;
    private boolean wide;
    private int longest;

    void see(char[] text, int offset, int length) {
        any = true;
        longest = Math.max(longest, length);
        if (!(truth || number || uuid || date || timestamp || time)) {
            return;
        }
        if (length == 0 || length > LONGEST_TYPED) {
            truth = number = uuid = date = timestamp = time = false;
            return;
        }
        truth &= isTruth(text, offset, length);
        number &= isNumber(text, offset, length);
        if (uuid || date || timestamp || time) {
            see(new String(text, offset, length));
        }
    }

    private void see(String value) {
        uuid = uuid && UUID.matcher(value).matches();
        date = date && DATE.matcher(value).matches();
        time = time && TIME.matcher(value).matches();
        if (timestamp) {
            var match = TIMESTAMP.matcher(value);
            timestamp = match.matches();
            if (timestamp) {
                zoned &= match.group("zone") != null;
                zoneless &= match.group("zone") == null;
            }
        }
    }

    private static boolean isTruth(char[] text, int offset, int length) {
        return is("true", text, offset, length)
                || is("false", text, offset, length)
                || is("t", text, offset, length)
                || is("f", text, offset, length);
    }

    private static boolean is(String word, char[] text, int offset, int length) {
        if (word.length() != length) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (Character.toLowerCase(text[offset + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Digits with at most one point; a number that begins with a needless 0, as zip codes do, is a text. */
    private boolean isNumber(char[] text, int offset, int length) {
        var begin = text[offset] == '-' ? 1 : 0;
        var point = -1;
        for (var i = begin; i < length; i++) {
            var c = text[offset + i];
            if (c == '.' && point < 0) {
                point = i;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        var integers = (point < 0 ? length : point) - begin;
        var fraction = point < 0 ? 0 : length - point - 1;
        if (integers == 0 || point >= 0 && fraction == 0 || integers > 1 && text[offset + begin] == '0') {
            return false;
        }
        integerDigits = Math.max(integerDigits, integers);
        scale = Math.max(scale, fraction);
        if (integers > 9 && fraction == 0 && integers <= DIGITS_OF_BIGINT) {
            var value = Long.parseLong(new String(text, offset, length));
            wide |= value != (int) value;
        }
        return integerDigits + scale <= MOST_DIGITS;
    }

    /** The length of the longest value. */
    int longest() {
        return longest;
    }

    /** The type, in the language's words. */
    String type() {
        if (!any) {
            return "text";
        } else if (truth) {
            return "boolean";
        } else if (number && scale > 0) {
            return "decimal(" + (integerDigits + scale) + "," + scale + ")";
        } else if (number && integerDigits > DIGITS_OF_BIGINT) {
            return "decimal(" + integerDigits + ",0)";
        } else if (number) {
            return wide ? "bigint" : "int";
        } else if (uuid) {
            return "uuid";
        } else if (date) {
            return "date";
        } else if (timestamp && zoned) {
            return "timestamptz";
        } else if (timestamp && zoneless) {
            return "timestamp";
        } else {
            return time ? "time" : "text";
        }
    }
}
