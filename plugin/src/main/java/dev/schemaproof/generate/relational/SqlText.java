package dev.schemaproof.generate.relational;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.dialect.postgresql.PostgresRoles;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pieces of SQL that several scripts are made of. */
final class SqlText {

    static final PostgresDialect DIALECT = new PostgresDialect();

    private static final Pattern LINE_COMMENT_AT_END = Pattern.compile("--[^\\n\\r]*\\z");

    private static final String LITERAL = "'[^']*+(?:''[^']*+)*+'";

    /** What the grammar takes as a default without parentheses: one word, number, literal or call, perhaps cast. */
    private static final Pattern SIMPLE_DEFAULT = Pattern.compile("-?(?:" + LITERAL + "|[\\w.]++(?:\\([^()']*+(?:"
            + LITERAL + "[^()']*+)*+\\))?)" + "(?:::[\\w.]++(?:\\([\\d, ]*+\\))?(?:\\[\\])*+)?");

    private static final Set<String> COLLATION_SCHEMAS = Set.of("pg_catalog", "public");

    private static final Pattern PLAIN_PARAMETER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?|true|false|on|off|auto");

    private SqlText() {}

    /** An expression as the user wrote it; one that ends in a comment also ends the line, lest it swallow what follows. */
    static String verbatim(SourceText expression) {
        var text = expression.value().strip();
        return LINE_COMMENT_AT_END.matcher(text).find() ? text + "\n" : text;
    }

    /** An expression in parentheses. */
    static String enclosed(SourceText expression) {
        return "(" + verbatim(expression) + ")";
    }

    /** An expression after {@code DEFAULT}, where PostgreSQL wants some operators in parentheses. */
    static String defaultValue(SourceText expression) {
        var text = verbatim(expression);
        return SIMPLE_DEFAULT.matcher(text).matches() || isInParentheses(text) ? text : "(" + text + ")";
    }

    /** Whether the parenthesis at the beginning is closed by the last character. */
    private static boolean isInParentheses(String text) {
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '\'') {
                quoted = !quoted;
            } else if (!quoted && character == '(') {
                depth++;
            } else if (!quoted && character == ')') {
                depth--;
            }
            if (depth == 0) {
                return i > 0 && i == text.length() - 1;
            }
        }
        return false;
    }

    /** Expressions separated by commas. */
    static String list(List<SourceText> expressions) {
        return String.join(", ", expressions.stream().map(SqlText::verbatim).toList());
    }

    /**
     * A collation's name, quoted. A dot belongs to the name, as in {@code en_US.utf8}, unless it stands behind a SQL schema.
     */
    static String collation(RelationalStore store, String name) {
        var dot = name.indexOf('.');
        var schema = dot < 0 ? "" : name.substring(0, dot);
        return COLLATION_SCHEMAS.contains(schema) || store.schemas().containsKey(schema)
                ? DIALECT.identifier(schema) + "." + DIALECT.identifier(name.substring(dot + 1))
                : DIALECT.identifier(name);
    }

    /** An operator class as the language has it, with its SQL schema perhaps: letters without quotes mean small ones. */
    static String operatorClass(String name) {
        return Stream.of(name.split("\\."))
                .map(part -> DIALECT.identifier(part.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining("."));
    }

    /** {@code fillfactor = 70, toast.autovacuum_enabled = false}: whatever is no number and no common word is a literal. */
    static String storage(Map<String, Located<String>> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> Stream.of(parameter.getKey().split("\\.", 2))
                                .map(DIALECT::identifier)
                                .collect(Collectors.joining("."))
                        + " = "
                        + (PLAIN_PARAMETER.matcher(parameter.getValue().value()).matches()
                                ? parameter.getValue().value()
                                : DIALECT.literal(parameter.getValue().value())))
                .collect(Collectors.joining(", "));
    }

    /** {@code WITH (...)} behind a blank, or nothing. */
    static String with(Map<String, Located<String>> parameters) {
        return parameters.isEmpty() ? "" : " WITH (" + storage(parameters) + ")";
    }

    /** The parameters of an operator class, given with their parentheses, behind a blank. */
    static String classOptions(SourceText given) {
        var options = given.value().strip();
        Map<String, Located<String>> parameters = new LinkedHashMap<>();
        for (var option : options.substring(1, options.length() - 1).split(",", -1)) {
            var parts = option.split("=", 2);
            var value = parts.length == 1 ? "true" : parts[1].strip();
            parameters.put(
                    parts[0].strip().toLowerCase(Locale.ROOT),
                    new Located<>(
                            value.matches("(?s)'.*'")
                                    ? value.substring(1, value.length() - 1).replace("''", "'")
                                    : value,
                            given.at()));
        }
        return " (" + storage(parameters) + ")";
    }

    /** A role's name, or one of the words that stand for roles. */
    static String role(String name) {
        return PostgresRoles.WORDS.contains(name) ? name.toUpperCase(Locale.ROOT) : DIALECT.identifier(name);
    }

    /** Words on one line of a comment. */
    static String remark(List<String> words) {
        return String.join(" ", DIALECT.commentLines(String.join(", ", words)));
    }

    /** The entity's table as statements name it. */
    static String table(Entity entity) {
        return DIALECT.table(entity);
    }

    /** The name by which a statement that reads the entity's table calls its rows, unless it gives them another. */
    static String alias(Entity entity) {
        return DIALECT.identifier(entity.table().value());
    }

    /** The column of an attribute. */
    static String column(Entity entity, String attribute) {
        return DIALECT.identifier(
                entity.attribute(attribute).orElseThrow().column().value());
    }

    /** The columns of attributes, separated by commas. */
    static String columns(Entity entity, List<String> attributes) {
        return String.join(
                ", ", attributes.stream().map(name -> column(entity, name)).toList());
    }

    /** A name that none of those taken hides. */
    static String unlike(String wanted, Set<String> taken) {
        return Stream.iterate(wanted, name -> name + "_")
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }
}
