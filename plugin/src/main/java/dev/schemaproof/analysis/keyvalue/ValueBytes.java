package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import dev.schemaproof.model.DataType;
import java.util.OptionalLong;

/** How many bytes values take: in keys as text, in items by DynamoDB's own count. */
public final class ValueBytes {

    /** A list or a map takes so many before its first element. */
    private static final int CONTAINER = 3;

    /** A number of 38 digits. */
    private static final int LONGEST_NUMBER = 21;

    /** Two digits and a sign of its own. */
    private static final int SHORTEST_NUMBER = 2;

    /** Ten digits until the year 2286, and those of the year 9999. */
    private static final int SECONDS = 6;

    private static final int MOST_SECONDS = 8;

    private ValueBytes() {}

    /** The text of a key. */
    public static Bytes key(KeyTemplate template) {
        return template.parts().stream().map(ValueBytes::part).reduce(Bytes.exactly(0), Bytes::plus);
    }

    private static Bytes part(Part part) {
        if (part instanceof Part.Literal literal) {
            return Bytes.of(literal.text());
        }
        var variable = (Part.Variable) part;
        var whole = variable.format() instanceof KeyFormat.Plain || variable.format() instanceof KeyFormat.Lower;
        return text(variable.shape(), variable.path(), whole);
    }

    /** A value of an item. */
    static Bytes stored(StoredAttribute stored) {
        var path = stored.path();
        var width = path.attribute().values().width();
        return switch (stored.type()) {
            case S -> text(stored.format().shape(path.type()), path, true);
            case N -> number(stored);
            case BOOL -> Bytes.exactly(1);
            case B -> Bytes.unbounded(width.orElse(0));
            case L, M -> Bytes.unbounded(width.orElse(CONTAINER));
        };
    }

    private static Bytes number(StoredAttribute stored) {
        if (stored.format() instanceof KeyFormat.Epoch) {
            return Bytes.between(SECONDS, MOST_SECONDS);
        }
        var digits = stored.path().type().digits();
        return Bytes.between(SHORTEST_NUMBER, digits > 0 ? digits / 2 + 2 : LONGEST_NUMBER);
    }

    /**
     * A text.
     *
     * @param whole whether all of the value is written, so that its declared width counts
     */
    private static Bytes text(Shape shape, ResolvedPath path, boolean whole) {
        var width = path.attribute().values().width();
        var free = path.type().kind() == Kind.TEXT || path.type().kind() == Kind.OTHER;
        var average = whole && free && width.isPresent() ? width.getAsInt() : ShapeBytes.least(shape);
        var characters = characters(shape, path);
        var most = ShapeBytes.most(shape);
        if (most.isEmpty() && characters.isPresent()) {
            most = OptionalLong.of(characters.getAsLong() * ShapeBytes.widest(shape.characters()));
        }
        return new Bytes(average, characters, most);
    }

    /** Shapes don't count out high bounds, but the type says them. */
    private static OptionalLong characters(Shape shape, ResolvedPath path) {
        var counted = ShapeBytes.characters(shape);
        if (counted.isPresent() || path.type().kind() != Kind.TEXT) {
            return counted;
        }
        if (path.type().declared() instanceof DataType.Varying varying) {
            return OptionalLong.of(varying.length());
        }
        return path.type().declared() instanceof DataType.Fixed fixed
                ? OptionalLong.of(fixed.length())
                : OptionalLong.empty();
    }
}
