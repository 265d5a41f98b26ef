package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Scope.Output;
import dev.schemaproof.analysis.access.Scope.Pass;
import dev.schemaproof.analysis.access.Scope.Source;
import dev.schemaproof.analysis.access.SqlShape.NamedOutput;
import dev.schemaproof.sql.Span;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlName;
import dev.schemaproof.sql.SqlPrinter;
import dev.schemaproof.sql.SqlQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a SELECT gives out, and what that lets through to the query inside. */
final class Projections {

    private Projections() {}

    /** Whether PostgreSQL makes the query a part of the one around it. */
    static boolean isPulled(SqlQuery.Select select) {
        return isPlain(select)
                && select.tail().orderBy().isEmpty()
                && select.tail().limit().isEmpty()
                && select.tail().offset().isEmpty();
    }

    private static boolean isPlain(SqlQuery.Select select) {
        return select.groupBy().isEmpty()
                && select.having().isEmpty()
                && !select.distinct()
                && select.items().stream()
                        .noneMatch(item -> Functions.aggregates(item.value())
                                || Functions.givesRows(item.value())
                                || !(item.value() instanceof SqlExpression.Star) && !Functions.isSteady(item.value()));
    }

    static Pass pass(SqlQuery.Select select, Output output, boolean pulled) {
        if (pulled) {
            return Pass.ALL;
        }
        var value = SqlPrinter.print(output.value());
        var bounded =
                select.tail().limit().isPresent() || select.tail().offset().isPresent();
        var compared = select.items().stream().anyMatch(item -> Functions.windowed(item.value()));
        var grouped = !select.groupBy().isEmpty() || select.having().isPresent();
        var steady = Functions.isSteady(output.value()) && !Functions.givesRows(output.value());
        var key = (!grouped || among(select.groupBy(), value))
                && (select.distinctOn().isEmpty() || among(select.distinctOn(), value));
        return bounded || compared || !steady || !key ? Pass.NONE : Pass.CONSTANTS;
    }

    private static boolean among(List<SqlExpression> expressions, String text) {
        return expressions.stream().map(SqlPrinter::print).anyMatch(text::equals);
    }

    static List<NamedOutput> outputs(SqlQuery.Select select, Scope scope) {
        var found = new ArrayList<NamedOutput>();
        for (var item : select.items()) {
            if (item.value() instanceof SqlExpression.Star star) {
                scope.sources().forEach((name, source) -> {
                    if (star.table().isEmpty() || star.table().get().value().equals(name)) {
                        columns(source)
                                .forEach(column ->
                                        found.add(named(column, new Output(column(name, column, star.span()), scope))));
                    }
                });
                continue;
            }
            var name = item.alias()
                    .map(SqlName::value)
                    .or(() -> item.value() instanceof SqlExpression.Column column
                            ? Optional.of(column.name().value())
                            : item.value() instanceof SqlExpression.Call call
                                    ? Optional.of(call.function())
                                    : Optional.empty());
            found.add(new NamedOutput(name, new Output(item.value(), scope)));
        }
        return found;
    }

    private static NamedOutput named(String name, Output output) {
        return new NamedOutput(Optional.of(name), output);
    }

    static Set<String> columns(Source source) {
        return source instanceof Source.Table table
                ? table.columns().keySet()
                : ((Source.Rows) source).columns().keySet();
    }

    static SqlExpression.Column column(String source, String name, Span span) {
        return new SqlExpression.Column(List.of(new SqlName(source, span)), new SqlName(name, span), span);
    }

    static OptionalInt position(SqlExpression key, List<NamedOutput> outputs) {
        if (key instanceof SqlExpression.Literal literal
                && literal.kind() == SqlExpression.Literal.Kind.NUMBER
                && literal.value().matches("[0-9]{1,6}")) {
            return OptionalInt.of(Integer.parseInt(literal.value()) - 1);
        }
        if (key instanceof SqlExpression.Column column && column.table().isEmpty()) {
            for (var i = 0; i < outputs.size(); i++) {
                if (outputs.get(i).name().filter(column.name().value()::equals).isPresent()) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }
}
