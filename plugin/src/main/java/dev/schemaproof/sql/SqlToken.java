package dev.schemaproof.sql;

/**
 * A word of a SQL text.
 *
 * @param kind what it is
 * @param begin index of its first {@code char}
 * @param end index after its last {@code char}
 * @param complete whether a literal, quoted name or comment has its end
 */
record SqlToken(Kind kind, int begin, int end, boolean complete) {

    /** What a token is. */
    enum Kind {
        /** A keyword or a name without quotes. */
        WORD,
        /** A name in double quotes. */
        QUOTED_NAME,
        /** Any form of string literal, with what continues it on later lines. */
        STRING,
        NUMBER,
        /** {@code :name}. */
        PARAMETER,
        /** {@code $1}. */
        POSITION,
        OPERATOR,
        /** Brackets, comma, semicolon, dots and colons. */
        PUNCTUATION,
        COMMENT
    }

    Span span() {
        return new Span(begin, end);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    String text(String sql) {
        return sql.substring(begin, end);
    }

    /** Whether it is this keyword or punctuation, in any case. */
    boolean is(String sql, String text) {
        return (kind == Kind.WORD || kind == Kind.PUNCTUATION || kind == Kind.OPERATOR)
                && end - begin == text.length()
                && sql.regionMatches(true, begin, text, 0, text.length());
    }
}
