package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlExpression.Literal;
import dev.schemaproof.sql.SqlExpression.Literal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.ArrayExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.CollateExpression;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExtractExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.HexValue;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
import net.sf.jsqlparser.expression.JsonExpression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.RowConstructor;
import net.sf.jsqlparser.expression.RowGetExpression;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.expression.TimezoneExpression;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.jspecify.annotations.Nullable;

/** Turns the library's names, constants, calls and other values into ours. */
final class ValueConverter {

    /** Words that look like columns and are values. */
    private static final Set<String> VALUE_WORDS = Set.of(
            "current_catalog",
            "current_role",
            "current_schema",
            "current_user",
            "localtime",
            "localtimestamp",
            "session_user",
            "system_user",
            "user",
            "current_date",
            "current_time",
            "current_timestamp");

    private final SqlText text;
    private final ExpressionConverter core;

    private ValueConverter(SqlText text, ExpressionConverter core) {
        this.text = text;
        this.core = core;
    }

    /** Teaches the converter of all expressions those of values. */
    static void teach(SqlText text, ExpressionConverter core) {
        new ValueConverter(text, core).register();
    }

    private void register() {
        core.on(Column.class, this::column);
        core.on(AllColumns.class, star -> new SqlExpression.Star(Optional.empty(), core.place(star)));
        core.on(AllTableColumns.class, this::tableStar);
        core.on(JdbcNamedParameter.class, parameter -> parameter(core.place(parameter)));
        core.on(LongValue.class, this::number);
        core.on(DoubleValue.class, this::number);
        core.on(HexValue.class, this::number);
        core.on(StringValue.class, this::string);
        core.on(
                BooleanValue.class,
                value -> new Literal(Kind.BOOLEAN, String.valueOf(value.getValue()), core.place(value)));
        core.on(NullValue.class, value -> new Literal(Kind.NULL, "null", core.place(value)));
        core.on(SignedExpression.class, this::signed);
        core.on(ExpressionList.class, this::row);
        core.on(ParenthesedExpressionList.class, this::parentheses);
        core.on(RowConstructor.class, this::row);
        core.on(Function.class, this::call);
        core.on(AnalyticExpression.class, this::window);
        core.on(TimeKeyExpression.class, this::timeKey);
        core.on(DateUnitExpression.class, this::unit);
        core.on(CastExpression.class, this::cast);
        core.on(DateTimeLiteralExpression.class, this::dateTime);
        core.on(IntervalExpression.class, this::interval);
        core.on(CaseExpression.class, this::caseOf);
        core.on(
                ExtractExpression.class,
                extract -> core.form(
                        "extract " + extract.getName().toLowerCase(Locale.ROOT), extract, extract.getExpression()));
        core.on(
                TrimFunction.class,
                trim -> core.form(
                        "trim "
                                + Objects.toString(trim.getTrimSpecification(), "both")
                                        .toLowerCase(Locale.ROOT),
                        trim,
                        trim.getExpression(),
                        trim.getFromExpression()));
        core.on(TimezoneExpression.class, this::timeZone);
        core.on(CollateExpression.class, this::collate);
        core.on(ArrayConstructor.class, array -> core.form("array", array, array.getExpressions()));
        core.on(
                ArrayExpression.class,
                array -> core.form(
                        "[]",
                        array,
                        array.getObjExpression(),
                        array.getIndexExpression(),
                        array.getStartIndexExpression(),
                        array.getStopIndexExpression()));
        core.on(RowGetExpression.class, field -> core.form("." + field.getColumnName(), field, field.getExpression()));
        core.on(JsonExpression.class, this::json);
    }

    /** The library takes {@code day} and the like for a unit wherever it stands by itself; to PostgreSQL it is a name there. */
    private SqlExpression unit(DateUnitExpression unit) {
        var span = core.place(unit);
        var first = text.indexAt(span.begin());
        return span.equals(Span.NOWHERE) || !text.isNameAt(first)
                ? new SqlExpression.Opaque("this name", span)
                : new SqlExpression.Column(List.of(), text.nameAt(first), span);
    }

    private SqlExpression column(Column column) {
        var span = core.place(column);
        var first = text.indexAt(span.begin());
        if (!span.equals(Span.NOWHERE) && text.tokens().get(first).is(SqlToken.Kind.PARAMETER)) {
            return parameter(text.tokens().get(first).span());
        }
        if (span.equals(Span.NOWHERE) || !text.isNameAt(first)) {
            return new SqlExpression.Opaque("this name", span);
        }
        var names = new ArrayList<SqlName>();
        names.add(text.nameAt(first));
        for (var i = first + 1; text.isAt(i, ".") && text.isNameAt(i + 1); i += 2) {
            names.add(text.nameAt(i + 1));
        }
        var name = names.remove(names.size() - 1);
        if (names.isEmpty() && text.tokens().get(first).is(SqlToken.Kind.WORD)) {
            if (VALUE_WORDS.contains(name.value())) {
                return new SqlExpression.Call(name.value(), List.of(), List.of(), false, span);
            } else if ("default".equals(name.value())) {
                return new SqlExpression.Form("default", List.of(), span);
            }
        }
        if (column.getArrayConstructor() == null) {
            return new SqlExpression.Column(names, name, span);
        }
        var parts = new ArrayList<SqlExpression>();
        parts.add(new SqlExpression.Column(
                names, name, new Span(span.begin(), name.span().end())));
        parts.addAll(core.convertAll(column.getArrayConstructor().getExpressions()));
        return new SqlExpression.Form("[]", parts, span);
    }

    private SqlExpression tableStar(AllTableColumns star) {
        var span = core.place(star);
        var names = text.within(span).stream().filter(SqlToken::isName).toList();
        var table = names.isEmpty()
                ? Optional.<SqlName>empty()
                : Optional.of(
                        text.nameAt(text.indexAt(names.get(names.size() - 1).begin())));
        return new SqlExpression.Star(table, span);
    }

    private SqlExpression parameter(Span span) {
        return new SqlExpression.Parameter(span.of(text.sql()).substring(1).strip(), span);
    }

    private SqlExpression number(Expression number) {
        var span = core.place(number);
        return new Literal(Kind.NUMBER, span.equals(Span.NOWHERE) ? number.toString() : span.of(text.sql()), span);
    }

    private SqlExpression string(StringValue string) {
        var index = text.indexAt(core.place(string).begin());
        var token = text.tokens().get(Math.min(index, text.tokens().size() - 1));
        return token.is(SqlToken.Kind.STRING)
                ? new Literal(Kind.TEXT, text.literal(token), token.span())
                : new Literal(Kind.TEXT, token.text(text.sql()).toUpperCase(Locale.ROOT), token.span());
    }

    private SqlExpression signed(SignedExpression signed) {
        var operand = core.convert(signed.getExpression());
        var span = Places.of(signed, List.of(operand));
        var token = text.tokens().get(text.indexAt(span.begin()));
        var operator = token.is(SqlToken.Kind.OPERATOR) ? token.text(text.sql()) : String.valueOf(signed.getSign());
        if (operand instanceof Literal literal && literal.kind() == Kind.NUMBER && "+-".contains(operator)) {
            return new Literal(Kind.NUMBER, ("-".equals(operator) ? "-" : "") + literal.value(), span);
        }
        return new SqlExpression.Operation(operator, List.of(operand), span);
    }

    private SqlExpression parentheses(ExpressionList<?> list) {
        return list.size() == 1 ? core.convert(list.get(0)) : row(list);
    }

    private SqlExpression row(ExpressionList<?> list) {
        var values = core.convertAll(list);
        return new SqlExpression.Row(values, Places.of(list, values));
    }

    private SqlExpression call(Function function) {
        var arguments = Stream.concat(
                        core.convertAll(function.getParameters()).stream(),
                        core.convertAll(function.getNamedParameters()).stream())
                .map(this::argument)
                .toList();
        return new SqlExpression.Call(
                functionName(core.place(function)),
                arguments,
                sortKeys(function.getOrderByElements()),
                false,
                core.place(function));
    }

    /** The library isn't shown the names of arguments. */
    private SqlExpression argument(SqlExpression value) {
        return text.argumentName(value.span().begin())
                .<SqlExpression>map(name -> new SqlExpression.Form(name + " =>", List.of(value), value.span()))
                .orElse(value);
    }

    private List<SqlExpression> sortKeys(@Nullable List<OrderByElement> keys) {
        return keys == null
                ? List.of()
                : keys.stream().map(key -> core.convert(key.getExpression())).toList();
    }

    /** The names before the first bracket. */
    private String functionName(Span span) {
        var name = new StringBuilder();
        for (var i = text.indexAt(span.begin()); i < text.tokens().size() && !text.isAt(i, "("); i++) {
            name.append(
                    text.isNameAt(i)
                            ? text.nameAt(i).value()
                            : text.tokens().get(i).text(text.sql()));
        }
        return name.toString();
    }

    private SqlExpression window(AnalyticExpression window) {
        var arguments = Stream.of(window.getExpression(), window.getOffset(), window.getDefaultValue())
                .filter(Objects::nonNull)
                .map(core::convert)
                .toList();
        var modifiers = new ArrayList<SqlExpression>(core.convertAll(window.getPartitionExpressionList()));
        modifiers.addAll(sortKeys(window.getOrderByElements()));
        modifiers.addAll(sortKeys(window.getFuncOrderBy()));
        if (window.getFilterExpression() != null) {
            modifiers.add(core.convert(window.getFilterExpression()));
        }
        return new SqlExpression.Call(
                functionName(core.place(window)),
                arguments,
                modifiers,
                window.getType() != AnalyticType.FILTER_ONLY,
                core.place(window));
    }

    private SqlExpression timeKey(TimeKeyExpression key) {
        var name = key.getStringValue().replace("()", "").toLowerCase(Locale.ROOT);
        return new SqlExpression.Call(name, List.of(), List.of(), false, core.place(key));
    }

    /** {@code operand::type}, {@code cast(operand as type)} or {@code type 'text'}. */
    private SqlExpression cast(CastExpression cast) {
        var operand = core.convert(cast.getLeftExpression());
        var span = Places.of(cast, List.of(operand));
        if (cast.isImplicitCast()) {
            return new SqlExpression.Cast(operand, text.typeAt(text.indexAt(span.begin())), span);
        }
        // Brackets around the operand belong to no node
        var i = text.indexAt(operand.span().end());
        while (text.isAt(i, ")")) {
            i++;
        }
        var known = text.isAt(i, "::") || text.isAt(i, "as");
        var type = known ? text.typeAt(i + 1) : cast.getColDataType().toString().toLowerCase(Locale.ROOT);
        // A cast within a cast has no place of its own, and what follows begins behind its type
        var end = known ? text.tokens().get(i + 1).end() : span.end();
        return new SqlExpression.Cast(operand, type, span.to(new Span(span.begin(), Math.max(end, span.end()))));
    }

    private SqlExpression dateTime(DateTimeLiteralExpression literal) {
        var span = core.place(literal);
        return new SqlExpression.Cast(lastString(span), literal.getType().name().toLowerCase(Locale.ROOT), span);
    }

    private SqlExpression interval(IntervalExpression interval) {
        var span = core.place(interval);
        return interval.getExpression() == null
                ? new SqlExpression.Cast(lastString(span), "interval", span)
                : core.form("interval", interval, interval.getExpression());
    }

    private Literal lastString(Span span) {
        return text.within(span).stream()
                .filter(token -> token.is(SqlToken.Kind.STRING))
                .reduce((first, second) -> second)
                .map(token -> new Literal(Kind.TEXT, text.literal(token), token.span()))
                .orElseGet(() -> new Literal(Kind.TEXT, span.of(text.sql()), span));
    }

    private SqlExpression caseOf(CaseExpression expression) {
        var parts = new ArrayList<SqlExpression>();
        if (expression.getSwitchExpression() != null) {
            parts.add(core.convert(expression.getSwitchExpression()));
        }
        for (var branch : expression.getWhenClauses()) {
            parts.add(core.convert(branch.getWhenExpression()));
            parts.add(core.convert(branch.getThenExpression()));
        }
        if (expression.getElseExpression() != null) {
            parts.add(core.convert(expression.getElseExpression()));
        }
        var shape = (expression.getSwitchExpression() == null ? "case" : "case of")
                + (expression.getElseExpression() == null ? "" : " else");
        return new SqlExpression.Form(shape, parts, Places.of(expression, parts));
    }

    private SqlExpression timeZone(TimezoneExpression expression) {
        var parts = new ArrayList<SqlExpression>();
        parts.add(core.convert(expression.getLeftExpression()));
        parts.addAll(core.convertAll(expression.getTimezoneExpressions()));
        return new SqlExpression.Form("at time zone", parts, Places.of(expression, parts));
    }

    private SqlExpression collate(CollateExpression expression) {
        var operand = core.convert(expression.getLeftExpression());
        var span = Places.of(expression, List.of(operand));
        var names = text.within(span).stream().filter(SqlToken::isName).toList();
        var name = names.isEmpty()
                ? expression.getCollate()
                : text.nameAt(text.indexAt(names.get(names.size() - 1).begin())).value();
        return new SqlExpression.Form("collate " + name, List.of(operand), span);
    }

    private SqlExpression json(JsonExpression json) {
        var left = core.convert(json.getExpression());
        for (var step : json.getIdentList()) {
            var right = core.convert(step.getKey());
            left = new SqlExpression.Operation(
                    step.getValue(), List.of(left, right), left.span().to(right.span()));
        }
        return left;
    }
}
