package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.StorageType;
import dev.schemaproof.analysis.keyvalue.StoredAttribute;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Located;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A time to live by which DynamoDB would delete nothing, or everything at the wrong time. */
public final class UnfitTtl implements Rule {

    private static final Pattern FINER =
            Pattern.compile("(^|_)(ms|millis|milliseconds|micros|microseconds|nanos)($|_)");

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.tables().stream())
                .flatMap(table -> table.table().ttl().stream().flatMap(ttl -> check(table, ttl)));
    }

    private Stream<Finding> check(TableDesign table, Located<String> ttl) {
        var holders = table.items().stream()
                .filter(item -> item.stored().containsKey(ttl.value()))
                .toList();
        if (holders.isEmpty()) {
            return table.unjudged().isEmpty() ? Stream.of(missing(table, ttl)) : Stream.empty();
        }
        return holders.stream()
                .flatMap(item -> Optional.ofNullable(item.stored().get(ttl.value())).stream()
                        .flatMap(stored -> flaw(table, ttl, item.name() + "." + ttl, stored)));
    }

    private Finding missing(TableDesign table, Located<String> ttl) {
        var names = new TreeSet<String>();
        table.items().forEach(item -> names.addAll(item.stored().keySet()));
        return finding(
                        ttl.at(),
                        table.name() + "." + ttl,
                        "no item of `" + table.name() + "` holds `" + ttl + "`, so that none would ever be deleted")
                .withHelp(NearestName.of(ttl.value(), names)
                        .map(name -> "did you mean `" + name + "`?")
                        .orElse("add a `timestamptz` of that name to the entity whose items expire, or remove `ttl`"));
    }

    private Stream<Finding> flaw(TableDesign table, Located<String> ttl, String subject, StoredAttribute stored) {
        if (stored.type() != StorageType.N) {
            return Stream.of(finding(
                            ttl.at(),
                            subject,
                            "`" + subject + "` is a `" + stored.path().type().declared()
                                    + "`, and DynamoDB deletes by numbers only, whole seconds since 1970")
                    .withHelp("make it a `timestamptz`, which is stored as such a number, or a `bigint` of seconds")
                    .withRelated(stored.path().attribute().name().at(), "declared here"));
        }
        var words = ttl.value().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        return FINER.matcher(words).find()
                ? Stream.of(finding(
                                ttl.at(),
                                subject,
                                "by its name `" + ttl + "` counts no seconds, and DynamoDB would keep the items of `"
                                        + table.name() + "` for thousands of years")
                        .withSeverity(Severity.WARNING)
                        .withHelp("store whole seconds since 1970: a `timestamptz` is written so"))
                : Stream.empty();
    }
}
