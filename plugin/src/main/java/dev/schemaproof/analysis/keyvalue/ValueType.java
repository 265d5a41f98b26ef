package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What the values of an attribute are like when they are written as text, named types followed to their end.
 *
 * @param kind the kind of value
 * @param declared the type as the model has it
 * @param shape the texts of its values without a format; empty text never occurs in a key
 * @param digits of a whole number, the most digits that its type and its checks allow
 * @param labels of an enumeration, its labels
 */
public record ValueType(Kind kind, DataType declared, Shape shape, int digits, List<String> labels) {

    private static final int UUID_GROUP = 4;

    public ValueType {
        labels = List.copyOf(labels);
    }

    /** The kinds of values, as far as keys tell them apart. */
    public enum Kind {
        TEXT,
        ENUMERATION,
        UUID,
        INTEGER,
        DECIMAL,
        FLOAT,
        BOOLEAN,
        DATE,
        TIME,
        TIMESTAMP,
        INET,
        BYTES,
        /** Lists, documents, intervals and what only one database knows: nothing that a key could be made of. */
        OTHER,
        /** What could not be read; it has been reported. */
        UNKNOWN;

        /** Whether it is a number. */
        public boolean numeric() {
            return this == INTEGER || this == DECIMAL || this == FLOAT;
        }
    }

    /** Whether a text is one of its values as far as their form is known; an empty text is not, as it is in no key. */
    public boolean allows(String text) {
        return Automaton.of(List.of(shape)).accepts(text);
    }

    /** Whether every character of its texts sorts behind the given one. */
    public boolean sortsBehind(char other) {
        return shape.characters().least().orElse(Character.MAX_CODE_POINT) > other;
    }

    /** Whether the character may be in its texts. */
    public boolean mayHold(char other) {
        return shape.characters().contains(other);
    }

    /** Texts of its form, as different as chance makes them; fewer where there are not so many. */
    public Set<String> texts(SplittableRandom random, int count) {
        return RandomText.in(Automaton.of(List.of(shape.loose())), random, count).stream()
                .filter(this::allows)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The type of the entity's attribute. */
    static ValueType of(Model model, BaseTypes types, Entity entity, Attribute attribute) {
        var checks = new ArrayList<String>();
        attribute.check().map(SourceText::value).ifPresent(checks::add);
        entity.checks().values().forEach(check -> checks.add(check.expression().value()));
        var type = attribute.type().value();
        var base = of(model, types.of(type), attribute.column().value(), checks);
        if (base.kind != Kind.TEXT) {
            return base;
        }
        var shape = base.shape;
        for (var domain : types.own().domains(type)) {
            var own = domain.check().map(SourceText::value).stream().toList();
            shape = TextCheck.narrow(shape, "value", own);
        }
        return new ValueType(Kind.TEXT, type, shape, 0, List.of());
    }

    /** Of a type that is no domain. */
    private static ValueType of(Model model, DataType type, String name, List<String> checks) {
        if (type instanceof DataType.Named named
                && model.types().get(named.name()) instanceof TypeDefinition.Enumeration enumeration) {
            var labels = enumeration.labels().stream().map(Located::value).toList();
            return new ValueType(Kind.ENUMERATION, type, Shape.oneOf(labels), 0, labels);
        }
        if (type instanceof DataType.Varying varying) {
            return text(type, Shape.some(CharacterSet.ANY, 1, Math.max(1, varying.length())), name, checks);
        }
        if (type instanceof DataType.Fixed fixed) {
            // Padding is no part of the value
            return text(type, Shape.some(CharacterSet.ANY, 1, Math.max(1, fixed.length())), name, checks);
        }
        if (type instanceof DataType.Decimal decimal) {
            return decimal.scale() == 0
                    ? integer(type, NumberCheck.digits(name, checks, decimal.precision()))
                    : plain(Kind.DECIMAL, type, decimal(decimal.precision() - decimal.scale(), decimal.scale()));
        }
        if (type instanceof DataType.Scalar scalar) {
            return scalar(scalar, name, checks);
        }
        return plain(type instanceof DataType.Unreadable ? Kind.UNKNOWN : Kind.OTHER, type, Shape.anyText());
    }

    private static ValueType scalar(DataType.Scalar type, String name, List<String> checks) {
        return switch (type.kind()) {
            case TEXT -> text(type, Shape.anyText(), name, checks);
            case UUID -> plain(Kind.UUID, type, uuid());
            case SMALLINT -> integer(type, NumberCheck.digits(name, checks, 5));
            case INT -> integer(type, NumberCheck.digits(name, checks, 10));
            case BIGINT -> integer(type, NumberCheck.digits(name, checks, 19));
            case FLOAT, DOUBLE ->
                plain(Kind.FLOAT, type, decimal(Shape.LONGEST_COUNTED + 1, Shape.LONGEST_COUNTED + 1));
            case BOOLEAN -> plain(Kind.BOOLEAN, type, Shape.oneOf(List.of("false", "true")));
            case DATE -> plain(Kind.DATE, type, DatePattern.DATE.shape());
            case TIME -> plain(Kind.TIME, type, DatePattern.TIME.shape());
            case TIMESTAMP, TIMESTAMPTZ -> plain(Kind.TIMESTAMP, type, DatePattern.ISO.shape());
            case INET -> plain(Kind.INET, type, Shape.some(CharacterSet.of("0123456789abcdef.:/"), 1, 43));
            case BYTES -> plain(Kind.BYTES, type, Shape.anyText());
            case INTERVAL, JSON -> plain(Kind.OTHER, type, Shape.anyText());
        };
    }

    private static ValueType text(DataType type, Shape shape, String name, List<String> checks) {
        return plain(Kind.TEXT, type, TextCheck.narrow(shape, name, checks));
    }

    private static ValueType integer(DataType type, int digits) {
        return new ValueType(Kind.INTEGER, type, Shape.integer(digits), digits, List.of());
    }

    private static ValueType plain(Kind kind, DataType type, Shape shape) {
        return new ValueType(kind, type, shape, 0, List.of());
    }

    private static Shape uuid() {
        var hex = CharacterSet.DIGITS.union(CharacterSet.between('a', 'f'));
        var group = Shape.sequence(Shape.literal("-"), Shape.some(hex, UUID_GROUP, UUID_GROUP));
        return Shape.sequence(Shape.some(hex, 8, 8), group, group, group, Shape.literal("-"), Shape.some(hex, 12, 12));
    }

    private static Shape decimal(int whole, int fraction) {
        var before = whole > 0 ? Shape.natural(whole) : Shape.literal("0");
        var sign = Shape.optional(Shape.literal("-"));
        return fraction > 0
                ? Shape.sequence(
                        sign,
                        before,
                        Shape.optional(Shape.sequence(
                                Shape.literal("."),
                                Shape.some(CharacterSet.DIGITS, 0, fraction - 1),
                                new Shape.One(CharacterSet.between('1', '9')))))
                : Shape.sequence(sign, before);
    }
}
