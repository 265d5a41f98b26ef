package dev.schemaproof.mojo;

import dev.schemaproof.app.Advise;
import dev.schemaproof.app.AdviseRequest;
import dev.schemaproof.app.GoalResult;
import dev.schemaproof.discover.csv.CsvDialect;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Says which indexes the access patterns of the model ask for: the smallest set that serves them all, why no fewer will do,
 * and what each costs. Writes {@code target/schema/indexes.md} with YAML to paste, and {@code indexes.json}; with
 * {@code schema.write} adds what is missing to the model.
 *
 * <p>For a DynamoDB store, says which table the access patterns ask for: the keys of every entity with as few global indexes as
 * possible, which pattern forced each, and what no such table serves; the rules and a proof judge it first. Writes {@code
 * target/schema/layout.md} with YAML to paste, and {@code layout.json}; with {@code schema.write} gives the table to a store that
 * has none.
 *
 * <p>With {@code schema.csv} or {@code schema.url}, looks at data instead, which is only read, and says which keys and
 * dependencies hold in each table, which of them look like rules, which normal form that makes, and what of the model the data
 * refutes. Writes {@code target/schema/advice.md} with YAML to paste, and {@code advice.json}.
 *
 * @since 0.1.0
 */
@Mojo(name = "advise", threadSafe = true)
public final class AdviseMojo extends AbstractDatabaseMojo {

    /** More of the heap than that would not leave enough for what else is built at the same time. */
    private static final int SHARE_OF_HEAP = 2;

    /**
     * The CSV files to look at: files, directories, and patterns such as {@code data/*.csv}, relative to the project. The name
     * of a file says which entity or table of the model it holds; one that the model doesn't know is drafted.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.csv")
    private @Nullable List<String> csv;

    /**
     * What stands between two values of a CSV file: a character or {@code tab}. By default a comma, semicolon, tab or vertical
     * bar, whichever divides the first lines of the file into equally many values.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.csvDelimiter")
    private @Nullable String csvDelimiter;

    /**
     * A value of a CSV file that has no quotes and is this text is no value (null). By default that is the empty text, as in
     * PostgreSQL's {@code COPY}; such as {@code NULL} or {@code \N} makes empty values texts.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.csvNull")
    private @Nullable String csvNull;

    /**
     * The SQL schema of the database whose tables are looked at. By default those of the model, or without a model those of
     * {@code public}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.sqlSchema")
    private @Nullable String sqlSchema;

    /**
     * Looks at no more than so many rows of each table, the first ones; {@code 0} looks at all. Rows that were not looked at may
     * refute what the others show.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.mostRows", defaultValue = "0")
    private long mostRows;

    /**
     * Looks for dependencies on no more than so many columns; {@code 0} looks for all. Real rules seldom have more than four.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.mostColumns", defaultValue = "0")
    private int mostColumns;

    /**
     * Writes the indexes that are missing, and the tables of a DynamoDB store that has none, into the files of the model, and leaves
     * every other byte of them as it is. Nothing is written that the rules would refuse.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.write", defaultValue = "false")
    private boolean write;

    @Inject
    AdviseMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    @Override
    GoalResult run() throws IOException, MojoFailureException {
        var request = new AdviseRequest(
                modelRequest(),
                csv == null ? List.of() : csv,
                new CsvDialect(delimiter(), csvNull == null ? "" : csvNull),
                database(),
                Optional.ofNullable(sqlSchema).filter(name -> !name.isBlank()),
                atLeastZero("schema.mostRows", mostRows) == 0 ? Long.MAX_VALUE : mostRows,
                atLeastZero("schema.mostColumns", mostColumns) == 0 ? Integer.MAX_VALUE : mostColumns,
                timeout(),
                Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP,
                write);
        return Advise.run(request, lastModel(), this::log);
    }

    private Optional<Character> delimiter() throws MojoFailureException {
        if (csvDelimiter == null || csvDelimiter.isEmpty()) {
            return Optional.empty();
        }
        if (csvDelimiter.strip().toLowerCase(Locale.ROOT).equals("tab") || csvDelimiter.equals("\\t")) {
            return Optional.of('\t');
        }
        if (csvDelimiter.length() != 1 || "\"\r\n".contains(csvDelimiter)) {
            throw new MojoFailureException(
                    "`schema.csvDelimiter` is `" + csvDelimiter + "`, but has to be one character, or `tab`");
        }
        return Optional.of(csvDelimiter.charAt(0));
    }

    private static long atLeastZero(String parameter, long value) throws MojoFailureException {
        if (value < 0) {
            throw new MojoFailureException("`" + parameter + "` is `" + value + "`, but has to be 0 or more");
        }
        return value;
    }
}
