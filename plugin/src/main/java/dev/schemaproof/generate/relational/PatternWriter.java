package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the statement of one pattern in the structured form. */
final class PatternWriter {

    /** A full text search that an index prepares: its configuration and the text that it searches. */
    private static final Pattern SEARCHED =
            Pattern.compile("(?is)\\s*to_tsvector\\s*\\(\\s*('[^']+'[^,]*),(.*)\\)\\s*");

    private static final String PLAIN_SEARCH = "'simple'";

    private final Entity entity;
    private final PatternTables tables;
    private final Map<String, TypeDefinition> types;
    private final List<String> parameters = new ArrayList<>();

    PatternWriter(Model model, String entity) {
        this.entity = model.entity(entity).orElseThrow();
        tables = new PatternTables(model, this.entity);
        types = model.types();
    }

    PatternSql read(AccessPattern.Read read) {
        Stream.of(
                        read.where().stream().map(Condition::attribute),
                        read.orderBy().stream().map(AccessPattern.Order::attribute),
                        read.select().stream())
                .flatMap(paths -> paths)
                .forEach(path -> tables.join(path.value()));
        var conditions = conditions(read.where());
        var selected = read.find() == Find.COUNT ? "count(*)" : selected(read.select());
        var order = read.find() == Find.COUNT ? "" : order(read.orderBy());
        // Of several rows, the one that is asked for is the first
        var limit = read.find() == Find.ONE && !order.isEmpty() && read.limit().isEmpty()
                ? OptionalLong.of(1)
                : read.limit();
        return statement("SELECT " + selected + " FROM " + tables.joined() + where(conditions) + order
                + (limit.isPresent() && read.find() != Find.COUNT ? " LIMIT " + limit.getAsLong() : ""));
    }

    PatternSql write(AccessPattern.Write write) {
        write.where().forEach(condition -> tables.join(condition.attribute().value()));
        return switch (write.kind()) {
            case INSERT -> statement(insert(attribute -> false));
            case UPSERT -> statement(upsert(write));
            case UPDATE -> statement(update(write));
            case DELETE ->
                statement("DELETE FROM " + SqlText.table(entity) + tables.listed(" USING ")
                        + where(withJoins(conditions(write.where()))));
        };
    }

    private PatternSql statement(String sql) {
        return new PatternSql(sql, parameters);
    }

    private String selected(List<Located<String>> select) {
        var paths = select.isEmpty() ? List.copyOf(entity.attributes().keySet()) : Located.values(select);
        return paths.stream().map(tables::column).collect(Collectors.joining(", "));
    }

    private String order(List<AccessPattern.Order> orderBy) {
        return orderBy.stream()
                .map(order -> tables.column(order.attribute().value())
                        + (order.descending() ? " DESC" : "")
                        + order.nullsFirst()
                                .map(first -> first ? " NULLS FIRST" : " NULLS LAST")
                                .orElse(""))
                .reduce((one, next) -> one + ", " + next)
                .map(order -> " ORDER BY " + order)
                .orElse("");
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private List<String> withJoins(List<String> conditions) {
        var all = new ArrayList<>(tables.joinConditions());
        all.addAll(conditions);
        return all;
    }

    private List<String> conditions(List<Condition> where) {
        return where.stream().map(this::condition).toList();
    }

    private String condition(Condition condition) {
        var path = condition.attribute().value();
        var column = tables.column(path);
        var operands = condition.operands();
        return switch (condition.operator()) {
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, NOT_EQUAL ->
                column + " " + condition.operator().text() + " " + operand(operands.get(0));
            case BETWEEN -> column + " BETWEEN " + operand(operands.get(0)) + " AND " + operand(operands.get(1));
            case IN -> in(column, operands);
            case STARTS_WITH -> column + " ^@ " + operand(operands.get(0));
            case CONTAINS -> column + " @> " + contained(tables.attribute(path), operands.get(0));
            case MATCHES -> matches(path, operand(operands.get(0)));
            case IS_NULL -> column + " IS NULL";
            case IS_NOT_NULL -> column + " IS NOT NULL";
        };
    }

    /** One parameter stands for a list, several operands for themselves. */
    private String in(String column, List<Operand> operands) {
        return operands.size() == 1 && operands.get(0) instanceof Operand.Parameter
                ? column + " = ANY(" + operand(operands.get(0)) + ")"
                : column + " IN (" + operands.stream().map(this::operand).collect(Collectors.joining(", ")) + ")";
    }

    /** An element of an array, whose type the parameter could not take from the array. */
    private String contained(Attribute attribute, Operand operand) {
        return attribute.type().value() instanceof DataType.Array array
                ? "ARRAY[" + operand(operand) + "::" + DIALECT.type(array.element(), types) + "]"
                : operand(operand)
                        + (attribute.type().value().equals(new DataType.Scalar(ScalarKind.JSON)) ? "::jsonb" : "");
    }

    private String matches(String path, String operand) {
        var column = tables.column(path);
        if (tables.attribute(path).type().value().equals(new DataType.Native("tsvector"))) {
            return column + " @@ websearch_to_tsquery(" + PLAIN_SEARCH + ", " + operand + ")";
        }
        var configuration = searchedBy(path).orElse(PLAIN_SEARCH);
        return "to_tsvector(" + configuration + ", " + column + ") @@ websearch_to_tsquery(" + configuration + ", "
                + operand + ")";
    }

    /** The configuration under which an index of the entity prepares the search of just this column. */
    private Optional<String> searchedBy(String path) {
        var owner = tables.owner(path);
        var column = tables.attribute(path).column().value();
        return owner.indexes().values().stream()
                .flatMap(index -> index.on().stream())
                .filter(Index.Part::expression)
                .map(part -> SEARCHED.matcher(part.text().value()))
                .filter(search -> search.matches()
                        && Stream.of(column, DIALECT.identifier(column))
                                .anyMatch(search.group(2).strip()::equals))
                .map(search -> search.group(1).strip())
                .findFirst();
    }

    private String operand(Operand operand) {
        if (operand instanceof Operand.Parameter parameter) {
            return parameter(parameter.name());
        } else if (operand instanceof Operand.Text text) {
            return DIALECT.literal(text.value());
        } else if (operand instanceof Operand.Plain plain) {
            return plain.value();
        }
        throw new IllegalArgumentException("no SQL is known for " + operand);
    }

    private String parameter(String name) {
        if (!parameters.contains(name)) {
            parameters.add(name);
        }
        return "$" + (parameters.indexOf(name) + 1);
    }

    /** An application gives what the database does not fill in itself. */
    private String insert(Predicate<Attribute> also) {
        var given = entity.attributes().values().stream()
                .filter(attribute -> isGiven(attribute) || also.test(attribute))
                .toList();
        if (given.isEmpty()) {
            return "INSERT INTO " + SqlText.table(entity) + " DEFAULT VALUES";
        }
        return "INSERT INTO " + SqlText.table(entity) + " ("
                + given.stream().map(PatternWriter::column).collect(Collectors.joining(", "))
                + ") VALUES ("
                + given.stream()
                        .map(attribute -> parameter(attribute.name().value()))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private String upsert(AccessPattern.Write write) {
        var key = entity.keyNames();
        var set = Located.values(write.set());
        Predicate<Attribute> written = attribute -> set.isEmpty()
                ? isGiven(attribute)
                : set.contains(attribute.name().value());
        var insert = insert(attribute -> attribute.identity().isEmpty()
                && (key.contains(attribute.name().value())
                        || set.contains(attribute.name().value())));
        var updates = entity.attributes().values().stream()
                .filter(written)
                .filter(attribute -> !key.contains(attribute.name().value()))
                .map(PatternWriter::column)
                .map(column -> column + " = EXCLUDED." + column)
                .collect(Collectors.joining(", "));
        return insert + " ON CONFLICT (" + SqlText.columns(entity, key) + ") DO "
                + (updates.isEmpty() ? "NOTHING" : "UPDATE SET " + updates);
    }

    private String update(AccessPattern.Write write) {
        var compared = write.where().stream()
                .flatMap(condition -> condition.operands().stream())
                .filter(Operand.Parameter.class::isInstance)
                .map(operand -> ((Operand.Parameter) operand).name())
                .toList();
        // A parameter that is compared is the old value; the new one gets a name of its own
        var set = write.set().stream()
                .map(Located::value)
                .map(name -> SqlText.column(entity, name) + " = "
                        + parameter(compared.contains(name) ? "new_" + name : name))
                .collect(Collectors.joining(", "));
        return "UPDATE " + SqlText.table(entity) + " SET " + set + tables.listed(" FROM ")
                + where(withJoins(conditions(write.where())));
    }

    private static boolean isGiven(Attribute attribute) {
        return attribute.defaultValue().isEmpty()
                && attribute.generated().isEmpty()
                && attribute.identity().isEmpty();
    }

    private static String column(Attribute attribute) {
        return DIALECT.identifier(attribute.column().value());
    }
}
