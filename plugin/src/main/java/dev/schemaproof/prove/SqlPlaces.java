package dev.schemaproof.prove;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.SourceText;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Where in the model the word stands that the database complains about. */
final class SqlPlaces {

    private SqlPlaces() {}

    /** In a pattern; its name when the word cannot be found. */
    static Location of(AccessPattern pattern, String sql, SQLException error) {
        return pattern instanceof AccessPattern.Sql written
                ? of(written.sql(), Planner.NAME, sql, error)
                        .orElse(pattern.name().at())
                : pattern.name().at();
    }

    /**
     * In a text.
     *
     * @param text as it was written
     * @param name under which it was prepared
     * @param sql what was sent in its place: the same but for its parameters
     */
    static Optional<Location> of(SourceText text, String name, String sql, SQLException error) {
        int position = error instanceof PSQLException postgres
                ? Optional.ofNullable(postgres.getServerErrorMessage())
                        .map(ServerErrorMessage::getPosition)
                        .orElse(0)
                : 0;
        int at = position - 1 - Prepared.prefix(name).length();
        List<SqlWords.Word> sent = SqlWords.words(sql);
        for (int i = 0; i < sent.size(); i++) {
            SqlWords.Word word = sent.get(i);
            if (word.begin() <= at && at < word.end()) {
                // The words of both texts are the same, parameters being none
                return Optional.of(i)
                        .filter(index -> index < SqlWords.words(text.value()).size())
                        .map(index -> SqlWords.words(text.value()).get(index))
                        .filter(found -> found.name().equals(word.name()))
                        .map(found -> text.locate(found.begin(), found.end()));
            }
        }
        return Optional.empty();
    }
}
