package dev.schemaproof.discover.statement;

import dev.schemaproof.discover.csv.CsvDialect;
import dev.schemaproof.discover.csv.CsvTable;
import dev.schemaproof.discover.table.RowSink;
import dev.schemaproof.discover.table.UnreadableTableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * The rows of the view {@code pg_stat_statements} in a CSV file. Of the columns only {@code query} is needed; {@code calls} and
 * {@code total_exec_time} (before PostgreSQL 13 {@code total_time}) are used.
 *
 * @see <a href="https://www.postgresql.org/docs/current/pgstatstatements.html">pg_stat_statements</a>
 */
public final class StatementStatistics implements StatementSource {

    private final Path file;
    private final String shown;
    private final Optional<Duration> period;

    /**
     * A file.
     *
     * @param shown its path, as messages show it
     * @param period how long the statistics were collected, where that is known
     */
    public StatementStatistics(Path file, String shown, Optional<Duration> period) {
        this.file = file;
        this.shown = shown;
        this.period = period;
    }

    @Override
    public Optional<Duration> read(Consumer<SeenStatement> sink) throws UnreadableTableException {
        var rows = new Rows(sink);
        new CsvTable(file, shown, CsvDialect.usual()).read(rows);
        if (rows.query < 0) {
            throw new UnreadableTableException(
                    shown
                            + ":1: there is no column `query`; export the view with `psql --csv -c \"select * from pg_stat_statements\"`");
        }
        return period;
    }

    private final class Rows implements RowSink {

        private final Consumer<SeenStatement> sink;
        private int query = -1;
        private int calls = -1;
        private int time = -1;
        private String sql = "";
        private long called;
        private OptionalDouble took = OptionalDouble.empty();

        Rows(Consumer<SeenStatement> sink) {
            this.sink = sink;
        }

        @Override
        public void begin(List<Column> columns) {
            var names = columns.stream()
                    .map(column -> column.name().toLowerCase(Locale.ROOT))
                    .toList();
            query = names.indexOf("query");
            calls = names.indexOf("calls");
            time = Math.max(names.indexOf("total_exec_time"), names.indexOf("total_time"));
        }

        @Override
        public void value(int column, char[] text, int offset, int length) {
            if (column == query) {
                sql = new String(text, offset, length);
            } else if (column == calls) {
                called = (long) number(new String(text, offset, length)).orElse(0);
            } else if (column == time) {
                took = number(new String(text, offset, length));
            }
        }

        @Override
        public void absent(int column) {
            // What is missing stays as it is at the beginning of a row
        }

        @Override
        public boolean endRow(long line) {
            if (!sql.isBlank()) {
                sink.accept(new SeenStatement(shown + ":" + line, Optional.empty(), sql, false, called, took));
            }
            sql = "";
            called = 0;
            took = OptionalDouble.empty();
            return query >= 0;
        }
    }

    private static OptionalDouble number(String text) {
        try {
            var number = Double.parseDouble(text.strip());
            return number >= 0 && number < Long.MAX_VALUE ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
