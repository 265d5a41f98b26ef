package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.PARTITION_KEY_BYTES;
import static dev.schemaproof.dialect.dynamodb.DynamoLimits.SORT_KEY_BYTES;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyTemplate;
import dev.schemaproof.analysis.keyvalue.ValueBytes;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.KeyValueTable.KeyType;
import java.util.Optional;
import java.util.stream.Stream;

/** A key template that can write a longer key than DynamoDB takes. */
public final class OversizedKey implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.tables().stream())
                .flatMap(table -> table.items().stream())
                .flatMap(this::check);
    }

    /** A key attribute may be part of several keys: the shortest limit counts. */
    private Stream<Finding> check(ItemDesign item) {
        return item.templates().stream()
                .filter(template -> template.attribute().type() != KeyType.NUMBER)
                .flatMap(template ->
                        finding(item, template, sorts(item, template) ? SORT_KEY_BYTES : PARTITION_KEY_BYTES).stream());
    }

    private static boolean sorts(ItemDesign item, KeyTemplate template) {
        return Stream.concat(Stream.of(item.key()), item.indexes().values().stream())
                .flatMap(pair -> pair.sort().stream())
                .anyMatch(template::equals);
    }

    private Optional<Finding> finding(ItemDesign item, KeyTemplate template, int limit) {
        var bytes = ValueBytes.key(template);
        var takes = "`" + template.name() + "` takes " + limit + " bytes, and `" + template + "` ";
        if (bytes.average() > limit) {
            return Optional.of(finding(
                    item,
                    template,
                    severity(),
                    takes + "has " + Math.round(bytes.average()) + " of them on average, by the declared widths"));
        }
        if (bytes.mostPlain().isPresent() && bytes.mostPlain().getAsLong() > limit) {
            return Optional.of(finding(
                    item,
                    template,
                    severity(),
                    takes + "may have " + bytes.mostPlain().getAsLong() + " characters"));
        }
        if (bytes.most().isPresent() && bytes.most().getAsLong() > limit) {
            return Optional.of(finding(
                    item,
                    template,
                    Severity.WARNING,
                    takes + "may have " + bytes.most().getAsLong()
                            + " where characters take more than one byte in UTF-8"));
        }
        return Optional.empty();
    }

    private Finding finding(ItemDesign item, KeyTemplate template, Severity severity, String summary) {
        return Finding.of(id(), severity, template.source().at(), item.name() + "." + template.name(), summary)
                .withHelp(
                        "bound the text more tightly, such as by `string(200)`, say what it is made of (`check: \"name ~"
                                + " '^[a-z0-9_]{1,40}$'\"`), or put a short id or a hash into the key instead");
    }
}
