package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * A query, and what is known of the partition that it reads.
 *
 * @param served the query's resolution
 * @param pattern the pattern that it serves
 * @param rows the expected items in the partition, one where nothing is declared
 * @param known whether something is declared
 * @param size what one of them takes at least
 * @param narrowed whether a condition leads to a part of the partition
 */
public record PartitionRead(
        Resolution.Served served,
        AccessPattern.Read pattern,
        double rows,
        boolean known,
        double size,
        boolean narrowed) {

    /** The queries of the store. */
    public static List<PartitionRead> of(Model model, StoreFacts store) {
        var reads = new ArrayList<PartitionRead>();
        for (var resolution : store.resolutions()) {
            if (resolution instanceof Resolution.Served served
                    && served.request() instanceof Request.Query query
                    && served.pattern() instanceof AccessPattern.Read read) {
                var rows = RequestUnits.inPartition(model, served);
                reads.add(new PartitionRead(
                        served,
                        read,
                        rows.orElse(1),
                        rows.isPresent(),
                        RequestUnits.size(served.item(), served.index()),
                        RequestUnits.narrowed(query)));
            }
        }
        return reads;
    }

    /** What the partition's items take together. */
    public double bytes() {
        return rows * size;
    }
}
