package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.StorageType;
import dev.schemaproof.analysis.keyvalue.StoredAttribute;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import java.util.Optional;
import java.util.stream.Stream;

/** A read that returns items whose time to live has passed, as DynamoDB deletes them days later. */
public final class ExpiredItems implements Rule {

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.resolutions().stream())
                .filter(Resolution.Served.class::isInstance)
                .map(Resolution.Served.class::cast)
                .flatMap(served -> expiry(served)
                        .filter(expiry -> served.pattern() instanceof AccessPattern.Read read && !asked(read, expiry))
                        .map(expiry -> finding(served, expiry))
                        .stream());
    }

    private static Optional<StoredAttribute> expiry(Resolution.Served served) {
        return served.item()
                .table()
                .ttl()
                .flatMap(ttl -> Optional.ofNullable(served.item().stored().get(ttl.value())))
                .filter(stored -> stored.type() == StorageType.N);
    }

    private static boolean asked(AccessPattern.Read read, StoredAttribute expiry) {
        return read.where().stream()
                .anyMatch(condition -> condition
                        .attribute()
                        .value()
                        .equals(expiry.path().written().toString()));
    }

    private Finding finding(Resolution.Served served, StoredAttribute expiry) {
        var path = expiry.path();
        return finding(
                        served.pattern().name().at(),
                        served.pattern().name().value(),
                        "`" + served.pattern().name() + "` may return items whose `" + path
                                + "` has passed: DynamoDB deletes them within days, not at once")
                .withHelp("compare it: `where: [..., \"" + path + " > :now\"]`, with the current time as parameter");
    }
}
