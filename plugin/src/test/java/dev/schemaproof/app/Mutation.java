package dev.schemaproof.app;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One damage done to a text. Places are numbers that are taken modulo what is there, so that a damage fits every text.
 *
 * @param kind what is done
 * @param at where
 * @param to how far, or where else
 * @param payload what is put in
 */
record Mutation(Kind kind, int at, int to, String payload) {

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}_]+|[^\\s\\p{L}\\p{N}_]");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern VALUE = Pattern.compile("(?<=: )[^\\s{\\[|>][^,}\\]\\n]*");

    enum Kind {
        DELETE_BYTES,
        CHANGE_BYTE,
        DUPLICATE_BYTES,
        INSERT_PAYLOAD,
        DELETE_CHARACTERS,
        DELETE_LINE,
        DUPLICATE_LINE,
        SWAP_LINES,
        INDENT_LINE,
        DEDENT_LINE,
        JOIN_LINES,
        DUPLICATE_REST,
        SWAP_TOKENS,
        DELETE_TOKEN,
        DUPLICATE_TOKEN,
        REPLACE_TOKEN,
        REPLACE_VALUE,
        REPLACE_VALUE_QUOTED,
        RENAME,
        CHANGE_LINE_ENDS,
        ANCHOR_AND_ALIAS,
        NEST
    }

    byte[] apply(byte[] bytes) {
        return switch (kind) {
            case DELETE_BYTES, CHANGE_BYTE, DUPLICATE_BYTES -> inBytes(bytes);
            default -> inText(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] inBytes(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        var begin = at % bytes.length;
        var end = Math.min(bytes.length, begin + 1 + to % 12);
        var damaged = new ByteArrayOutputStream();
        damaged.write(bytes, 0, begin);
        switch (kind) {
            case CHANGE_BYTE -> {
                damaged.write(to);
                damaged.write(bytes, begin + 1, bytes.length - begin - 1);
            }
            case DUPLICATE_BYTES -> {
                damaged.write(bytes, begin, end - begin);
                damaged.write(bytes, begin, bytes.length - begin);
            }
            default -> damaged.write(bytes, end, bytes.length - end);
        }
        return damaged.toByteArray();
    }

    private String inText(String text) {
        return switch (kind) {
            case INSERT_PAYLOAD -> {
                var place = at % (text.length() + 1);
                yield text.substring(0, place) + payload + text.substring(place);
            }
            case DELETE_CHARACTERS -> {
                var place = at % (text.length() + 1);
                yield text.substring(0, place) + text.substring(Math.min(text.length(), place + to % 80));
            }
            case CHANGE_LINE_ENDS -> {
                var ends = List.of("\r\n", "\r", "\u0085", "\u2028", "\u2029", "\n\n", " \n", "\t\n", "\f");
                yield text.replace("\n", ends.get(to % ends.size()));
            }
            case SWAP_TOKENS, DELETE_TOKEN, DUPLICATE_TOKEN, REPLACE_TOKEN -> inTokens(text);
            case REPLACE_VALUE, REPLACE_VALUE_QUOTED, ANCHOR_AND_ALIAS, NEST -> inValues(text);
            case RENAME -> {
                var words = WORD.matcher(text).results().map(MatchResult::group).toList();
                yield words.isEmpty()
                        ? text
                        : text.replaceAll(
                                "\\b" + words.get(at % words.size()) + "\\b",
                                java.util.regex.Matcher.quoteReplacement(to % 2 == 0 ? payload : quoted(payload)));
            }
            default -> inLines(text);
        };
    }

    private String inLines(String text) {
        var lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        var line = at % lines.size();
        var other = to % lines.size();
        switch (kind) {
            case DELETE_LINE -> lines.remove(line);
            case DUPLICATE_LINE -> lines.add(other, lines.get(line));
            case SWAP_LINES -> lines.set(other, lines.set(line, lines.get(other)));
            case INDENT_LINE -> lines.set(line, (to % 5 == 0 ? "\t" : " ".repeat(to % 5)) + lines.get(line));
            case DEDENT_LINE -> lines.set(line, lines.get(line).replaceFirst("^ {0," + (1 + to % 4) + "}", ""));
            case JOIN_LINES -> {
                if (line + 1 < lines.size()) {
                    lines.set(line, lines.get(line) + lines.remove(line + 1));
                }
            }
            default -> lines.addAll(lines.subList(line, lines.size()).stream().toList());
        }
        return String.join("\n", lines);
    }

    private String inTokens(String text) {
        var tokens = TOKEN.matcher(text).results().toList();
        if (tokens.isEmpty()) {
            return text;
        }
        var token = tokens.get(at % tokens.size());
        var other = tokens.get(to % tokens.size());
        return switch (kind) {
            case DELETE_TOKEN -> replaced(text, token, "");
            case DUPLICATE_TOKEN -> replaced(text, token, token.group() + token.group());
            case SWAP_TOKENS -> {
                var first = token.start() <= other.start() ? token : other;
                var second = first == token ? other : token;
                yield replaced(replaced(text, second, first.group()), first, second.group());
            }
            default -> replaced(text, token, payload);
        };
    }

    private String inValues(String text) {
        var values = VALUE.matcher(text).results().toList();
        if (values.isEmpty()) {
            return text;
        }
        var value = values.get(at % values.size());
        return switch (kind) {
            case REPLACE_VALUE -> replaced(text, value, payload);
            case REPLACE_VALUE_QUOTED -> replaced(text, value, quoted(payload));
            case ANCHOR_AND_ALIAS -> {
                var other = values.get(to % values.size());
                var first = value.start() <= other.start() ? value : other;
                var second = first == value ? other : value;
                yield replaced(replaced(text, second, "*a"), first, "&a " + first.group());
            }
            default -> {
                var depth = 1 + to % 200;
                yield to % 2 == 0
                        ? replaced(text, value, "[".repeat(depth) + value.group() + "]".repeat(depth))
                        : replaced(text, value, "{a: ".repeat(depth) + value.group() + "}".repeat(depth));
            }
        };
    }

    private static String replaced(String text, MatchResult part, String by) {
        return text.substring(0, part.start()) + by + text.substring(Math.min(text.length(), part.end()));
    }

    /** The text in YAML's double quotes, in which every text can be written. */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append((char) unit);
            } else if (unit < 0x20 || unit >= 0x7F) {
                quoted.append("\\u%04X".formatted(unit));
            } else {
                quoted.append((char) unit);
            }
        });
        return quoted.append('"').toString();
    }
}
