package dev.schemaproof.analysis.relational;

import dev.schemaproof.analysis.OwnTypes;
import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.SqlExpression;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sequences of a store from which the defaults of an entity's attributes take numbers. */
public final class UsedSequences {

    private static final String IDENTIFIER = "\\s*+(\"(?:[^\"]|\"\")++\"|[^\".]++)\\s*+";

    /** What a text names that is taken for a relation. */
    private static final Pattern REGCLASS = Pattern.compile("(?:" + IDENTIFIER + "\\.)?" + IDENTIFIER);

    private static final Set<String> SERIAL =
            Set.of("smallserial", "serial2", "serial", "serial4", "bigserial", "serial8");

    private final OwnTypes own;
    private final RelationalStore store;
    private final ModelSql sql;

    public UsedSequences(Model model, RelationalStore store, ModelSql sql) {
        own = new OwnTypes(model);
        this.store = store;
        this.sql = sql;
    }

    /**
     * A sequence.
     *
     * @param schema the SQL schema that it stands in, if not the one that comes first on the search path
     */
    public record Used(Optional<Located<String>> schema, String name) {}

    /** In the order of the attributes, each once. */
    public List<Used> of(Entity entity) {
        return entity.attributes().values().stream()
                .flatMap(attribute -> Stream.concat(serial(entity, attribute), byDefault(attribute)))
                .distinct()
                .toList();
    }

    /** PostgreSQL makes it together with the column. */
    private static Stream<Used> serial(Entity entity, Attribute attribute) {
        return attribute.isSerial()
                        || attribute.type().value() instanceof DataType.Native type
                                && SERIAL.contains(type.text().strip().toLowerCase(Locale.ROOT))
                ? Stream.of(new Used(
                        entity.relational().schema(),
                        PostgresNames.sequence(
                                entity.table().value(), attribute.column().value())))
                : Stream.empty();
    }

    private Stream<Used> byDefault(Attribute attribute) {
        return attribute.defaultValue().or(() -> ofDomain(attribute)).stream()
                .flatMap(value -> sql.expression(value).stream())
                .flatMap(reading -> reading.parsed().tree().stream())
                .flatMap(SqlExpression::walk)
                .flatMap(UsedSequences::named)
                .map(REGCLASS::matcher)
                .filter(Matcher::matches)
                .flatMap(this::sequence);
    }

    private Optional<SourceText> ofDomain(Attribute attribute) {
        return own.domains(attribute.type().value()).stream()
                .flatMap(domain -> domain.defaultValue().stream())
                .findFirst();
    }

    private static Stream<String> named(SqlExpression expression) {
        if (expression instanceof SqlExpression.Call call
                && (call.function().equals("nextval") || call.function().equals("pg_catalog.nextval"))
                && call.arguments().size() == 1) {
            return call.arguments()
                    .get(0)
                    .walk()
                    .filter(SqlExpression.Literal.class::isInstance)
                    .map(literal -> ((SqlExpression.Literal) literal).value());
        }
        return Stream.empty();
    }

    private Stream<Used> sequence(Matcher match) {
        var schema = Optional.ofNullable(match.group(1)).map(UsedSequences::meant);
        var name = meant(match.group(2));
        return store.sequences().values().stream()
                .filter(sequence -> sequence.name().value().equals(name)
                        && (sequence.schema().map(Located::value).equals(schema)
                                || sequence.schema().isEmpty() && schema.equals(Optional.of("public"))))
                .map(sequence -> new Used(sequence.schema(), name));
    }

    private static String meant(String identifier) {
        return identifier.startsWith("\"")
                ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
                : identifier.strip().toLowerCase(Locale.ROOT);
    }
}
