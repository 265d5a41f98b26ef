package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.READ_UNIT_BYTES;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.FilterShare;
import dev.schemaproof.analysis.keyvalue.PartitionRead;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** A query of which a filter drops most of what has been read and paid for. */
public final class WastefulFilter implements Rule {

    /** What keeps less is better served by a key. */
    private static final double LITTLE = 0.1;

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> PartitionRead.of(facts.model(), store).stream())
                .filter(read -> !read.served().residual().isEmpty() && worthwhile(read))
                .flatMap(read -> FilterShare.of(facts.model(), read.served()).stream()
                        .filter(share -> share.kept() < LITTLE)
                        .map(share -> finding(read, share)));
    }

    /** A partition that is known to fit into one read unit costs the same whatever is dropped. */
    private static boolean worthwhile(PartitionRead read) {
        return !read.known() || read.bytes() > READ_UNIT_BYTES;
    }

    private Finding finding(PartitionRead read, FilterShare share) {
        return finding(
                        share.at(),
                        read.pattern().name().value(),
                        "the filter keeps " + SizeText.percent(share.kept()) + " of what is read and paid for: "
                                + String.join(" and ", share.reasons()))
                .withHelp(
                        "put `" + share.attribute() + "` into a key: into the sort key before what varies, or into the"
                                + " partition key of an index, so that only what is wanted is read");
    }
}
