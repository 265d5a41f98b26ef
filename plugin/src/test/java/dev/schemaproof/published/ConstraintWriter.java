package dev.schemaproof.published;

import dev.schemaproof.dialect.postgresql.PostgresNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes keys, references and checks of a table's constraints. */
final class ConstraintWriter {

    private static final Pattern FOREIGN_KEY =
            Pattern.compile("FOREIGN KEY \\((.*?)\\) REFERENCES (.*?)\\((.*?)\\)(.*)");
    private static final Pattern ACTION =
            Pattern.compile(" ON (DELETE|UPDATE) (CASCADE|RESTRICT|SET NULL|SET DEFAULT|NO ACTION)(?: \\((.*?)\\))?");

    private final String table;
    private final List<Fact> constraints;
    private final Map<List<String>, String> entities;
    private final List<Fact> facts;
    private final Comments comments;
    private final List<String> columns;

    private ConstraintWriter(
            String table, List<Fact> facts, List<String> name, Map<List<String>, String> entities, Comments comments) {
        this.table = table;
        this.facts = facts;
        this.entities = entities;
        this.comments = comments;
        constraints = facts.stream()
                .filter(fact -> fact.is("constraint") && fact.owner().equals(name))
                .toList();
        columns = facts.stream()
                .filter(fact -> fact.is("column") && fact.owner().equals(name))
                .map(Fact::name)
                .toList();
    }

    static ConstraintWriter of(
            String table, List<Fact> facts, List<String> name, Map<List<String>, String> entities, Comments comments) {
        return new ConstraintWriter(table, facts, name, entities, comments);
    }

    /** The check that the language would name like this itself, were it written beside the column. */
    Optional<String> columnCheck(String column) {
        return constraints.stream()
                .filter(check -> definition(check).startsWith("CHECK ") && isOf(check, column))
                .map(check -> condition(definition(check)))
                .findFirst();
    }

    private boolean isOf(Fact check, String column) {
        return check.name().equals(PostgresNames.check(table, column))
                && !definition(check).endsWith("NO INHERIT");
    }

    /** Everything but checks of a single column, in the order of the language. */
    Map<String, Object> clauses() {
        var said = new LinkedHashMap<String, Object>();
        key().ifPresent(key -> said.put("key", key));
        var uniques = uniques();
        if (!uniques.isEmpty()) {
            var derived = uniques.entrySet().stream()
                    .allMatch(unique -> unique.getValue() instanceof List<?> names
                            && unique.getKey().equals(PostgresNames.unique(table, texts(names))));
            said.put("unique", derived ? new ArrayList<>(uniques.values()) : uniques);
        }
        var references = references();
        if (!references.isEmpty()) {
            said.put("references", references);
        }
        var checks = checks();
        if (!checks.isEmpty()) {
            said.put("checks", checks);
        }
        return said;
    }

    private static List<String> texts(List<?> names) {
        return names.stream().map(Object::toString).toList();
    }

    private static String definition(Fact constraint) {
        return String.join(CatalogFacts.SEPARATOR, constraint.said());
    }

    private List<Fact> beginningWith(String words) {
        return constraints.stream()
                .filter(constraint -> definition(constraint).startsWith(words + " "))
                .toList();
    }

    private Optional<Object> key() {
        return beginningWith("PRIMARY KEY").stream().findFirst().map(key -> {
            var named = PostgresNames.primaryKey(table).equals(key.name())
                    ? Optional.<String>empty()
                    : Optional.of(key.name());
            return keyed(definition(key), named);
        });
    }

    private Map<String, Object> uniques() {
        var uniques = new LinkedHashMap<String, Object>();
        beginningWith("UNIQUE")
                .forEach(unique -> uniques.put(unique.name(), keyed(definition(unique), Optional.empty())));
        return uniques;
    }

    private static Object keyed(String definition, Optional<String> name) {
        var open = definition.indexOf('(');
        var names = IndexWriter.columns(SqlPieces.inParentheses(definition, open));
        var said = new LinkedHashMap<String, Object>();
        said.put("on", names);
        name.ifPresent(given -> said.put("name", given));
        if (definition.contains("NULLS NOT DISTINCT")) {
            said.put("nullsNotDistinct", "true");
        }
        var end = SqlPieces.end(definition, open);
        deferral(definition.substring(end)).ifPresent(when -> said.put("deferrable", when));
        said.putAll(IndexWriter.rest(definition.substring(end).replaceAll(" DEFERRABLE( INITIALLY DEFERRED)?", "")));
        return said.size() == 1 ? names : said;
    }

    private static Optional<String> deferral(String text) {
        return text.contains(" DEFERRABLE")
                ? Optional.of(text.contains("INITIALLY DEFERRED") ? "initially-deferred" : "true")
                : Optional.empty();
    }

    private Map<String, Object> references() {
        var references = new LinkedHashMap<String, Object>();
        for (var constraint : beginningWith("FOREIGN KEY")) {
            var match = FOREIGN_KEY.matcher(definition(constraint));
            if (!match.matches()) {
                throw new IllegalArgumentException(definition(constraint));
            }
            var from = IndexWriter.columns(match.group(1));
            var target = SqlPieces.names(match.group(2));
            var to = IndexWriter.columns(match.group(3));
            var key = keyOf(target);
            var role = role(from, to, target);
            while (references.containsKey(role)) {
                role += "_again";
            }
            var said = new LinkedHashMap<String, Object>();
            said.put("entity", entities.get(target));
            var prefix = role + "_";
            if (!key.equals(to) || !from.equals(key.stream().map(prefix::concat).toList())) {
                said.put("attributes", from);
            }
            if (!key.equals(to)) {
                said.put("to", to);
            }
            said.putAll(actions(match.group(4)));
            if (!constraint.name().equals(PostgresNames.foreignKey(table, role))) {
                said.put("name", constraint.name());
            }
            comments.describe("table constraint", constraint.subject(), said);
            references.put(role, said);
        }
        return references;
    }

    private static Map<String, Object> actions(String text) {
        var said = new LinkedHashMap<String, Object>();
        if (text.contains(" MATCH FULL")) {
            said.put("match", "full");
        }
        ACTION.matcher(text).results().forEach(action -> {
            var word = action.group(2).toLowerCase(Locale.ROOT).replace(' ', '-');
            said.put(
                    "DELETE".equals(action.group(1)) ? "onDelete" : "onUpdate",
                    action.group(3) == null ? word : Map.of(word, IndexWriter.columns(action.group(3))));
        });
        deferral(text).ifPresent(when -> said.put("deferrable", when));
        return said;
    }

    /** {@code author_id} plays the role of the author; several columns play that of what they refer to. */
    private static String role(List<String> from, List<String> to, List<String> target) {
        if (from.size() > 1) {
            return target.get(target.size() - 1);
        }
        var column = from.get(0);
        var suffix = "_" + to.get(0);
        return column.length() > suffix.length() && column.endsWith(suffix)
                ? column.substring(0, column.length() - suffix.length())
                : column;
    }

    private List<String> keyOf(List<String> target) {
        return facts.stream()
                .filter(fact -> fact.is("constraint")
                        && fact.owner().equals(target)
                        && definition(fact).startsWith("PRIMARY KEY "))
                .map(fact -> IndexWriter.columns(SqlPieces.inParentheses(
                        definition(fact), definition(fact).indexOf('('))))
                .findFirst()
                .orElse(List.of());
    }

    private Map<String, Object> checks() {
        var checks = new LinkedHashMap<String, Object>();
        for (var check : beginningWith("CHECK")) {
            if (columns.stream().noneMatch(column -> isOf(check, column))) {
                var definition = definition(check);
                var said = new LinkedHashMap<String, Object>();
                said.put("condition", condition(definition));
                if (definition.endsWith("NO INHERIT")) {
                    said.put("noInherit", "true");
                }
                comments.describe("table constraint", check.subject(), said);
                checks.put(check.name(), said.size() == 1 ? said.get("condition") : said);
            }
        }
        return checks;
    }

    private static String condition(String definition) {
        return SqlPieces.expression(SqlPieces.inParentheses(definition, definition.indexOf('(')));
    }
}
