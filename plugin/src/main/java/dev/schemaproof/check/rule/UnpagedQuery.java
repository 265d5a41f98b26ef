package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.PAGE_BYTES;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.PartitionRead;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern.Find;
import java.util.stream.Stream;

/** A query without a limit whose partition holds more than DynamoDB reads at once. */
public final class UnpagedQuery implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> PartitionRead.of(facts.model(), store).stream())
                .filter(read -> (read.pattern().find() != Find.ONE
                                || !read.pattern().include().isEmpty())
                        && read.pattern().limit().isEmpty()
                        && !read.narrowed()
                        && read.bytes() > PAGE_BYTES)
                .map(this::finding);
    }

    private Finding finding(PartitionRead read) {
        return finding(
                        read.pattern().name().at(),
                        read.pattern().name().value(),
                        "one request reads at most 1 MB, and the partition of `"
                                + read.served().item().name()
                                + "` holds some " + SizeText.number(read.rows()) + " items of at least "
                                + SizeText.bytes(read.size()) + ", " + SizeText.bytes(read.bytes()) + " together")
                .withHelp(help(read));
    }

    private static String help(PartitionRead read) {
        if (!read.pattern().include().isEmpty()) {
            return "read what there is much of by a pattern of its own, with a `limit`";
        }
        return read.pattern().find() == Find.COUNT
                ? "DynamoDB counts by reading: keep the number in an item of its own, with a contract"
                : "say how many rows one answer has, such as `limit: 50`, and go on from"
                        + " `LastEvaluatedKey`; or narrow the sort key by a condition";
    }
}
