package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.relational.RelationalName;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import java.util.stream.Stream;

/** A name that the database would cut, silently for most, so that statements find it and catalogs do not. */
public final class IdentifierTooLong implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model()
                .relationalStores()
                .flatMap(store -> RelationalNames.in(facts.model(), store).stream())
                .filter(RelationalName::given)
                .filter(name -> PostgresNames.bytes(name.name()) > PostgresDialect.MAX_IDENTIFIER_BYTES)
                .map(this::finding)
                .distinct();
    }

    private Finding finding(RelationalName name) {
        return finding(
                        name.at(),
                        name.subject(),
                        name.kind().words() + " `" + name.name() + "` is " + PostgresNames.bytes(name.name())
                                + " bytes long, PostgreSQL keeps " + PostgresDialect.MAX_IDENTIFIER_BYTES)
                .withHelp(help(name.kind()));
    }

    private static String help(RelationalName.Kind kind) {
        return switch (kind) {
            case TABLE -> "shorten it, or give the entity a shorter `table:`";
            case PARTITION -> "shorten it, or give the entity a shorter `table:`";
            case COLUMN -> "shorten it, or give the attribute a shorter `column:`";
            default -> "shorten it";
        };
    }
}
