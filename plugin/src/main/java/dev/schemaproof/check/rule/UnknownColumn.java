package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.sql.NameFlaw;
import dev.schemaproof.analysis.sql.NameFlaw.Kind;
import java.util.Set;

/** A column in SQL that its table doesn't have. */
public final class UnknownColumn extends SqlNameRule {

    public UnknownColumn() {
        super(Set.of(Kind.UNKNOWN_COLUMN, Kind.NO_COLUMNS));
    }

    @Override
    String summary(NameFlaw flaw) {
        if (flaw.kind() == Kind.NO_COLUMNS) {
            return "`" + flaw.name() + "` reads as a column, and there are none here";
        }
        return flaw.owner()
                .map(owner -> "`" + owner + "` has no column `" + flaw.name() + "`")
                .orElse("there is no column `" + flaw.name() + "` here");
    }

    @Override
    String help(NameFlaw flaw) {
        return flaw.kind() == Kind.NO_COLUMNS
                ? "if a text is meant, it needs single quotes: `'" + flaw.name() + "'`"
                : guess(flaw, "declare an attribute with this column, or name another column");
    }
}
