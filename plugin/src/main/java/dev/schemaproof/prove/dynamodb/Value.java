package dev.schemaproof.prove.dynamodb;

import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in DynamoDB's data model. Sets are not among them: no model asks for one.
 *
 * @param type the letters of its type on the wire
 * @param content text for {@code S} and, in hexadecimal digits, for {@code B}; a {@link BigDecimal} for {@code N}; a truth value for
 *     {@code BOOL} and {@code NULL}; a list of values for {@code L}; values by name for {@code M}
 */
record Value(String type, Object content) {

    private static final int MOST_DIGITS = 38;
    private static final BigDecimal GREATEST = new BigDecimal("1E126");
    private static final BigDecimal LEAST = new BigDecimal("1E-130");
    private static final int MOST_LEVELS = 32;

    /** The item that stands so on the wire. */
    static Map<String, Value> item(@Nullable Object wire) throws RefusedCallException {
        return item(wire, 0);
    }

    private static Map<String, Value> item(@Nullable Object wire, int level) throws RefusedCallException {
        if (!(wire instanceof Map<?, ?> map)) {
            throw RefusedCallException.invalid("attribute values must be an object");
        }
        var item = new LinkedHashMap<String, Value>();
        for (var entry : map.entrySet()) {
            item.put(String.valueOf(entry.getKey()), of(entry.getValue(), level));
        }
        return item;
    }

    /** The value that stands so on the wire, such as {@code {"S": "text"}}. */
    static Value of(@Nullable Object wire) throws RefusedCallException {
        return of(wire, 0);
    }

    private static Value of(@Nullable Object wire, int level) throws RefusedCallException {
        if (level >= MOST_LEVELS) {
            throw RefusedCallException.invalid("Nesting Levels have exceeded supported limits");
        }
        if (!(wire instanceof Map<?, ?> map) || map.size() != 1) {
            throw RefusedCallException.invalid("Supplied AttributeValue has more than one datatypes set, must contain"
                    + " exactly one of the supported datatypes");
        }
        var entry = map.entrySet().iterator().next();
        var type = String.valueOf(entry.getKey());
        var content = entry.getValue();
        return new Value(
                type,
                switch (type) {
                    case "S" -> text(content);
                    case "N" -> number(text(content));
                    case "B" -> hex(text(content));
                    case "BOOL", "NULL" -> truth(content);
                    case "L" -> list(content, level);
                    case "M" -> item(content, level + 1);
                    default -> throw RefusedCallException.invalid("the type `" + type + "` is not understood");
                });
    }

    private static String text(@Nullable Object content) throws RefusedCallException {
        if (content instanceof String text) {
            return text;
        }
        throw RefusedCallException.invalid("a value of this type is given as a string");
    }

    private static Boolean truth(@Nullable Object content) throws RefusedCallException {
        if (content instanceof Boolean truth) {
            return truth;
        }
        throw RefusedCallException.invalid("a value of this type is given as true or false");
    }

    private static List<Value> list(@Nullable Object content, int level) throws RefusedCallException {
        if (!(content instanceof List<?> parts)) {
            throw RefusedCallException.invalid("a value of this type is given as an array");
        }
        var list = new ArrayList<Value>();
        for (var part : parts) {
            list.add(of(part, level + 1));
        }
        return List.copyOf(list);
    }

    private static BigDecimal number(String text) throws RefusedCallException {
        BigDecimal number;
        try {
            number = new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) {
            throw RefusedCallException.invalid("The parameter cannot be converted to a numeric value: " + text);
        }
        if (number.precision() > MOST_DIGITS) {
            throw RefusedCallException.invalid("Attempting to store more than 38 significant digits in a Number");
        }
        var magnitude = number.abs();
        if (magnitude.compareTo(GREATEST) >= 0 || magnitude.signum() != 0 && magnitude.compareTo(LEAST) < 0) {
            throw RefusedCallException.invalid("Number overflow or underflow: " + text);
        }
        return number.signum() == 0 ? BigDecimal.ZERO : number;
    }

    private static String hex(String base64) throws RefusedCallException {
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw RefusedCallException.invalid("a binary value is given in Base64");
        }
    }

    /** As it stands on the wire. */
    Map<String, Object> wire() {
        return Collections.singletonMap(
                type,
                switch (type) {
                    case "N" -> ((BigDecimal) content).toPlainString();
                    case "B" ->
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex((String) content));
                    case "L" -> list().stream().map(Value::wire).toList();
                    case "M" -> wire(map());
                    default -> content;
                });
    }

    static Map<String, Object> wire(Map<String, Value> item) {
        var wire = new LinkedHashMap<String, Object>();
        item.forEach((name, value) -> wire.put(name, value.wire()));
        return wire;
    }

    @SuppressWarnings("unchecked")
    private List<Value> list() {
        return (List<Value>) content;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Value> map() {
        return (Map<String, Value>) content;
    }

    /** Whether values of its type have an order, and can be keys. */
    boolean scalar() {
        return type.equals("S") || type.equals("N") || type.equals("B");
    }

    boolean isText() {
        return type.equals("S");
    }

    /** The order that sort keys have: numbers by value, everything else by its bytes. Both have the same type. */
    int compareWith(Value other) {
        return content instanceof BigDecimal number
                ? number.compareTo((BigDecimal) other.content)
                : compareTexts((String) content, (String) other.content);
    }

    /** UTF-8 sorts as its code points do, and halves of surrogate pairs stand for the greatest of those. */
    private static int compareTexts(String left, String right) {
        var common = Math.min(left.length(), right.length());
        for (var i = 0; i < common; i++) {
            var a = left.charAt(i);
            var b = right.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    boolean beginsWith(Value start) {
        return type.equals(start.type) && scalar() && ((String) content).startsWith((String) start.content);
    }

    /** Whether a text holds another text, or a list an element. */
    boolean contains(Value part) {
        return switch (type) {
            case "S" -> part.isText() && ((String) content).contains((String) part.content);
            case "L" -> list().contains(part);
            default -> false;
        };
    }

    /** How many bytes it takes in an item: 1 for two digits of a number, 3 for a list or a map and 1 more for each of its parts. */
    long size() {
        return switch (type) {
            case "S" -> utf8((String) content);
            case "B" -> ((String) content).length() / 2;
            case "N" -> {
                var number = ((BigDecimal) content).round(new MathContext(MOST_DIGITS));
                yield (number.precision() + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
            }
            case "L" -> 3 + list().stream().mapToLong(part -> 1 + part.size()).sum();
            case "M" ->
                3
                        + map().entrySet().stream()
                                .mapToLong(part -> 1
                                        + utf8(part.getKey())
                                        + part.getValue().size())
                                .sum();
            default -> 1;
        };
    }

    /** The bytes that an item takes, its attributes' names included. */
    static long size(Map<String, Value> item) {
        return item.entrySet().stream()
                .mapToLong(entry -> utf8(entry.getKey()) + entry.getValue().size())
                .sum();
    }

    static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Its type as DynamoDB's messages call it. */
    String shown() {
        return type.toUpperCase(Locale.ROOT);
    }
}
