package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.TypedText;
import dev.schemaproof.analysis.type.TypedText.Role;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.sql.SqlExpression;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A query, or a function over several rows, where an expression sees one row at most. */
public final class MisplacedExpression implements Rule {

    private static final Set<String> CASES = Set.of("lower", "upper", "initcap");

    /** The version that is known to. */
    private static final int COMPUTES_EARLY = 18;

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.typing().texts().stream()
                .flatMap(text -> text.tree()
                        .walk()
                        .flatMap(part -> what(part, text.role()).or(() -> constantCase(part, text)).stream()
                                .map(what -> finding(text, part, what))));
    }

    private Finding finding(TypedText text, SqlExpression part, String what) {
        return finding(
                        text.locate(part.span()),
                        text.reading().subject(),
                        what + " can't stand in " + text.role().words())
                .withHelp(
                        switch (text.role()) {
                            case DEFAULT ->
                                "give a value that no row is needed for, or let the application or a trigger set it";
                            case CHECK ->
                                "compare values of one row only; what several rows promise together is a reference, an exclusion or a contract";
                            default -> "use the values of one row only";
                        });
    }

    /** PostgreSQL computes it before it knows by which collation ({@code cookDefault} in its source). */
    private static Optional<String> constantCase(SqlExpression part, TypedText text) {
        return part instanceof SqlExpression.Call call
                        && text.role() == Role.GENERATED
                        && text.types().store().version() >= COMPUTES_EARLY
                        && CASES.contains(call.function())
                        && part.walk().noneMatch(SqlExpression.Column.class::isInstance)
                ? Optional.of("`" + call.function() + "` of nothing but constants")
                : Optional.empty();
    }

    private static Optional<String> what(SqlExpression part, Role role) {
        if (part.query().isPresent() && role != Role.POLICY) {
            return Optional.of("a subquery");
        }
        if (!(part instanceof SqlExpression.Call call)) {
            return Optional.empty();
        }
        if (call.windowed()) {
            return Optional.of("the window function `" + call.function() + "`");
        }
        var routines = CatalogFacts.all().routines(call.function());
        if (routines.isEmpty()) {
            return Optional.empty();
        } else if (routines.stream().allMatch(routine -> routine.kind() == 'a')) {
            return Optional.of("the aggregate `" + call.function() + "`");
        } else if (routines.stream().allMatch(routine -> routine.kind() == 'w')) {
            return Optional.of("the window function `" + call.function() + "`");
        }
        return routines.stream().allMatch(CatalogFacts.Routine::set)
                ? Optional.of("`" + call.function() + "`, which gives several rows,")
                : Optional.empty();
    }
}
