package dev.schemaproof.output;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON whose every value knows its place, for files that people edit or merge.
 *
 * @param value a map or list of the same, a text, a number as {@link java.math.BigDecimal}, a truth value or null
 * @param line from 1
 * @param column in code points, from 1
 */
public record PlacedJson(@Nullable Object value, int line, int column) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * Reads a text.
     *
     * @throws SyntaxException when it is not JSON
     */
    public static PlacedJson read(String text) throws SyntaxException {
        var lines = text.split("\r\n|\r|\n", -1);
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() == null) {
                throw new SyntaxException("the file is empty", 1, 1);
            }
            var root = read(json, lines);
            if (json.nextToken() != null) {
                var at = json.currentTokenLocation();
                throw new SyntaxException("there is something behind the end", at.getLineNr(), column(at, lines));
            }
            return root;
        } catch (JacksonException e) {
            var at = e.getLocation();
            var known = at != null && at.getLineNr() > 0;
            throw new SyntaxException("this is no JSON", known ? at.getLineNr() : 1, known ? column(at, lines) : 1);
        }
    }

    private static PlacedJson read(JsonParser json, String[] lines) {
        var at = json.currentTokenLocation();
        return new PlacedJson(value(json, lines), at.getLineNr(), column(at, lines));
    }

    private static @Nullable Object value(JsonParser json, String[] lines) {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, PlacedJson>();
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    var key = json.currentName();
                    json.nextToken();
                    members.put(key, read(json, lines));
                }
                yield Collections.unmodifiableMap(members);
            }
            case START_ARRAY -> {
                var items = new ArrayList<PlacedJson>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(json, lines));
                }
                yield List.copyOf(items);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> json.getString();
        };
    }

    private static int column(TokenStreamLocation at, String[] lines) {
        if (at.getLineNr() > lines.length) {
            return 1;
        }
        var line = lines[at.getLineNr() - 1];
        return line.codePointCount(0, Math.min(Math.max(at.getColumnNr() - 1, 0), line.length())) + 1;
    }

    /** The members of an object; empty for everything else. */
    @SuppressWarnings("unchecked")
    public Optional<Map<String, PlacedJson>> members() {
        return value instanceof Map<?, ?> map ? Optional.of((Map<String, PlacedJson>) map) : Optional.empty();
    }

    /** What to throw when something is wrong with it. */
    SyntaxException flaw(String message) {
        return new SyntaxException(message, line, column);
    }

    /** A text that is not JSON, or not the JSON that it should be. */
    public static final class SyntaxException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        SyntaxException(String message, int line, int column) {
            super(message);
            this.line = line;
            this.column = column;
        }

        /** The line of the first character that can't be, from 1. */
        public int line() {
            return line;
        }

        /** Its column in code points, from 1. */
        public int column() {
            return column;
        }
    }
}
