package dev.schemaproof.analysis.layout;

import java.util.List;
import java.util.Optional;

/**
 * A key of the layout, and what forced it.
 *
 * @param entity whose items have it
 * @param index where, or nothing for the table
 * @param partition the template of the partition key
 * @param sort the template of the sort key
 * @param patterns the reads that it serves; none where only writes and the identity of rows ask for it
 * @param reasons why it is made of what, in words
 */
public record AdvisedKey(
        String entity,
        Optional<String> index,
        String partition,
        String sort,
        List<String> patterns,
        List<String> reasons) {

    public AdvisedKey {
        patterns = List.copyOf(patterns);
        reasons = List.copyOf(reasons);
    }
}
