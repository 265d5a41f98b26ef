package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.SqlType;
import dev.schemaproof.analysis.type.TypedText;
import dev.schemaproof.analysis.type.Volatility;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.dialect.postgresql.TypeNames;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the values that bounds of partitions stand for, and computes those that take little computing. */
final class BoundReader {

    private static final int ASCII = 128;
    private static final PostgresDialect POSTGRES = new PostgresDialect();

    private final Facts facts;

    BoundReader(Facts facts) {
        this.facts = facts;
    }

    /** The value that a text stands for in the place of a part of the entity's partition key. */
    BoundValue value(SourceText text, Index.Part part, Entity entity) {
        if (Partitioning.isLimit(text)) {
            return BoundValue.limit(
                    text.value().strip().equalsIgnoreCase("minvalue")
                            ? BoundValue.Rank.LEAST
                            : BoundValue.Rank.GREATEST);
        }
        var value = facts.sql()
                .expression(text)
                .flatMap(reading -> reading.parsed().tree())
                .map(tree -> value(tree, type(part, entity)))
                .orElseGet(BoundValue::unknown);
        return value.rank() == BoundValue.Rank.VALUE && value.identity().isEmpty() ? computed(text) : value;
    }

    /** The type of a part of a partition key, where it is known. */
    Optional<DataType> type(Index.Part part, Entity entity) {
        return part.attribute().isPresent()
                ? part.attribute()
                        .flatMap(entity::attribute)
                        .map(attribute ->
                                plain(facts.types().of(attribute.type().value())))
                : facts.typing()
                        .of(entity, part)
                        .filter(type -> !type.own())
                        .map(SqlType::name)
                        .map(DataType.Native::new)
                        .map(BoundReader::plain);
    }

    /** The language's own type where only the words are the database's. */
    private static DataType plain(DataType type) {
        var name = type instanceof DataType.Native written ? TypeNames.catalogName(written.text()) : Optional.empty();
        return Stream.of(ScalarKind.values())
                .<DataType>map(DataType.Scalar::new)
                .filter(scalar -> name.equals(TypeNames.catalogName(POSTGRES.type(scalar))))
                .findFirst()
                .orElse(type);
    }

    /** What gives the same all through a transaction gives one value wherever it stands, as all partitions are made in one. */
    private BoundValue computed(SourceText text) {
        return facts.typing()
                .text(text)
                .filter(typed -> typed.typed().volatility() == Volatility.IMMUTABLE || isOfTheMoment(typed))
                .map(typed -> BoundValue.unsorted(List.of(text.value().strip())))
                .orElseGet(BoundValue::unknown);
    }

    /** Whether all its functions are known, and none gives another value each time. */
    private static boolean isOfTheMoment(TypedText text) {
        return text.tree()
                .walk()
                .allMatch(node -> node.query().isEmpty()
                        && !(node instanceof SqlExpression.Opaque)
                        && (!(node instanceof SqlExpression.Call call) || isStable(call.function(), text)));
    }

    private static boolean isStable(String function, TypedText text) {
        var routines = text.types().catalog().routines(function);
        return !routines.isEmpty() && routines.stream().allMatch(routine -> "is".indexOf(routine.volatility()) >= 0);
    }

    /** The value of an expression without columns, taken for one of the type. */
    BoundValue value(SqlExpression expression, Optional<DataType> type) {
        var moment = type.flatMap(known -> Moment.of(expression, known));
        if (moment.isPresent()) {
            return moment.get().value(facts.today());
        } else if (expression instanceof Literal literal) {
            return literal.kind() == Literal.Kind.NULL
                    ? BoundValue.limit(BoundValue.Rank.NULL)
                    : constant(literal, type);
        } else if (expression instanceof SqlExpression.Cast cast) {
            var operand = value(cast.operand(), type);
            return operand.rank() == BoundValue.Rank.NULL || isKept(cast, type) ? operand : BoundValue.unknown();
        } else if (expression instanceof SqlExpression.Operation operation) {
            return operation(operation, type);
        } else if (expression instanceof SqlExpression.Not not) {
            return value(not.operand(), type)
                    .order()
                    .flatMap(order ->
                            order instanceof Boolean truth ? Optional.of(BoundValue.ordered(!truth)) : Optional.empty())
                    .orElseGet(BoundValue::unknown);
        } else if (expression instanceof SqlExpression.Call call) {
            return call(call, type);
        } else if (expression instanceof SqlExpression.Form form
                && form.form().equals("array")
                && type.orElse(null) instanceof DataType.Array array) {
            return elements(form.parts().stream()
                    .map(part -> value(part, Optional.of(plain(array.element()))))
                    .toList());
        }
        return BoundValue.unknown();
    }

    /** Whether the cast leaves what is read as a value of the type as it is. */
    private static boolean isKept(SqlExpression.Cast cast, Optional<DataType> type) {
        var name = type.filter(known -> !(known instanceof DataType.Unreadable))
                .flatMap(known -> TypeNames.catalogName(POSTGRES.type(known)));
        return name.isPresent()
                && name.equals(TypeNames.catalogName(cast.type()))
                // A length or a scale of its own would change it
                && (cast.type().indexOf('(') < 0 || cast.type().equals(POSTGRES.type(type.orElseThrow())))
                && (!name.get().equals("money")
                        || !(cast.operand() instanceof Literal literal)
                        || literal.kind() != Literal.Kind.NUMBER
                        || literal.value().matches("[0-9]+"));
    }

    private BoundValue operation(SqlExpression.Operation operation, Optional<DataType> type) {
        var operands = operation.operands();
        if (operation.operator().equals("-")
                && operands.size() == 1
                && operands.get(0) instanceof Literal literal
                && literal.kind() == Literal.Kind.NUMBER) {
            return constant(new Literal(Literal.Kind.NUMBER, "-" + literal.value(), literal.span()), type);
        }
        var sum = sum(operation);
        var text = joined(operation, type);
        if (text.isPresent()) {
            return constant(new Literal(Literal.Kind.TEXT, text.get(), operation.span()), type);
        }
        return sum.isPresent()
                ? constant(new Literal(Literal.Kind.NUMBER, sum.get().toPlainString(), operation.span()), type)
                : BoundValue.unknown();
    }

    /** Two texts put together, where a text is wanted. */
    private static Optional<String> joined(SqlExpression.Operation operation, Optional<DataType> type) {
        return operation.operator().equals("||")
                        && operation.operands().size() == 2
                        && type.filter(BoundReader::isText).isPresent()
                ? text(operation.operands().get(0))
                        .flatMap(one -> text(operation.operands().get(1)).map(one::concat))
                : Optional.empty();
    }

    private static Optional<String> text(SqlExpression expression) {
        return expression instanceof Literal literal && literal.kind() == Literal.Kind.TEXT
                ? Optional.of(literal.value())
                : Optional.empty();
    }

    private static boolean isText(DataType type) {
        return type instanceof DataType.Varying || type.equals(new DataType.Scalar(ScalarKind.TEXT));
    }

    /** A sum, difference or product of whole numbers. */
    private static Optional<BigDecimal> sum(SqlExpression expression) {
        if (expression instanceof Literal literal) {
            return literal.kind() == Literal.Kind.NUMBER && literal.value().matches("[0-9]{1,9}")
                    ? Optional.of(new BigDecimal(literal.value()))
                    : Optional.empty();
        } else if (expression instanceof SqlExpression.Operation operation
                && operation.operands().size() == 2) {
            return sum(operation.operands().get(0))
                    .flatMap(one -> sum(operation.operands().get(1)).flatMap(other -> switch (operation.operator()) {
                        case "+" -> Optional.of(one.add(other));
                        case "-" -> Optional.of(one.subtract(other));
                        case "*" -> Optional.of(one.multiply(other));
                        default -> Optional.empty();
                    }));
        }
        return Optional.empty();
    }

    private BoundValue call(SqlExpression.Call call, Optional<DataType> type) {
        var texts = call.arguments().stream()
                .map(argument -> argument instanceof Literal literal && literal.kind() != Literal.Kind.NULL
                        ? literal.value()
                        : "")
                .toList();
        if (call.function().equals("decode")
                && texts.size() == 2
                && texts.get(1).equals("hex")) {
            return ConstantText.bytes("\\x" + texts.get(0));
        }
        var computed = ofText(call);
        if (computed.isPresent()) {
            return constant(computed.get(), type);
        }
        var ranges = type.flatMap(known -> TypeNames.catalogName(POSTGRES.type(known)))
                .filter(name -> name.equals(call.function()) && ConstantText.isRange(name));
        return ranges.isPresent() && texts.size() == 2
                ? ConstantText.range("[" + String.join(",", texts) + ")")
                : BoundValue.unknown();
    }

    /** What some functions make of a text that every locale treats alike: Turkish has an i of its own. */
    private static Optional<Literal> ofText(SqlExpression.Call call) {
        var argument = call.arguments().size() == 1 ? text(call.arguments().get(0)) : Optional.<String>empty();
        return argument.filter(text ->
                        text.chars().allMatch(character -> character < ASCII && character != 'i' && character != 'I'))
                .flatMap(text -> switch (call.function()) {
                    case "lower" ->
                        Optional.of(new Literal(Literal.Kind.TEXT, text.toLowerCase(Locale.ROOT), call.span()));
                    case "upper" ->
                        Optional.of(new Literal(Literal.Kind.TEXT, text.toUpperCase(Locale.ROOT), call.span()));
                    case "length" ->
                        Optional.of(new Literal(Literal.Kind.NUMBER, String.valueOf(text.length()), call.span()));
                    default -> Optional.empty();
                });
    }

    /** Arrays are sorted by their first elements that differ, and the shorter comes first. */
    private static BoundValue elements(List<BoundValue> elements) {
        var orders = new ArrayList<Comparable<?>>();
        elements.forEach(element -> element.order().ifPresent(orders::add));
        if (orders.size() == elements.size()
                && orders.stream().map(Object::getClass).distinct().count() < 2) {
            return BoundValue.ordered(new ConstantText.Elements(orders));
        }
        return elements.stream().allMatch(element -> element.identity().isPresent())
                ? BoundValue.unsorted(elements.stream()
                        .map(element -> element.identity().orElseThrow())
                        .toList())
                : BoundValue.unknown();
    }

    private BoundValue constant(Literal literal, Optional<DataType> type) {
        var read = type.map(known -> constant(literal.value(), known)).orElseGet(BoundValue::unknown);
        // Of whatever type, equal texts are equal values
        return read.identity().isPresent() ? read : read.with(List.of(literal.kind(), literal.value()));
    }

    private BoundValue constant(String text, DataType type) {
        if (type instanceof DataType.Named named
                && facts.model().types().get(named.name()) instanceof TypeDefinition.Enumeration labels) {
            var place = labels.labels().stream().map(Located::value).toList().indexOf(text);
            return place < 0 ? BoundValue.unknown() : BoundValue.ordered(place);
        } else if (type instanceof DataType.Array array) {
            return ConstantText.elements(text)
                    .map(parts -> elements(parts.stream()
                            .map(part -> constant(part, plain(array.element())))
                            .toList()))
                    .orElseGet(BoundValue::unknown);
        }
        return ConstantText.value(text, type);
    }
}
