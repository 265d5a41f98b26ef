package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.StorageType;
import dev.schemaproof.analysis.keyvalue.StoredAttribute;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import java.util.List;
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
                .filter(served -> served.pattern() instanceof AccessPattern.Read)
                .flatMap(this::check);
    }

    private Stream<Finding> check(Resolution.Served served) {
        var items = served.shares().isEmpty()
                ? List.of(served.item())
                : served.shares().stream().map(Resolution.Share::item).toList();
        return items.stream()
                .flatMap(item -> expiry(item).stream()
                        .filter(expiry -> !(item.equals(served.item())
                                && served.pattern() instanceof AccessPattern.Read read
                                && asked(read, expiry)))
                        .map(expiry -> finding(served, expiry)));
    }

    private static Optional<StoredAttribute> expiry(ItemDesign item) {
        return item.table()
                .ttl()
                .flatMap(ttl -> Optional.ofNullable(item.stored().get(ttl.value())))
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
                .withHelp(
                        served.shares().isEmpty()
                                ? "compare it: `where: [..., \"" + path
                                        + " > :now\"]`, with the current time as parameter"
                                : "let the application compare it with the current time");
    }
}
