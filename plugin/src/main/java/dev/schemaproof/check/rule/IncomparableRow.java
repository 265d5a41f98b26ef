package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.sql.SqlReading;
import dev.schemaproof.analysis.type.IndexClasses;
import dev.schemaproof.analysis.type.SqlType;
import dev.schemaproof.check.Rule;
import dev.schemaproof.check.rule.ComparedValues.Compared;
import dev.schemaproof.check.rule.ComparedValues.Purpose;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import java.util.Optional;
import java.util.stream.Stream;

/** A query whose rows are grouped, told apart or sorted by values that PostgreSQL can't compare. */
public final class IncomparableRow implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.sql().all().flatMap(reading -> check(reading, facts));
    }

    private Stream<Finding> check(SqlReading<?> reading, Facts facts) {
        var compared = ComparedValues.in(reading);
        var store = compared.isEmpty() ? Optional.<RelationalStore>empty() : store(reading, facts);
        if (store.isEmpty() || facts.typing().system(store.get()).isOpen()) {
            return Stream.empty();
        }
        var classes = new IndexClasses(facts.typing().system(store.get()));
        return compared.stream()
                .flatMap(value -> type(value, reading, store.get(), facts).stream()
                        .filter(type -> !type.isUnknown() && !isFine(value.purpose(), type, classes))
                        .map(type -> finding(value, type, reading)))
                .distinct();
    }

    /** Statements of one text are about tables of one database. */
    private static Optional<RelationalStore> store(SqlReading<?> reading, Facts facts) {
        return reading.names().tables().values().stream()
                .filter(Entity::sound)
                .map(facts.model()::storeOf)
                .flatMap(found -> found instanceof RelationalStore store ? Stream.of(store) : Stream.empty())
                .findFirst();
    }

    private static Optional<SqlType> type(
            Compared compared, SqlReading<?> reading, RelationalStore store, Facts facts) {
        if (compared.value() instanceof ComparedValues.Value.Starred starred) {
            return facts.typing().system(store).of(starred.attribute().type().value());
        }
        return compared.value() instanceof ComparedValues.Value.Written written
                ? facts.typing().of(written.expression(), reading, store)
                : Optional.empty();
    }

    private static boolean isFine(Purpose purpose, SqlType type, IndexClasses classes) {
        return purpose == Purpose.SORT ? classes.isSortable(type) : classes.isComparable(type);
    }

    private Finding finding(Compared compared, SqlType type, SqlReading<?> reading) {
        var span = compared.span();
        var words = compared.value() instanceof ComparedValues.Value.Starred starred
                ? starred.attribute().name().value()
                : span.of(reading.source().value());
        return finding(
                        span.end() > span.begin()
                                ? reading.source().locate(span.begin(), span.end())
                                : reading.source().at(),
                        reading.subject(),
                        "the query " + compared.purpose().verb() + " `" + words + "`, which is `" + type
                                + "`, and PostgreSQL can't compare that")
                .withHelp(help(type));
    }

    private static String help(SqlType type) {
        return type.toString().equals("json")
                ? "make the attribute `type: json`, which is PostgreSQL's `jsonb`, or cast it: `::jsonb`"
                : "leave it out, or cast it to what can be compared: `::text`";
    }
}
