package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the common part of PostgreSQL's advanced regular expressions (manual, 9.7.3): what a check on text is written in.
 *
 * <p>The result holds every text that matches and may hold more: character classes depend on the locale, so that beyond ASCII any
 * character counts as one of them. Where an expression uses anything else, nothing is concluded from it.
 */
final class PostgresRegex {

    /** Larger expressions are not worth their automaton. */
    private static final int LARGEST = 2_000;

    private static final CharacterSet BEYOND_ASCII =
            CharacterSet.between(0, 0x7F).complement();
    private static final Shape ANYTHING = Shape.optional(Shape.anyText());

    private final int[] text;
    private int at;

    private PostgresRegex(int[] text) {
        this.text = text;
    }

    /** What {@code ~} accepts. */
    static Optional<Shape> read(String expression) {
        var reader = new PostgresRegex(expression.codePoints().toArray());
        try {
            var shape = reader.whole();
            return shape.size() > LARGEST ? Optional.empty() : Optional.of(shape);
        } catch (NotUnderstoodException e) {
            return Optional.empty();
        }
    }

    /** The characters of which the expression forbids every one under {@code !~}, if it is a single character or class. */
    static Optional<CharacterSet> readSingle(String expression) {
        var reader = new PostgresRegex(expression.codePoints().toArray());
        try {
            var one = reader.atom();
            // A class is certain of its ASCII members only, and what is not certain can't be taken away
            return reader.more() || !(one instanceof Shape.One single)
                    ? Optional.empty()
                    : Optional.of(single.characters().minus(BEYOND_ASCII));
        } catch (NotUnderstoodException e) {
            return Optional.empty();
        }
    }

    /** Something outside the part that is read here. */
    private static final class NotUnderstoodException extends Exception {

        private static final long serialVersionUID = 1L;
    }

    /** The alternatives, each with anchors of its own. */
    private Shape whole() throws NotUnderstoodException {
        var options = new ArrayList<Shape>();
        do {
            var parts = new ArrayList<Shape>();
            if (!taken('^')) {
                parts.add(ANYTHING);
            }
            parts.add(branch());
            if (!taken('$')) {
                parts.add(ANYTHING);
            }
            options.add(new Shape.Sequence(parts));
        } while (taken('|'));
        if (more()) {
            throw new NotUnderstoodException();
        }
        return new Shape.Choice(options);
    }

    private Shape group() throws NotUnderstoodException {
        var options = new ArrayList<Shape>();
        do {
            options.add(branch());
        } while (taken('|'));
        expect(')');
        return new Shape.Choice(options);
    }

    private Shape branch() throws NotUnderstoodException {
        var parts = new ArrayList<Shape>();
        while (more() && "|)$".indexOf(text[at]) < 0) {
            parts.add(quantified(atom()));
        }
        return new Shape.Sequence(parts);
    }

    private Shape quantified(Shape atom) throws NotUnderstoodException {
        Shape result;
        if (taken('*')) {
            result = Shape.repeat(atom, 0, OptionalInt.empty());
        } else if (taken('+')) {
            result = Shape.repeat(atom, 1, OptionalInt.empty());
        } else if (taken('?')) {
            result = Shape.optional(atom);
        } else if (taken('{')) {
            var least = number();
            var most = OptionalInt.of(least);
            if (taken(',')) {
                most = more() && text[at] == '}' ? OptionalInt.empty() : OptionalInt.of(number());
            }
            expect('}');
            if (most.isPresent() && most.getAsInt() < least) {
                throw new NotUnderstoodException();
            }
            result = Shape.repeat(atom, least, most);
        } else {
            return atom;
        }
        // Whether it takes few or many makes no difference to what matches
        if (taken('?')) {
            return result;
        }
        if (more() && "*+{".indexOf(text[at]) >= 0) {
            throw new NotUnderstoodException();
        }
        return result;
    }

    private Shape atom() throws NotUnderstoodException {
        if (!more()) {
            throw new NotUnderstoodException();
        }
        var c = text[at++];
        switch (c) {
            case '(':
                if (taken('?')) {
                    expect(':');
                }
                return group();
            case '[':
                return new Shape.One(bracket());
            case '.':
                return new Shape.One(CharacterSet.ANY);
            case '\\':
                return new Shape.One(escaped().possible());
            case '*', '+', '?', '{', '^', '$', ')', '|':
                throw new NotUnderstoodException();
            default:
                return new Shape.One(CharacterSet.between(c, c));
        }
    }

    /** A class of characters: those that are in it under every locale, and those that may be. */
    private record Members(CharacterSet certain, CharacterSet possible) {

        static Members exactly(CharacterSet characters) {
            return new Members(characters, characters);
        }

        static Members ofLocale(String ascii) {
            var certain = CharacterSet.of(ascii);
            return new Members(certain, certain.union(BEYOND_ASCII));
        }

        Members inverted() {
            return new Members(possible.complement(), certain.complement());
        }

        Members union(Members other) {
            return new Members(certain.union(other.certain), possible.union(other.possible));
        }
    }

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGIT = "0123456789";
    private static final String SPACE = " \t\n\r\f\u000b";

    private Members escaped() throws NotUnderstoodException {
        if (!more()) {
            throw new NotUnderstoodException();
        }
        var c = text[at++];
        switch (c) {
            case 'd':
                return Members.ofLocale(DIGIT);
            case 'D':
                return Members.ofLocale(DIGIT).inverted();
            case 'w':
                return Members.ofLocale(LOWER + UPPER + DIGIT + "_");
            case 'W':
                return Members.ofLocale(LOWER + UPPER + DIGIT + "_").inverted();
            case 's':
                return Members.ofLocale(SPACE);
            case 'S':
                return Members.ofLocale(SPACE).inverted();
            default:
                if (Character.isLetterOrDigit(c)) {
                    throw new NotUnderstoodException();
                }
                return Members.exactly(CharacterSet.between(c, c));
        }
    }

    private CharacterSet bracket() throws NotUnderstoodException {
        var inverted = taken('^');
        var members = Members.exactly(new CharacterSet(List.of()));
        var first = true;
        while (first || !taken(']')) {
            if (!more()) {
                throw new NotUnderstoodException();
            }
            first = false;
            var c = text[at++];
            if (c == '[' && more() && ":.=".indexOf(text[at]) >= 0) {
                members = members.union(named());
            } else if (c == '\\') {
                members = members.union(escaped());
            } else if (at + 1 < text.length && text[at] == '-' && text[at + 1] != ']') {
                at++;
                var last = text[at++];
                if (last < c || last == '[' || last == '\\') {
                    throw new NotUnderstoodException();
                }
                members = members.union(Members.exactly(CharacterSet.between(c, last)));
            } else {
                members = members.union(Members.exactly(CharacterSet.between(c, c)));
            }
        }
        return (inverted ? members.inverted() : members).possible();
    }

    private Members named() throws NotUnderstoodException {
        expect(':');
        var name = new StringBuilder();
        while (more() && text[at] != ':') {
            name.appendCodePoint(text[at++]);
        }
        expect(':');
        expect(']');
        switch (name.toString()) {
            case "alpha":
                return Members.ofLocale(LOWER + UPPER);
            case "alnum":
                return Members.ofLocale(LOWER + UPPER + DIGIT);
            case "digit":
                return Members.ofLocale(DIGIT);
            case "lower":
                return Members.ofLocale(LOWER);
            case "upper":
                return Members.ofLocale(UPPER);
            case "space":
                return Members.ofLocale(SPACE);
            case "xdigit":
                return Members.ofLocale(DIGIT + "abcdefABCDEF");
            default:
                throw new NotUnderstoodException();
        }
    }

    private int number() throws NotUnderstoodException {
        var start = at;
        var value = 0;
        while (more() && text[at] >= '0' && text[at] <= '9' && at - start < 4) {
            value = value * 10 + text[at++] - '0';
        }
        if (at == start) {
            throw new NotUnderstoodException();
        }
        return value;
    }

    private boolean more() {
        return at < text.length;
    }

    private boolean taken(char expected) {
        if (more() && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char expected) throws NotUnderstoodException {
        if (!taken(expected)) {
            throw new NotUnderstoodException();
        }
    }
}
