package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.sql.NameFlaw;
import dev.schemaproof.analysis.sql.NameFlaw.Kind;
import java.util.Set;

/** A table in SQL that no entity has, or an alias that nothing in FROM has. */
public final class UnknownTable extends SqlNameRule {

    public UnknownTable() {
        super(Set.of(Kind.UNKNOWN_TABLE, Kind.UNKNOWN_QUALIFIER));
    }

    @Override
    String summary(NameFlaw flaw) {
        return flaw.kind() == Kind.UNKNOWN_TABLE
                ? "there is no table `" + flaw.name() + "`"
                : "no table that can be named here is called `" + flaw.name() + "`";
    }

    @Override
    String help(NameFlaw flaw) {
        if (flaw.kind() != Kind.UNKNOWN_TABLE) {
            return guess(flaw, "add the table to FROM, or name one that is there");
        }
        var guess = guess(flaw, "declare an entity whose table it is");
        return guess.startsWith("did you mean") ? guess : guess + "; write the query of a view into the pattern";
    }
}
