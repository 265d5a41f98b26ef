package dev.schemaproof.analysis.keyvalue;

import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** How long the texts of a shape are in UTF-8. */
final class ShapeBytes {

    private static final int ONE_BYTE = 0x7F;
    private static final int TWO_BYTES = 0x7FF;
    private static final int THREE_BYTES = 0xFFFF;

    private ShapeBytes() {}

    /** The bytes of the shortest text. */
    static long least(Shape shape) {
        if (shape instanceof Shape.One one) {
            return one.characters().least().stream()
                    .mapToLong(ShapeBytes::bytes)
                    .sum();
        }
        if (shape instanceof Shape.Sequence sequence) {
            return sequence.parts().stream().mapToLong(ShapeBytes::least).sum();
        }
        if (shape instanceof Shape.Choice choice) {
            return choice.options().stream().mapToLong(ShapeBytes::least).min().orElse(0);
        }
        var repeat = (Shape.Repeat) shape;
        return repeat.least() * least(repeat.part());
    }

    /** The bytes of the longest text; nothing where there is none. */
    static OptionalLong most(Shape shape) {
        return longest(shape, ShapeBytes::widest);
    }

    /** The characters of the longest text; nothing where there is none. */
    static OptionalLong characters(Shape shape) {
        return longest(shape, characters -> 1);
    }

    /** The bytes of the widest character of the set. */
    static long widest(CharacterSet characters) {
        return characters.greatest().stream().mapToLong(ShapeBytes::bytes).sum();
    }

    private static OptionalLong longest(Shape shape, ToLongFunction<CharacterSet> measure) {
        if (shape instanceof Shape.One one) {
            return OptionalLong.of(measure.applyAsLong(one.characters()));
        }
        if (shape instanceof Shape.Sequence sequence) {
            var sum = 0L;
            for (var part : sequence.parts()) {
                var longest = longest(part, measure);
                if (longest.isEmpty()) {
                    return longest;
                }
                sum += longest.getAsLong();
            }
            return OptionalLong.of(sum);
        }
        if (shape instanceof Shape.Choice choice) {
            var most = 0L;
            for (var option : choice.options()) {
                var longest = longest(option, measure);
                if (longest.isEmpty()) {
                    return longest;
                }
                most = Math.max(most, longest.getAsLong());
            }
            return OptionalLong.of(most);
        }
        var repeat = (Shape.Repeat) shape;
        var each = longest(repeat.part(), measure);
        return repeat.most().isPresent() && each.isPresent()
                ? OptionalLong.of(repeat.most().getAsInt() * each.getAsLong())
                : OptionalLong.empty();
    }

    private static long bytes(int codePoint) {
        if (codePoint <= ONE_BYTE) {
            return 1;
        }
        return codePoint <= TWO_BYTES ? 2 : codePoint <= THREE_BYTES ? 3 : 4;
    }
}
