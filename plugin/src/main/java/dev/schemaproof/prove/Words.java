package dev.schemaproof.prove;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** How proofs say things. */
final class Words {

    private static final int MANY = 5;

    private Words() {}

    /** A number with its thousands separated. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 row}, {@code 2,400 rows}. */
    static String count(long number, String noun) {
        return count(number, noun, noun + "s");
    }

    /** {@code 1 index}, {@code 5 indexes}. */
    static String count(long number, String one, String several) {
        return number(number) + " " + (number == 1 ? one : several);
    }

    /** A name in back quotes. */
    static String name(String name) {
        return "`" + name + "`";
    }

    /** Names in back quotes: {@code `a`, `b` and `c`}. */
    static String names(List<String> names) {
        return and(names.stream().map(Words::name).toList());
    }

    /** {@code a, b and c}. */
    static String and(List<String> words) {
        if (words.size() < 2) {
            return String.join("", words);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.get(words.size() - 1);
    }

    /** The first few, and how many more there are. */
    static String some(List<String> words) {
        return words.stream().limit(MANY).collect(Collectors.joining("; "))
                + (words.size() > MANY ? "; and " + (words.size() - MANY) + " more" : "");
    }

    /** The database's own sentence about an error, on one line and without its position. */
    static String message(SQLException error) {
        if (error instanceof PSQLException postgres) {
            ServerErrorMessage server = postgres.getServerErrorMessage();
            if (server != null && server.getMessage() != null) {
                String detail = server.getDetail() == null ? "" : " (" + server.getDetail() + ")";
                return oneLine(server.getMessage() + detail);
            }
        }
        return oneLine(String.valueOf(error.getMessage()));
    }

    /** The text with its white space reduced to single blanks. */
    static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
