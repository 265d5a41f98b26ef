package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.Summary;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.generate.relational.FoldBuilder;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.prove.data.RowMaker;
import dev.schemaproof.prove.data.Synthesizer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A summary kept in a parent's column: how to sum up again without what was generated, and how to run what was generated.
 */
final class SummaryCopy implements KeptCopy {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern ZERO = Pattern.compile("0+(\\.0+)?");
    private static final long DAMAGE = 7;
    private static final String UNIQUE_VIOLATION = "23505";

    private final SummaryContract contract;
    private final Reconciliation reconciliation;
    private final Reading reading;

    private SummaryCopy(SummaryContract contract, Reconciliation reconciliation, Reading reading) {
        this.contract = contract;
        this.reconciliation = reconciliation;
        this.reading = reading;
    }

    /** How the copy of a row is read. */
    enum Reading {
        /** What the column holds. */
        STORED,
        /** With what is laid aside for it, where changes are; and what is laid aside for keys that no row has. */
        EXACT
    }

    /** The copy, if the statements that find and repair its drift were generated. */
    static Optional<SummaryCopy> of(Bench bench, SummaryContract contract) {
        return Reconciliation.of(bench, contract.name())
                .map(reconciliation -> new SummaryCopy(contract, reconciliation, Reading.EXACT));
    }

    /** The same copy as it is stored, without what is laid aside for it. */
    SummaryCopy stored() {
        return new SummaryCopy(contract, reconciliation, Reading.STORED);
    }

    SummaryContract contract() {
        return contract;
    }

    @Override
    public boolean waitsForCommit() {
        return contract.isDeferred();
    }

    @Override
    public String name() {
        return contract.name();
    }

    @Override
    public Entity holder() {
        return contract.parent();
    }

    @Override
    public Reconciliation reconciliation() {
        return reconciliation;
    }

    @Override
    public List<String> disarming() {
        return List.of("ALTER TABLE " + table(contract.parent()) + " DISABLE TRIGGER USER");
    }

    @Override
    public String described() {
        return Words.name(contract.parent().name() + "." + contract.copy().name())
                + (contract.isFolded() && reading == Reading.EXACT ? " with what is laid aside for it" : "");
    }

    /**
     * A parent whose copy is wrong.
     *
     * @param key of the parent, as texts
     * @param held its copy, as text
     * @param right what it should be, as text
     */
    record Drift(
            List<String> key,
            @Nullable String held,
            @Nullable String right) {

        @Override
        public String toString() {
            return "(" + String.join(", ", key) + ") holds " + shown(held) + " where " + shown(right)
                    + " would be right";
        }

        private static String shown(@Nullable String value) {
            if (value == null) {
                return "nothing";
            }
            return WHOLE.matcher(value).matches() ? Words.number(Long.parseLong(value)) : value;
        }
    }

    /**
     * Counts all over again, in this program: nothing of what was generated takes part. Both sides are read by one
     * statement each, so the connection must see one snapshot if others write.
     */
    static List<Drift> recount(Connection connection, SummaryContract contract, Reading reading) throws SQLException {
        Map<List<String>, String> summed = summed(connection, contract);
        String none = switch (contract.summary().start()) {
            case ZERO -> "0";
            case FALSE -> "f";
            case NOTHING -> null;
        };
        List<Drift> wrong = new ArrayList<>();
        int size = contract.parentColumns().size();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + texts(contract.parentColumns()) + ", "
                        + held(contract, reading) + " FROM " + table(contract.parent())
                        + (contract.isFolded() && reading == Reading.EXACT ? " UNION ALL " + ownerless(contract) : "")
                        + " ORDER BY "
                        + (reading == Reading.EXACT && contract.isFolded()
                                ? positions(size)
                                : names(contract.parentColumns())))) {
            while (row.next()) {
                List<String> key = key(row, size);
                String held = row.getString(size + 1);
                String right = summed.containsKey(key) ? summed.get(key) : none;
                if (!same(contract, held, right)) {
                    wrong.add(new Drift(key, held, right));
                }
            }
        }
        return wrong;
    }

    /** What the copy of a parent comes to. */
    private static String held(SummaryContract contract, Reading reading) {
        String copy = column(contract.copy());
        if (!contract.isFolded() || reading == Reading.STORED) {
            return copy;
        }
        return copy + " + (SELECT coalesce(sum(aside." + copy + "), 0) FROM " + FoldBuilder.table(contract)
                + " AS aside WHERE " + same(contract) + ")";
    }

    /** What is laid aside for keys that no parent has, which whoever takes one of them next would begin with. */
    private static String ownerless(SummaryContract contract) {
        return "SELECT " + texts(contract.parentColumns()) + ", sum(" + column(contract.copy()) + ") FROM "
                + FoldBuilder.table(contract) + " AS aside WHERE NOT EXISTS (SELECT FROM " + table(contract.parent())
                + " WHERE " + same(contract) + ") GROUP BY " + names(contract.parentColumns());
    }

    /** The condition that something is laid aside for a parent. */
    private static String same(SummaryContract contract) {
        return contract.parentColumns().stream()
                .map(SQL::identifier)
                .map(key -> "aside." + key + " = "
                        + SQL.identifier(contract.parent().table().value()) + "." + key)
                .collect(Collectors.joining(" AND "));
    }

    private static String positions(int size) {
        return IntStream.rangeClosed(1, size).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Sums may have more or fewer zeros behind the point. */
    private static boolean same(SummaryContract contract, @Nullable String held, @Nullable String right) {
        return Objects.equals(held, right)
                || contract.summary() instanceof Summary.Sum
                        && held != null
                        && right != null
                        && NUMBER.matcher(held).matches()
                        && NUMBER.matcher(right).matches()
                        && new BigDecimal(held).compareTo(new BigDecimal(right)) == 0;
    }

    /** What the rows of each parent come to that has some. */
    private static Map<List<String>, String> summed(Connection connection, SummaryContract contract)
            throws SQLException {
        Summary summary = contract.summary();
        int size = contract.childColumns().size();
        // The one that counts is the last to come
        String order = "";
        if (summary instanceof Summary.Extreme extreme) {
            order = " ORDER BY " + column(extreme.value()) + (extreme.greatest() ? "" : " DESC");
        } else if (summary instanceof Summary.Latest latest) {
            order = " ORDER BY " + column(latest.order()) + " NULLS FIRST, "
                    + names(columns(contract.child(), contract.child().keyNames()));
        }
        String value =
                summary.inputs().isEmpty() ? "NULL" : column(summary.inputs().get(0));
        String where = contract.where()
                .map(SourceText::value)
                // On a line of its own, as the condition may end in a comment
                .map(condition -> " WHERE (" + condition + "\n)")
                .orElse("");
        Map<List<String>, String> summed = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + texts(contract.childColumns()) + ", " + value
                        + " FROM " + table(contract.child()) + where + order)) {
            while (row.next()) {
                List<String> key = key(row, size);
                summed.put(key, with(summary, summed.get(key), row.getString(size + 1)));
            }
        }
        return summed;
    }

    /** What the rows so far and one more come to. */
    private static @Nullable String with(Summary summary, @Nullable String before, @Nullable String value) {
        if (summary instanceof Summary.Count) {
            return String.valueOf(before == null ? 1 : Long.parseLong(before) + 1);
        } else if (summary instanceof Summary.Exists) {
            return "t";
        } else if (summary instanceof Summary.Sum) {
            String one = before == null ? "0" : before;
            String other = value == null ? "0" : value;
            return NUMBER.matcher(one).matches() && NUMBER.matcher(other).matches()
                    ? new BigDecimal(one).add(new BigDecimal(other)).toPlainString()
                    : "NaN";
        }
        return summary instanceof Summary.Extreme && value == null ? before : value;
    }

    @Override
    public List<Drift> recount(Connection connection) throws SQLException {
        return recount(connection, contract, reading);
    }

    @Override
    public List<Drift> held(Connection connection) throws SQLException {
        int size = contract.parentColumns().size();
        List<Drift> held = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + texts(contract.parentColumns()) + ", "
                        + held(contract, reading) + " FROM " + table(contract.parent()) + " ORDER BY " + (size + 1)
                        + " DESC NULLS LAST, " + names(contract.parentColumns()))) {
            while (row.next()) {
                held.add(new Drift(key(row, size), row.getString(size + 1), row.getString(size + 1)));
            }
        }
        return held;
    }

    @Override
    public void damage(Connection connection, List<String> key) throws SQLException {
        String sql = "UPDATE " + table(contract.parent()) + " SET " + copyColumn() + " = " + wrong() + " WHERE "
                + equal(contract.parent(), contract.parent().keyNames());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Synthesizer.bind(statement, key);
            statement.executeUpdate();
        }
    }

    /** An expression for another value than the copy of a row has, as far as there are others at all. */
    private String wrong() {
        String copy = copyColumn();
        Summary summary = contract.summary();
        if (summary.start() != Summary.Start.NOTHING) {
            return summary instanceof Summary.Exists ? "NOT " + copy : copy + " + " + DAMAGE;
        }
        String value = column(summary.inputs().get(0));
        return "CASE WHEN " + copy + " IS NULL THEN (SELECT " + value + " FROM " + table(contract.child()) + " WHERE "
                + value + " IS NOT NULL LIMIT 1) END";
    }

    /** Whatever is laid aside has a place there: only a write that does not look for it first is refused one. */
    @Override
    public boolean refusesInVain(SQLException refusal) {
        @Nullable String message = refusal.getMessage();
        return contract.isFolded()
                && UNIQUE_VIOLATION.equals(refusal.getSQLState())
                && message != null
                && message.contains("schemaproof_");
    }

    /** Whether the copy says that there are rows. */
    boolean holdsSome(Drift row) {
        return row.held() != null
                && !row.held().equals("f")
                && !ZERO.matcher(row.held()).matches();
    }

    static List<String> columns(Entity entity, List<String> attributes) {
        return attributes.stream()
                .map(name -> entity.attribute(name).orElseThrow().column().value())
                .toList();
    }

    String copyColumn() {
        return SQL.identifier(contract.copy().column().value());
    }

    static String table(Entity entity) {
        return SQL.table(entity);
    }

    static String names(List<String> columns) {
        return SQL.identifiers(columns);
    }

    /** {@code a = ?::uuid AND b = ?::int}, for attributes of the entity. */
    static String equal(Entity entity, List<String> attributes) {
        return assignments(entity, attributes, " AND ");
    }

    /** {@code a = ?::uuid, b = ?::int}, for attributes of the entity. */
    static String assignments(Entity entity, List<String> attributes, String separator) {
        return attributes.stream()
                .map(name -> entity.attribute(name).orElseThrow())
                .map(attribute -> SQL.identifier(attribute.column().value()) + " = " + RowMaker.placeholder(attribute))
                .collect(Collectors.joining(separator));
    }

    static String column(Attribute attribute) {
        return SQL.identifier(attribute.column().value());
    }

    static String texts(List<String> columns) {
        return columns.stream().map(column -> SQL.identifier(column) + "::text").collect(Collectors.joining(", "));
    }

    static List<String> key(ResultSet row, int size) throws SQLException {
        List<String> key = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            key.add(row.getString(i));
        }
        return key;
    }
}
