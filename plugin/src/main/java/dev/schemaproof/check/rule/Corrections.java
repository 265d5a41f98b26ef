package dev.schemaproof.check.rule;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.dialect.Dialect;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import java.util.regex.Pattern;

/** Fixes that put another name in the place of one that names nothing. */
final class Corrections {

    /** Names that YAML, and our small grammars in it, read as they are. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

    private static final Dialect SQL = new PostgresDialect();

    private Corrections() {}

    /** The finding with a fix, where the name needs no quotes. */
    static Finding of(Finding finding, String before, String after) {
        return PLAIN.matcher(after).matches() ? finding.withFix(Fix.replace(finding.at(), before, after)) : finding;
    }

    /** Likewise inside SQL. */
    static Finding ofSql(Finding finding, String before, String after) {
        return SQL.identifier(after).equals(after)
                ? finding.withFix(Fix.replace(finding.at(), before, after))
                : finding;
    }
}
