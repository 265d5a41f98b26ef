package dev.schemaproof.dialect.postgresql;

import dev.schemaproof.dialect.Dialect;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL 15 to 18, which do not differ in what is asked here. */
public final class PostgresDialect implements Dialect {

    /** {@code NAMEDATALEN} of every build that is distributed, less the byte that ends a name. */
    public static final int MAX_IDENTIFIER_BYTES = 63;

    private static final Pattern LINE_END = Pattern.compile("\\R");

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public int maxIdentifierBytes() {
        return MAX_IDENTIFIER_BYTES;
    }

    @Override
    public String identifier(String name) {
        return isPlain(name) && !ReservedWords.contains(name) ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Whether PostgreSQL leaves it as it is without quotes, as in its function {@code quote_ident}, unless it is a keyword. */
    private static boolean isPlain(String name) {
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c == '_' || c >= '0' && c <= '9' && i > 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** A name in a SQL schema, or alone where that is whichever comes first on the search path. */
    public String qualified(Optional<Located<String>> schema, String name) {
        return schema.map(given -> identifier(given.value()) + ".").orElse("") + identifier(name);
    }

    /** The entity's table, qualified where the model says in which SQL schema it stands. */
    public String table(Entity entity) {
        return qualified(entity.relational().schema(), entity.table().value());
    }

    /** Several identifiers, separated by commas. */
    public String identifiers(List<String> names) {
        return String.join(", ", names.stream().map(this::identifier).toList());
    }

    /**
     * An escape string where the text holds a backslash, so that {@code standard_conforming_strings} does not matter, or a
     * carriage return, which no editor or checkout could then turn into something else.
     */
    @Override
    public String literal(String text) {
        var quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 && text.indexOf('\r') < 0
                ? quoted
                : "E" + quoted.replace("\\", "\\\\").replace("\r", "\\r");
    }

    @Override
    public String type(DataType type) {
        return type(type, Map.of());
    }

    /**
     * The type in PostgreSQL's words.
     *
     * @param types those that the model names, by name; one that stands in a SQL schema is qualified
     * @throws IllegalArgumentException for {@link DataType.Unreadable}, which has been reported when it was read
     */
    public String type(DataType type, Map<String, TypeDefinition> types) {
        if (type instanceof DataType.Scalar scalar) {
            return scalar(scalar.kind());
        } else if (type instanceof DataType.Varying varying) {
            return "varchar(" + varying.length() + ")";
        } else if (type instanceof DataType.Fixed fixed) {
            return "char(" + fixed.length() + ")";
        } else if (type instanceof DataType.Decimal decimal) {
            return "numeric(" + decimal.precision() + "," + decimal.scale() + ")";
        } else if (type instanceof DataType.Array array) {
            return type(array.element(), types) + "[]";
        } else if (type instanceof DataType.Named named) {
            return qualified(
                    Optional.ofNullable(types.get(named.name())).flatMap(TypeDefinition::schema), named.name());
        } else if (type instanceof DataType.Native verbatim) {
            return verbatim.text();
        }
        throw new IllegalArgumentException("what could not be read as a type has no SQL");
    }

    /** The word for a column of this type that a sequence of its own numbers; the type itself where there is none. */
    public String serial(String type) {
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "smallint", "int2" -> "smallserial";
            case "integer", "int", "int4" -> "serial";
            case "bigint", "int8" -> "bigserial";
            default -> type;
        };
    }

    private static String scalar(ScalarKind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case UUID -> "uuid";
            case SMALLINT -> "smallint";
            case INT -> "integer";
            case BIGINT -> "bigint";
            case FLOAT -> "real";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ -> "timestamptz";
            case INTERVAL -> "interval";
            case JSON -> "jsonb";
            case BYTES -> "bytea";
            case INET -> "inet";
        };
    }

    /** Whether a type of this name would never be found, as PostgreSQL has one itself and looks there first. */
    public boolean isBuiltInType(String name) {
        return BuiltInNames.isType(name);
    }

    /** Whether every table has a column of this name already. */
    public boolean isSystemColumn(String name) {
        return BuiltInNames.isSystemColumn(name);
    }

    /**
     * A tag for dollar quotes, without its dollars, that the body can neither end nor, with its last characters, run into.
     *
     * @param wanted the tag to take unless the body forbids it; letters only
     */
    public String dollarTag(String wanted, String body) {
        return Stream.iterate(1, n -> n + 1)
                .map(n -> n == 1 ? wanted : wanted + n)
                .filter(tag -> !body.contains("$" + tag))
                .findFirst()
                .orElseThrow();
    }

    /** A text as the lines of a comment, without the dashes: no line end of any kind is left that could end the comment. */
    public List<String> commentLines(String text) {
        return Arrays.stream(LINE_END.split(text.strip()))
                .map(String::stripTrailing)
                .toList();
    }
}
