package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.sql.NameFlaw;
import dev.schemaproof.analysis.sql.NameFlaw.Kind;
import java.util.Set;
import java.util.stream.Collectors;

/** A column in SQL that several tables have, so that the database can't know which is meant. */
public final class AmbiguousColumn extends SqlNameRule {

    /** More choices than this are no help. */
    private static final int FEW = 4;

    public AmbiguousColumn() {
        super(Set.of(Kind.AMBIGUOUS_COLUMN));
    }

    @Override
    String summary(NameFlaw flaw) {
        return flaw.known().size() < 2
                ? "there are several columns `" + flaw.name() + "` here"
                : "column `" + flaw.name() + "` is in " + Words.listed(flaw.known());
    }

    @Override
    String help(NameFlaw flaw) {
        if (flaw.known().size() < 2) {
            return "give each of them a name of its own with `AS`";
        }
        var choices = flaw.known().stream()
                .limit(FEW)
                .map(table -> "`" + table + "." + flaw.name() + "`")
                .collect(Collectors.joining(" or "));
        return "say which is meant: " + choices;
    }
}
