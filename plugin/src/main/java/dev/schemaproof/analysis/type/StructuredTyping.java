package dev.schemaproof.analysis.type;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.sql.Span;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import dev.schemaproof.sql.SqlName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Infers the types within the conditions of one structured access pattern, as those of the SQL that it becomes. */
final class StructuredTyping {

    private final Model model;
    private final TypeSystem types;
    private final StringBuilder sql = new StringBuilder();
    private final List<Written> written = new ArrayList<>();
    private final Map<SqlExpression.Column, SqlType> columns = new HashMap<>();

    /**
     * A condition as SQL.
     *
     * @param end where its text ends
     */
    private record Written(
            Condition condition, Attribute attribute, SqlExpression column, List<SqlExpression> operands, int end) {}

    StructuredTyping(Model model, TypeSystem types) {
        this.model = model;
        this.types = types;
    }

    /** What PostgreSQL would surely refuse in the conditions on an entity's rows. */
    List<FoundFlaw> flaws(AccessPattern pattern, List<Condition> conditions, Literals literals) {
        pattern.entityName()
                .flatMap(model::entity)
                .ifPresent(entity -> conditions.forEach(
                        condition -> attribute(entity, condition.attribute().value())
                                .ifPresent(attribute -> write(condition, attribute))));
        var typing = new Typing(types, literals, sql.toString(), column -> Optional.ofNullable(columns.get(column)));
        written.forEach(condition -> judge(condition, typing));
        return typing.flaws().stream()
                .map(flaw -> new FoundFlaw(
                        flaw.kind() == TypeFlaw.Kind.INCOMPATIBLE_TYPES
                                        && flaw.first().isEmpty()
                                ? flaw.withHelp("compare it with a value of its own type")
                                : flaw,
                        locate(flaw.span()),
                        flaw.first().map(this::locate),
                        pattern.name().value(),
                        types.store()))
                .toList();
    }

    private Location locate(Span span) {
        return written.stream()
                .filter(each -> span.begin() < each.end())
                .findFirst()
                .orElseThrow()
                .condition()
                .at();
    }

    private Optional<Attribute> attribute(Entity start, String path) {
        var names = path.split("\\.", -1);
        var entity = Optional.of(start);
        for (var i = 0; i < names.length - 1; i++) {
            var role = names[i];
            entity = entity.flatMap(from -> from.reference(role))
                    .map(Reference::entity)
                    .flatMap(name -> model.entity(name.value()));
        }
        return entity.flatMap(last -> last.attribute(names[names.length - 1]));
    }

    private void write(Condition condition, Attribute attribute) {
        var path = condition.attribute().value();
        var column = new SqlExpression.Column(List.of(), new SqlName(path, span(path)), span(path));
        sql.append(path);
        types.operand(attribute.type().value()).ifPresent(type -> columns.put(column, type));
        sql.append(' ').append(condition.operator().text());
        var operands = new ArrayList<SqlExpression>();
        for (var operand : condition.operands()) {
            sql.append(' ');
            operands.add(operand(operand));
        }
        sql.append('\n');
        written.add(new Written(condition, attribute, column, operands, sql.length()));
    }

    /** Where a text will stand. */
    private Span span(String text) {
        return new Span(sql.length(), sql.length() + text.length());
    }

    private SqlExpression operand(Operand operand) {
        String text;
        SqlExpression expression;
        if (operand instanceof Operand.Parameter parameter) {
            text = ":" + parameter.name();
            expression = new SqlExpression.Parameter(parameter.name(), span(text));
        } else if (operand instanceof Operand.Text given) {
            text = "'" + given.value() + "'";
            expression = new Literal(Literal.Kind.TEXT, given.value(), span(text));
        } else {
            text = ((Operand.Plain) operand).value();
            var kind = Character.isLetter(text.charAt(0)) ? Literal.Kind.BOOLEAN : Literal.Kind.NUMBER;
            expression = new Literal(kind, text, span(text));
        }
        sql.append(text);
        return expression;
    }

    private void judge(Written written, Typing typing) {
        var operands = written.operands();
        var column = written.column();
        var span = column.span();
        switch (written.condition().operator()) {
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, NOT_EQUAL ->
                typing.type(new SqlExpression.Operation(
                        written.condition().operator().text(), List.of(column, operands.get(0)), span));
            case BETWEEN ->
                typing.type(new SqlExpression.Between(column, operands.get(0), operands.get(1), false, false, span));
            case IN -> typing.type(in(column, operands));
            case STARTS_WITH -> typing.type(new SqlExpression.Operation("^@", List.of(column, operands.get(0)), span));
            case CONTAINS -> {
                var type = written.attribute().type().value();
                if (type instanceof DataType.Array array) {
                    types.of(array.element()).ifPresent(element -> wanted(operands.get(0), element, typing));
                } else if (!type.equals(new DataType.Scalar(ScalarKind.JSON))) {
                    typing.type(new SqlExpression.Operation("@>", List.of(column, operands.get(0)), span));
                }
            }
            case MATCHES -> wanted(operands.get(0), SqlType.TEXT, typing);
            case IS_NULL, IS_NOT_NULL -> {}
        }
    }

    /** One parameter stands for a list. */
    private static SqlExpression in(SqlExpression column, List<SqlExpression> operands) {
        return operands.size() == 1 && operands.get(0) instanceof SqlExpression.Parameter list
                ? new SqlExpression.Operation(
                        "=",
                        List.of(
                                column,
                                new SqlExpression.Quantified(false, Optional.of(list), Optional.empty(), list.span())),
                        column.span())
                : new SqlExpression.InValues(column, operands, false, column.span());
    }

    private static void wanted(SqlExpression operand, SqlType type, Typing typing) {
        if (typing.type(operand).type().filter(SqlType::isUnknown).isPresent()) {
            typing.literal(operand, type);
        }
    }
}
