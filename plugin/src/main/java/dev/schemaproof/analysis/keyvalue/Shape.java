package dev.schemaproof.analysis.keyvalue;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The texts that a part of a key can be: a regular expression as a tree.
 *
 * <p>Counts above {@value #LONGEST_COUNTED} are taken as unbounded. That only adds texts, so whatever is shown to be apart is apart.
 */
public sealed interface Shape {

    /** From here on a bound on length is not counted out. */
    int LONGEST_COUNTED = 256;

    /** So far a bound on length costs nothing. */
    int LONGEST_SMALL = 8;

    /** Any text of at least one character. */
    static Shape anyText() {
        return some(CharacterSet.ANY);
    }

    /** One or more of the characters. */
    static Shape some(CharacterSet characters) {
        return repeat(new One(characters), 1, OptionalInt.empty());
    }

    /** From {@code least} to {@code most} of the characters. */
    static Shape some(CharacterSet characters, int least, int most) {
        return repeat(new One(characters), least, OptionalInt.of(most));
    }

    /** Exactly {@code count} decimal digits. */
    static Shape digits(int count) {
        return some(CharacterSet.DIGITS, count, count);
    }

    /** The text itself. */
    static Shape literal(String text) {
        return new Sequence(text.codePoints()
                .mapToObj(c -> (Shape) new One(CharacterSet.between(c, c)))
                .toList());
    }

    static Shape sequence(Shape... parts) {
        return new Sequence(List.of(parts));
    }

    static Shape choice(Shape... options) {
        return new Choice(List.of(options));
    }

    /** One of the texts. */
    static Shape oneOf(List<String> texts) {
        return new Choice(texts.stream().map(Shape::literal).toList());
    }

    static Shape optional(Shape part) {
        return repeat(part, 0, OptionalInt.of(1));
    }

    static Shape repeat(Shape part, int least, OptionalInt most) {
        return new Repeat(
                part,
                Math.min(least, LONGEST_COUNTED),
                most.isPresent() && most.getAsInt() > LONGEST_COUNTED ? OptionalInt.empty() : most);
    }

    /** The whole numbers written with as many digits, from {@code 0} on. */
    static Shape natural(int digits) {
        return choice(
                literal("0"),
                sequence(new One(CharacterSet.between('1', '9')), some(CharacterSet.DIGITS, 0, digits - 1)));
    }

    /** Whole numbers of up to so many digits, with a sign where they are below zero. */
    static Shape integer(int digits) {
        var positive = sequence(new One(CharacterSet.between('1', '9')), some(CharacterSet.DIGITS, 0, digits - 1));
        return choice(literal("0"), sequence(optional(literal("-")), positive));
    }

    /** How many states an automaton for it has, about. */
    long size();

    /** The number of characters that every one of its texts has, if they all have the same. */
    OptionalInt width();

    /** Every character that can occur in its texts. */
    CharacterSet characters();

    /** The same without high bounds on length. */
    Shape loose();

    /** The same with the characters of each place replaced, such as by their lower case. */
    Shape map(UnaryOperator<CharacterSet> change);

    /** Adds this shape to an automaton under construction, from one state on, and returns the state behind it. */
    int build(Automaton.Builder builder, int from);

    /** A character of the set. */
    record One(CharacterSet characters) implements Shape {

        @Override
        public long size() {
            return 1;
        }

        @Override
        public OptionalInt width() {
            return OptionalInt.of(1);
        }

        @Override
        public Shape map(UnaryOperator<CharacterSet> change) {
            return new One(change.apply(characters));
        }

        @Override
        public Shape loose() {
            return this;
        }

        @Override
        public int build(Automaton.Builder builder, int from) {
            var behind = builder.state();
            builder.step(from, characters, behind);
            return behind;
        }
    }

    /** One after the other. */
    record Sequence(List<Shape> parts) implements Shape {

        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public long size() {
            return parts.stream().mapToLong(Shape::size).reduce(1, Shape::sum);
        }

        @Override
        public OptionalInt width() {
            var sum = 0;
            for (var part : parts) {
                var width = part.width();
                if (width.isEmpty()) {
                    return width;
                }
                sum += width.getAsInt();
            }
            return OptionalInt.of(sum);
        }

        @Override
        public CharacterSet characters() {
            return all(parts);
        }

        @Override
        public Shape loose() {
            return new Sequence(parts.stream().map(Shape::loose).toList());
        }

        @Override
        public Shape map(UnaryOperator<CharacterSet> change) {
            return new Sequence(parts.stream().map(shape -> shape.map(change)).toList());
        }

        @Override
        public int build(Automaton.Builder builder, int from) {
            var at = from;
            for (var part : parts) {
                at = part.build(builder, at);
            }
            return at;
        }
    }

    /** Any one of them. */
    record Choice(List<Shape> options) implements Shape {

        public Choice {
            options = List.copyOf(options);
        }

        @Override
        public long size() {
            return options.stream().mapToLong(Shape::size).reduce(1, Shape::sum);
        }

        @Override
        public OptionalInt width() {
            var widths = options.stream().map(Shape::width).distinct().toList();
            return widths.size() == 1 ? widths.get(0) : OptionalInt.empty();
        }

        @Override
        public CharacterSet characters() {
            return all(options);
        }

        @Override
        public Shape loose() {
            return new Choice(options.stream().map(Shape::loose).toList());
        }

        @Override
        public Shape map(UnaryOperator<CharacterSet> change) {
            return new Choice(options.stream().map(shape -> shape.map(change)).toList());
        }

        @Override
        public int build(Automaton.Builder builder, int from) {
            var behind = builder.state();
            for (var option : options) {
                var start = builder.state();
                builder.jump(from, start);
                builder.jump(option.build(builder, start), behind);
            }
            return behind;
        }
    }

    /** The same again and again. */
    record Repeat(Shape part, int least, OptionalInt most) implements Shape {

        public Repeat {
            if (least < 0 || (most.isPresent() && most.getAsInt() < least)) {
                throw new IllegalArgumentException("no count is between " + least + " and " + most.getAsInt());
            }
        }

        @Override
        public long size() {
            var copies = most.isPresent() ? most.getAsInt() : least + 1L;
            var each = part.size();
            return copies > 0 && each > Long.MAX_VALUE / copies ? Long.MAX_VALUE : sum(copies * each, 1);
        }

        @Override
        public OptionalInt width() {
            var each = part.width();
            return each.isPresent() && most.isPresent() && most.getAsInt() == least
                    ? OptionalInt.of(each.getAsInt() * least)
                    : OptionalInt.empty();
        }

        @Override
        public CharacterSet characters() {
            return part.characters();
        }

        @Override
        public Shape loose() {
            return new Repeat(
                    part.loose(),
                    least,
                    most.isPresent() && most.getAsInt() - least >= LONGEST_SMALL ? OptionalInt.empty() : most);
        }

        @Override
        public Shape map(UnaryOperator<CharacterSet> change) {
            return new Repeat(part.map(change), least, most);
        }

        @Override
        public int build(Automaton.Builder builder, int from) {
            var at = from;
            for (var i = 0; i < least; i++) {
                at = part.build(builder, at);
            }
            var behind = builder.state();
            builder.jump(at, behind);
            if (most.isEmpty()) {
                var again = builder.state();
                builder.jump(at, again);
                var end = part.build(builder, again);
                builder.jump(end, again);
                builder.jump(end, behind);
                return behind;
            }
            for (var i = least; i < most.getAsInt(); i++) {
                var next = builder.state();
                builder.jump(at, next);
                at = part.build(builder, next);
                builder.jump(at, behind);
            }
            return behind;
        }
    }

    private static CharacterSet all(List<Shape> shapes) {
        return new CharacterSet(shapes.stream()
                .flatMap(shape -> shape.characters().ranges().stream())
                .toList());
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
