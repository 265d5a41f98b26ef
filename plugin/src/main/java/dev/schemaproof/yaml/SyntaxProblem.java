package dev.schemaproof.yaml;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a text that is no YAML, in words for people who don't know how YAML is parsed.
 *
 * @param atBeginning whether the mistake is where the element begins, not where the parser gave up
 * @param summary what is wrong
 * @param help what to do
 * @param beginning what stands where the element begins, as a related place
 */
record SyntaxProblem(boolean atBeginning, String summary, Optional<String> help, Optional<String> beginning) {

    /** What is known of one of the parser's messages. */
    private record Known(Pattern message, boolean atBeginning, String summary, String help, String beginning) {

        static Known here(String message, String summary, String help) {
            return new Known(Pattern.compile(message), false, summary, help, "");
        }

        static Known here(String message, String summary, String help, String beginning) {
            return new Known(Pattern.compile(message), false, summary, help, beginning);
        }

        static Known atBeginning(String message, String summary, String help) {
            return new Known(Pattern.compile(message), true, summary, help, "");
        }

        Optional<SyntaxProblem> in(String message) {
            var match = this.message.matcher(message);
            return match.find()
                    ? Optional.of(new SyntaxProblem(
                            atBeginning,
                            filled(summary, match),
                            Optional.of(filled(help, match)),
                            Optional.of(beginning).filter(note -> !note.isEmpty())))
                    : Optional.empty();
        }

        /** The text with the message's own word in the place of {@code $1}. */
        private static String filled(String text, Matcher match) {
            return match.groupCount() == 0 ? text : text.replace("$1", match.group(1));
        }
    }

    /** The first that fits counts. Messages are those of SnakeYAML's scanner, parser and composer. */
    private static final List<Known> KNOWN = List.of(
            Known.atBeginning(
                    "quoted scalar: found unexpected (?:end of stream|document separator)",
                    "the quote that opens here is never closed",
                    "close it; inside single quotes write a quote twice, inside double quotes as `\\\"`"),
            Known.atBeginning(
                    "flow mapping: .*<stream end>", "the brace that opens here is never closed", "close it with `}`"),
            Known.atBeginning(
                    "flow sequence: .*<stream end>",
                    "the bracket that opens here is never closed",
                    "close it with `]`"),
            Known.here(
                    "expected ',' or '}'",
                    "a comma or a closing brace is missing before this",
                    "end the entry before it with a comma; a text with commas, braces or `: ` in it needs quotes",
                    "the brace opens here"),
            Known.here(
                    "expected ',' or '\\]'",
                    "a comma or a closing bracket is missing before this",
                    "end the item before it with a comma; a text with commas or brackets in it needs quotes",
                    "the bracket opens here"),
            Known.here(
                    "expected <block end>",
                    "this belongs to nothing before it",
                    "indent the line as its neighbours are; a text that goes on behind a closing quote needs quotes around all"
                            + " of it",
                    "what it is part of begins here"),
            Known.here("\\(TAB\\)", "a tab can't indent YAML", "use blanks"),
            Known.here(
                    "found character '(\\S)' that cannot start",
                    "a text can't begin with `$1`",
                    "put the text in quotes"),
            Known.here(
                    "mapping values are not allowed",
                    "a `:` can't stand here",
                    "put a text with `: ` in it in quotes; or indent the line as its neighbours are"),
            Known.here(
                    "sequence entries are not allowed",
                    "a list can't begin here",
                    "begin it on a line of its own; a text that begins with `- ` needs quotes"),
            Known.here(
                    "mapping keys are not allowed",
                    "a `?` can't stand here",
                    "put a text that begins with `? ` in quotes"),
            Known.atBeginning(
                    "could not find expected ':'",
                    "this key has no `:` behind it",
                    "write `key: value`; a text of several lines is indented more than its key"),
            Known.here(
                    "expected the node content",
                    "a value is missing here",
                    "write one; a text that begins with a comma, a brace or a bracket needs quotes"),
            Known.here(
                    "found undefined alias (\\S+)",
                    "there is no anchor `&$1` before this",
                    "an anchor stands before its aliases; a text that begins with `*` needs quotes"),
            Known.here(
                    "found unknown escape character (\\S)",
                    "inside double quotes `\\$1` means nothing",
                    "write `\\\\$1`; or use single quotes, in which a backslash is just that"),
            Known.here(
                    "expected escape sequence of (\\d+)",
                    "this escape needs $1 hexadecimal digits",
                    "use single quotes, in which a backslash is just that"),
            Known.here(
                    "found another document",
                    "a second document begins here",
                    "remove the `---`, or put what follows into a file of its own"),
            Known.here(
                    "scanning a block scalar",
                    "a text in several lines doesn't begin like this",
                    "write `|` or `>`, and begin the text on the next line; a text that begins so needs quotes"),
            Known.here("directive", "a line can't begin with `%`", "put the text in quotes"),
            Known.here(
                    "scanning an (?:anchor|alias)",
                    "a name is missing behind this sign",
                    "a text that begins with `&` or `*` needs quotes"),
            Known.here(
                    "[Tt]ag|scanning a",
                    "a text can't begin with `!`",
                    "put the text in quotes; tags are no part of the language"));

    /**
     * The problem behind a message of the parser.
     *
     * @param context what it was doing, or empty
     * @param problem what it then found
     */
    static SyntaxProblem of(String context, String problem) {
        var message =
                (context.isEmpty() ? problem : context + ": " + problem).strip().replaceAll("\\s+", " ");
        return KNOWN.stream()
                .flatMap(known -> known.in(message).stream())
                .findFirst()
                .orElseGet(() -> new SyntaxProblem(false, message, Optional.empty(), Optional.empty()));
    }
}
