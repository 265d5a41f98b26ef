package dev.schemaproof.analysis.type;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** Whether a text is JSON (RFC 8259), without building anything of it. */
final class JsonText {

    private static final Pattern SCALAR =
            Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+\""
                    + "|-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null");

    private final String text;
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    static boolean isWellFormed(String text) {
        return new JsonText(text).read();
    }

    private boolean read() {
        // Before a value: the text's, an element or a member
        while (true) {
            if (take('{')) {
                open.push('{');
                if (!take('}')) {
                    if (!name()) {
                        return false;
                    }
                    continue;
                }
                open.pop();
            } else if (take('[')) {
                open.push('[');
                if (!take(']')) {
                    continue;
                }
                open.pop();
            } else if (!scalar()) {
                return false;
            }
            while (!open.isEmpty() && take(open.peek() == '{' ? '}' : ']')) {
                open.pop();
            }
            if (open.isEmpty()) {
                space();
                return at == text.length();
            }
            if (!take(',') || open.peek() == '{' && !name()) {
                return false;
            }
        }
    }

    /** A member's name and its colon. */
    private boolean name() {
        space();
        return at < text.length() && text.charAt(at) == '"' && scalar() && take(':');
    }

    private boolean scalar() {
        space();
        var match = SCALAR.matcher(text).region(at, text.length());
        if (!match.lookingAt()) {
            return false;
        }
        at = match.end();
        return true;
    }

    private boolean take(char c) {
        space();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
