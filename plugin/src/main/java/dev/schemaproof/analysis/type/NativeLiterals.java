package dev.schemaproof.analysis.type;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which texts the types that only PostgreSQL knows can't be read from. */
final class NativeLiterals {

    private static final Pattern BITS = Pattern.compile("[bB]?[01]*|[xX][0-9a-fA-F]*");

    /**
     * The sign of the currency depends on the server's locale, and may have letters; a point may stand between thousands. Dates,
     * spans of time and uuids are no amounts.
     */
    private static final Pattern NO_MONEY = Pattern.compile(
            ".*[\\[\\]{}<>:/\\\\;=].*|[^0-9\\p{L}]*+\\p{L}[^0-9]*+|.*[0-9]\\.(?:[0-9]{0,2}|[0-9]{4,})\\..*"
                    + "|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-.*|[0-9]+ (?:second|minute|hour|day|week|month|year)s?"
                    + "|[0-9]+[eE][0-9]+",
            Pattern.DOTALL);

    private static final Pattern RANGE =
            Pattern.compile("empty|[\\[(][^,]*+,.*[\\])]", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern PLAIN_RANGE =
            Pattern.compile("[\\[(]([^,\"\\\\()\\[\\]]*),([^,\"\\\\()\\[\\]]*)[\\])]");
    private static final Pattern MULTIRANGE = Pattern.compile("\\{.*\\}", Pattern.DOTALL);
    private static final Pattern MAC =
            Pattern.compile("(?:[0-9a-fA-F]{1,4}[:.-]?){6,16}|(?:[0-9a-fA-F]{4}[:.-]?){3,4}");

    /** Sixteen digits are the most. */
    private static final Pattern NO_MAC =
            Pattern.compile("[0-9a-fA-F]{20,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** A colon behind a word, and no place of a word behind the colon. */
    private static final Pattern NO_PLACE = Pattern.compile("[^\\s'\\\\]:(?!0*+[1-9])");

    private static final String NUMBER =
            "\\s*[+-]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])\\s*";
    private static final Pattern POINT =
            Pattern.compile(NUMBER + "," + NUMBER + "|\\s*\\(" + NUMBER + "," + NUMBER + "\\)\\s*");
    private static final Pattern SHAPE = Pattern.compile("[\\[({<]*[^\\[({<]*[0-9nN].*", Pattern.DOTALL);
    private static final Pattern LOG_POSITION = Pattern.compile("[0-9a-fA-F]{1,8}/[0-9a-fA-F]{1,8}");

    private NativeLiterals() {}

    /** What to write instead, if the text surely is none. */
    static Optional<String> help(String type, String text) {
        return switch (type) {
            case "bit", "varbit" -> unless(BITS.matcher(text).matches(), "write bits: `B'101'`");
            case "money" -> unless(!NO_MONEY.matcher(text).matches(), "write an amount such as `'12.50'`");
            case "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange" ->
                unless(RANGE.matcher(text).matches(), "a range is written `'[from,to)'`; the empty one is `'empty'`");
            case "int4multirange",
                    "int8multirange",
                    "nummultirange",
                    "tsmultirange",
                    "tstzmultirange",
                    "datemultirange" ->
                unless(MULTIRANGE.matcher(text).matches(), "a multirange is written `'{[from,to)}'`");
            case "macaddr", "macaddr8" ->
                unless(
                        MAC.matcher(text).matches() && !NO_MAC.matcher(text).matches(),
                        "write an address such as `'08:00:2b:01:02:03'`");
            case "point" -> unless(POINT.matcher(text).matches(), "a point is written `'(1,2)'`");
            case "line", "lseg", "box", "path", "polygon", "circle" ->
                unless(SHAPE.matcher(text).matches(), "write the numbers of its points, such as `'((0,0),(1,1))'`");
            case "tsvector" ->
                unless(
                        text.indexOf('\'') >= 0
                                || text.indexOf('\\') >= 0
                                || !NO_PLACE.matcher(text).find(),
                        "behind the colon stands the place of a word, from 1: `'word:1'`");
            case "pg_lsn" -> unless(LOG_POSITION.matcher(text).matches(), "write a position such as `'0/16B3748'`");
            default -> Optional.empty();
        };
    }

    /** The bounds of a range, as far as they need no quotes; without those that are left open. */
    static List<String> bounds(String range) {
        var match = PLAIN_RANGE.matcher(range);
        return match.matches()
                ? Stream.of(match.group(1), match.group(2))
                        .filter(bound -> !bound.isBlank())
                        .toList()
                : List.of();
    }

    private static Optional<String> unless(boolean fine, String help) {
        return fine ? Optional.empty() : Optional.of(help);
    }
}
