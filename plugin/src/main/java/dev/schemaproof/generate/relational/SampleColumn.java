package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * A column of an example that stands alone: of a type that every PostgreSQL has, and with two values that differ. What the
 * model or an extension would have to make first (enums, domains, native types) is replaced by what it is based on, or text.
 */
final class SampleColumn {

    private final String name;
    private final Attribute attribute;
    private final DataType type;
    private final List<String> labels;

    SampleColumn(Attribute attribute, Model model, BaseTypes types) {
        this.attribute = attribute;
        name = DIALECT.identifier(attribute.column().value());
        var base = types.of(attribute.type().value());
        labels = base instanceof DataType.Named named
                        && model.types().get(named.name()) instanceof TypeDefinition.Enumeration enumeration
                ? enumeration.labels().stream().map(Located::value).toList()
                : List.of();
        type = known(base);
    }

    private static DataType known(DataType base) {
        if (base instanceof DataType.Array array) {
            return new DataType.Array(known(array.element()));
        }
        return base instanceof DataType.Named || base instanceof DataType.Native || base instanceof DataType.Unreadable
                ? new DataType.Scalar(ScalarKind.TEXT)
                : base;
    }

    String name() {
        return name;
    }

    String definition() {
        return name + " " + DIALECT.type(type) + (attribute.optional() ? "" : " NOT NULL");
    }

    /**
     * One of two values.
     *
     * @param number 1 or 2
     */
    String value(int number) {
        return labels.size() >= 2 && !(type instanceof DataType.Array)
                ? DIALECT.literal(labels.get(number - 1))
                : value(type, number);
    }

    private String value(DataType of, int number) {
        if (of instanceof DataType.Array array) {
            return "ARRAY[" + value(array.element(), number) + "]::" + DIALECT.type(of);
        } else if (of instanceof DataType.Varying varying) {
            return text(varying.length(), number);
        } else if (of instanceof DataType.Fixed fixed) {
            return text(fixed.length(), number);
        } else if (of instanceof DataType.Decimal decimal) {
            return decimal.precision() > decimal.scale()
                    ? String.valueOf(number)
                    : BigDecimal.valueOf(number, Math.max(decimal.scale(), 0)).toPlainString();
        } else if (of instanceof DataType.Scalar scalar) {
            return value(scalar.kind(), number);
        }
        return text(Integer.MAX_VALUE, number);
    }

    private String value(ScalarKind kind, int number) {
        return switch (kind) {
            case TEXT -> text(Integer.MAX_VALUE, number);
            case UUID -> String.format(Locale.ROOT, "'00000000-0000-0000-0000-%012d'", number);
            case SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> String.valueOf(number);
            case BOOLEAN -> String.valueOf(number == 2);
            case DATE -> "'2026-01-0" + number + "'";
            case TIME -> "'0" + number + ":00'";
            case TIMESTAMP -> "'2026-01-0" + number + " 00:00'";
            case TIMESTAMPTZ -> "'2026-01-0" + number + " 00:00+00'";
            case INTERVAL -> "'" + number + " days'";
            case JSON -> "'{\"number\": " + number + "}'";
            case BYTES -> "'\\x0" + number + "'";
            case INET -> "'192.0.2." + number + "'";
        };
    }

    private String text(int length, int number) {
        var words = attribute.name().value() + " " + number;
        return DIALECT.literal(words.codePointCount(0, words.length()) <= length ? words : String.valueOf(number));
    }
}
