package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables of a pattern: its entity's, and those that paths such as {@code author.country.name} lead to. */
final class PatternTables {

    /**
     * A table that is joined.
     *
     * @param from the alias of the table that refers to it
     * @param optional whether a row may come without one
     */
    private record Joined(
            Entity entity, String alias, String from, Entity referring, Reference reference, boolean optional) {

        String condition() {
            var referred = reference.referredNames(entity);
            return IntStream.range(0, referred.size())
                    .mapToObj(i -> alias + "." + SqlText.column(entity, referred.get(i)) + " = " + from + "."
                            + SqlText.column(referring, reference.names().get(i)))
                    .collect(Collectors.joining(" AND "));
        }
    }

    private final Model model;
    private final Entity root;
    private final Map<String, Joined> joined = new LinkedHashMap<>();

    PatternTables(Model model, Entity root) {
        this.model = model;
        this.root = root;
    }

    /** Joins what the path leads through. To be called for all paths before columns are asked for. */
    void join(String path) {
        for (var dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            var roles = path.substring(0, dot);
            if (!joined.containsKey(roles)) {
                joined.put(roles, joined(roles));
            }
        }
    }

    private Joined joined(String roles) {
        var referring = owner(roles);
        var reference =
                referring.reference(roles.substring(roles.lastIndexOf('.') + 1)).orElseThrow();
        var before = Optional.ofNullable(joined.get(roles.substring(0, Math.max(0, roles.lastIndexOf('.')))));
        var taken = new HashSet<>(Set.of(root.table().value()));
        joined.values().forEach(other -> taken.add(other.alias()));
        var optional = before.map(Joined::optional).orElse(false)
                || reference.names().stream()
                        .anyMatch(
                                name -> referring.attribute(name).orElseThrow().optional());
        return new Joined(
                model.entity(reference.entity().value()).orElseThrow(),
                DIALECT.identifier(SqlText.unlike(roles.replace('.', '_'), taken)),
                alias(roles),
                referring,
                reference,
                optional);
    }

    /** The entity whose attribute or role the path names last. */
    Entity owner(String path) {
        var dot = path.lastIndexOf('.');
        return dot < 0 ? root : joinedBy(path.substring(0, dot)).entity();
    }

    Attribute attribute(String path) {
        return owner(path).attribute(path.substring(path.lastIndexOf('.') + 1)).orElseThrow();
    }

    /** The column that the path names, with its table where there are several. */
    String column(String path) {
        var column = DIALECT.identifier(attribute(path).column().value());
        return joined.isEmpty() ? column : alias(path) + "." + column;
    }

    private String alias(String path) {
        var dot = path.lastIndexOf('.');
        return dot < 0 ? SqlText.alias(root) : joinedBy(path.substring(0, dot)).alias();
    }

    private Joined joinedBy(String roles) {
        return Objects.requireNonNull(joined.get(roles), () -> "`" + roles + "` is not joined");
    }

    /** The table and its joins, as a query names them. */
    String joined() {
        return joined.values().stream()
                .map(join -> (join.optional() ? " LEFT JOIN " : " JOIN ") + SqlText.table(join.entity()) + " AS "
                        + join.alias() + " ON " + join.condition())
                .collect(Collectors.joining("", SqlText.table(root), ""));
    }

    /** The joined tables alone, as an update or a delete names them. */
    String listed(String keyword) {
        return joined.isEmpty()
                ? ""
                : joined.values().stream()
                        .map(join -> SqlText.table(join.entity()) + " AS " + join.alias())
                        .collect(Collectors.joining(", ", keyword, ""));
    }

    /** What joins them there. */
    List<String> joinConditions() {
        return joined.values().stream().map(Joined::condition).toList();
    }
}
