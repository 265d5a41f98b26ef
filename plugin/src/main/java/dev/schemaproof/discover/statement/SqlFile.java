package dev.schemaproof.discover.statement;

import dev.schemaproof.discover.table.UnreadableTableException;
import dev.schemaproof.sql.SqlScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A file of statements, each of which may have a name in a comment before it, as sqlc reads them: {@code -- name: GetUser :one}. */
public final class SqlFile implements StatementSource {

    private static final Pattern NAME = Pattern.compile("(?m)^[ \\t]*(?:--|/\\*|#)[ \\t]*name:[ \\t]*(\\S+)");

    private final Path file;
    private final String shown;

    /**
     * A file.
     *
     * @param shown its path, as messages show it
     */
    public SqlFile(Path file, String shown) {
        this.file = file;
        this.shown = shown;
    }

    @Override
    public Optional<Duration> read(Consumer<SeenStatement> sink) throws UnreadableTableException {
        for (var statement : SqlScript.statements(TextFile.read(file, shown))) {
            var name = NAME.matcher(statement.before()).results().reduce((first, last) -> last);
            sink.accept(new SeenStatement(
                    shown + ":" + statement.line(),
                    name.map(found -> found.group(1)),
                    statement.sql(),
                    false,
                    0,
                    OptionalDouble.empty()));
        }
        return Optional.empty();
    }
}
