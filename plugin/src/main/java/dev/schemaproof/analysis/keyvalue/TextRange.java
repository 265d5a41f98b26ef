package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayList;
import java.util.List;

/** The texts that a range of sort keys holds, as DynamoDB sorts them: by their bytes in UTF-8, and so by code points. */
final class TextRange {

    private TextRange() {}

    /**
     * The texts from one to another, both included.
     *
     * @param low no greater than {@code high}
     */
    static Shape between(String low, String high) {
        if (low.isEmpty()) {
            return upTo(high);
        }
        var first = low.codePointAt(0);
        var last = high.codePointAt(0);
        if (first == last) {
            return Shape.sequence(character(first), between(behind(low), behind(high)));
        }
        var options = new ArrayList<Shape>();
        options.add(Shape.sequence(character(first), from(behind(low))));
        addBegunBy(first + 1, last - 1, options);
        options.add(Shape.sequence(character(last), upTo(behind(high))));
        return new Shape.Choice(options);
    }

    private static Shape from(String low) {
        if (low.isEmpty()) {
            return Shape.optional(Shape.anyText());
        }
        var options = new ArrayList<Shape>();
        options.add(Shape.sequence(character(low.codePointAt(0)), from(behind(low))));
        addBegunBy(low.codePointAt(0) + 1, Character.MAX_CODE_POINT, options);
        return new Shape.Choice(options);
    }

    private static Shape upTo(String high) {
        var options = new ArrayList<Shape>();
        // A beginning sorts before what goes on
        options.add(new Shape.Sequence(List.of()));
        if (!high.isEmpty()) {
            addBegunBy(0, high.codePointAt(0) - 1, options);
            options.add(Shape.sequence(character(high.codePointAt(0)), upTo(behind(high))));
        }
        return new Shape.Choice(options);
    }

    private static void addBegunBy(int first, int last, List<Shape> options) {
        if (first <= last) {
            options.add(
                    Shape.sequence(new Shape.One(CharacterSet.between(first, last)), Shape.optional(Shape.anyText())));
        }
    }

    private static Shape character(int codePoint) {
        return new Shape.One(CharacterSet.between(codePoint, codePoint));
    }

    private static String behind(String text) {
        return text.substring(Character.charCount(text.codePointAt(0)));
    }
}
