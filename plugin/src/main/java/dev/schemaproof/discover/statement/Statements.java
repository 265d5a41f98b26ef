package dev.schemaproof.discover.statement;

import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.discover.table.UnreadableTableException;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.NamedSql;
import dev.schemaproof.sql.SqlParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Brings the statements of several sources together, and makes access patterns of them. */
public final class Statements {

    private static final Pattern QUERY =
            Pattern.compile("(?i)\\s*(?:\\(\\s*)*(select|insert|update|delete|with|merge|values|table)\\b");

    private static final Pattern OF_THE_DATABASE =
            Pattern.compile("(?i)\\b(?:from|join|update|into)\\s+(?:only\\s+)?\"?(?:pg_|information_schema\\b)");

    /** The first table that a statement names. */
    private static final Pattern TABLE = Pattern.compile(
            "(?i)\\b(?:from|into|update|join)\\s+(?:only\\s+)?(?:\"?[\\p{L}_][\\p{L}\\p{N}_$]*\"?\\.)?\"?([\\p{L}_][\\p{L}\\p{N}_$]*)\"?");

    /** Of so many parameters a name is made. */
    private static final int NAMED_PARAMETERS = 3;

    private static final Duration SHORTEST_PERIOD = Duration.ofMinutes(1);

    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private final Map<String, Long> left = new TreeMap<>();

    /** What is known of all statements that are the same but for their values. */
    private static final class Seen {

        private final SeenStatement first;
        private final NamedSql named;
        private Optional<String> name;
        private long calls;
        private long measured;
        private double milliseconds;
        private double perSecond;

        Seen(SeenStatement first, NamedSql named) {
            this.first = first;
            this.named = named;
            name = first.name();
        }

        void add(SeenStatement statement) {
            name = name.or(statement::name);
            calls += statement.calls();
            if (statement.milliseconds().isPresent()) {
                measured += statement.calls();
                milliseconds += statement.milliseconds().getAsDouble();
            }
        }
    }

    /**
     * Adds the statements of a source.
     *
     * @throws UnreadableTableException when it can't be read
     */
    public void add(StatementSource source) throws UnreadableTableException {
        var before = new LinkedHashMap<String, Long>();
        seen.forEach((key, value) -> before.put(key, value.calls));
        var period = source.read(this::add).filter(time -> time.compareTo(SHORTEST_PERIOD) >= 0);
        source.torn()
                .ifPresent(torn -> left.merge(
                        "in records that are cut off, the first of them at " + torn.first(), torn.count(), Long::sum));
        period.ifPresent(time -> seen.forEach((key, value) ->
                value.perSecond += (value.calls - before.getOrDefault(key, 0L)) / (double) time.toSeconds()));
    }

    private void add(SeenStatement statement) {
        if (!QUERY.matcher(statement.sql()).lookingAt()) {
            leave("which read or write no rows");
        } else if (OF_THE_DATABASE.matcher(statement.sql()).find()) {
            leave("about the database itself");
        } else {
            var named = NamedSql.of(statement.sql(), statement.values());
            seen.computeIfAbsent(key(named.sql()), key -> new Seen(statement, named))
                    .add(statement);
        }
    }

    private void leave(String why) {
        left.merge(why, 1L, Long::sum);
    }

    /** What two statements have in common that are one pattern: everything but white space and the case of what is not quoted. */
    public static String key(String sql) {
        var key = new StringBuilder(sql.length());
        var quote = '\0';
        for (var i = 0; i < sql.length(); i++) {
            var c = sql.charAt(i);
            if (quote == '\0' && Character.isWhitespace(c)) {
                if (key.length() > 0 && key.charAt(key.length() - 1) != ' ') {
                    key.append(' ');
                }
                continue;
            }
            if (c == '\'' || c == '"') {
                quote = quote == c ? '\0' : quote == '\0' ? c : quote;
            }
            key.append(quote == '\0' ? Character.toLowerCase(c) : c);
        }
        return key.toString().strip();
    }

    /**
     * The patterns, those that ran most often first, and otherwise in the order in which they were seen.
     *
     * @param known tells by its key whether the model has a statement already
     * @param taken names that are taken
     */
    public List<FoundPattern> patterns(Predicate<String> known, Set<String> taken) {
        var names = new HashSet<>(taken);
        var found = new ArrayList<FoundPattern>();
        seen.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().calls))
                .forEach(entry -> {
                    var statement = entry.getValue();
                    if (known.test(entry.getKey())) {
                        leave("which the model has");
                    } else if (SqlParser.statement(SourceText.of(statement.named.sql(), Location.startOf("")))
                            .tree()
                            .isEmpty()) {
                        leave("which can't be read, the first of them at " + statement.first.at());
                    } else {
                        found.add(pattern(statement, names));
                    }
                });
        return found;
    }

    private static FoundPattern pattern(Seen statement, Set<String> names) {
        return new FoundPattern(
                free(
                        statement
                                .name
                                .map(name -> kebab(name))
                                .filter(name -> !name.isEmpty())
                                .orElseGet(() -> name(statement.named)),
                        names),
                statement.named.sql(),
                statement.first.at(),
                statement.calls,
                statement.measured == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(statement.milliseconds / statement.measured),
                statement.perSecond > 0 ? OptionalDouble.of(statement.perSecond) : OptionalDouble.empty());
    }

    private static String name(NamedSql named) {
        var verb = QUERY.matcher(named.sql());
        var word = verb.lookingAt() ? verb.group(1).toLowerCase(Locale.ROOT) : "";
        var table = TABLE.matcher(named.sql());
        var what = table.find() ? kebab(table.group(1)) : "";
        var subject = switch (word) {
            case "insert" -> "insert-" + what;
            case "update" -> "update-" + what;
            case "delete" -> "delete-" + what;
            default -> what.isEmpty() ? "query" : what;
        };
        var by = word.equals("insert")
                ? List.<String>of()
                : named.parameters().stream()
                        .filter(name -> !name.matches("(limit|offset|value)(_[0-9]+)?"))
                        .limit(NAMED_PARAMETERS)
                        .map(Statements::kebab)
                        .toList();
        return subject + (by.isEmpty() ? "" : "-by-" + String.join("-", by));
    }

    private static String kebab(String name) {
        return String.join("-", NameWords.of(name).words());
    }

    private static String free(String wanted, Set<String> names) {
        var name = wanted;
        for (var i = 2; !names.add(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    /** How many statements were left out, by the reason in words that follow "statements". */
    public Map<String, Long> left() {
        return Map.copyOf(left);
    }
}
