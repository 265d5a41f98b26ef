package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyFormat;
import dev.schemaproof.analysis.keyvalue.StorageType;
import dev.schemaproof.analysis.keyvalue.ValueType;
import dev.schemaproof.model.DataType;
import dev.schemaproof.output.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values of rows as DynamoDB stores them. In a row every value is a text: lists and documents are JSON there, bytes are hexadecimal
 * digits behind {@code \x}.
 */
final class WireValues {

    private WireValues() {}

    /** A value on the wire, such as {@code {"S": "text"}}; nothing where the format can't write it. */
    static Optional<Map<String, Object>> of(StorageType type, ValueType value, KeyFormat format, String text) {
        return content(type, value, format, text).map(content -> Collections.singletonMap(type.name(), content));
    }

    /** What stands behind the letters of the type. */
    static Optional<Object> content(StorageType type, ValueType value, KeyFormat format, String text) {
        return switch (type) {
            case S, N -> format.write(value, text).map(written -> written);
            case BOOL -> Optional.of(Boolean.valueOf(text));
            case B -> Optional.of(base64(text));
            case L ->
                Optional.of(list(text).stream()
                        .map(element -> element(value.declared(), element))
                        .toList());
            case M -> Optional.of(document(text));
        };
    }

    static String base64(String bytes) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(bytes.substring(2)));
    }

    private static Map<String, Object> element(DataType list, String text) {
        var type = list instanceof DataType.Array array ? array.element() : list;
        if (type instanceof DataType.Decimal) {
            return Map.of("N", text);
        }
        if (type instanceof DataType.Scalar scalar) {
            return switch (scalar.kind()) {
                case SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> Map.of("N", text);
                case BOOLEAN -> Map.of("BOOL", Boolean.valueOf(text));
                case BYTES -> Map.of("B", base64(text));
                default -> Map.of("S", text);
            };
        }
        return Map.of("S", text);
    }

    /** A list as the text of a value. */
    static String listText(List<String> elements) {
        return elements.stream().map(Json::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    /** The elements of a list that is the text of a value. */
    static List<String> list(String text) {
        return Json.read(text) instanceof List<?> parts
                ? parts.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<String, Object> document(String text) {
        return Json.read(text) instanceof Map<?, ?> map ? members(map) : Map.of();
    }

    private static Map<String, Object> members(Map<?, ?> map) {
        var members = new LinkedHashMap<String, Object>();
        map.forEach((name, part) -> members.put(String.valueOf(name), part(part)));
        return members;
    }

    private static Map<String, Object> part(@Nullable Object part) {
        if (part instanceof Map<?, ?> map) {
            return Map.of("M", members(map));
        } else if (part instanceof List<?> list) {
            return Map.of("L", list.stream().map(WireValues::part).toList());
        } else if (part instanceof BigDecimal number) {
            return Map.of("N", number.toPlainString());
        } else if (part instanceof Boolean truth) {
            return Map.of("BOOL", truth);
        }
        return part == null ? Map.of("NULL", true) : Map.of("S", String.valueOf(part));
    }

    /** The same value in one spelling: numbers without zeros that say nothing, so that two items can be compared. */
    static @Nullable Object normal(@Nullable Object wire) {
        if (wire instanceof Map<?, ?> map) {
            var result = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((name, part) -> result.put(
                    String.valueOf(name),
                    name.equals("N") && part instanceof String number ? plain(number) : normal(part)));
            return result;
        }
        return wire instanceof List<?> list
                ? list.stream().map(WireValues::normal).toList()
                : wire;
    }

    private static String plain(String number) {
        var value = new BigDecimal(number);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /**
     * How DynamoDB sorts two values of a key.
     *
     * @return negative, positive, or zero where they are equal, and where one is absent
     */
    static int compare(Map<?, ?> left, Map<?, ?> right) {
        if (left.get("N") instanceof String low && right.get("N") instanceof String high) {
            return new BigDecimal(low).compareTo(new BigDecimal(high));
        }
        if (left.get("B") instanceof String low && right.get("B") instanceof String high) {
            return Arrays.compareUnsigned(
                    Base64.getDecoder().decode(low), Base64.getDecoder().decode(high));
        }
        return left.get("S") instanceof String low && right.get("S") instanceof String high
                ? Arrays.compare(low.codePoints().toArray(), high.codePoints().toArray())
                : 0;
    }

    /** An item in that spelling. */
    static Map<String, @Nullable Object> normalItem(Map<String, ?> item) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        item.forEach((name, value) -> result.put(name, normal(value)));
        return result;
    }
}
