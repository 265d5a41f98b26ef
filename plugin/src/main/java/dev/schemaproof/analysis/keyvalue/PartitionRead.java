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
                reads.add(
                        served.shares().isEmpty() ? alone(model, served, query, read) : together(model, served, read));
            }
        }
        return reads;
    }

    private static PartitionRead alone(
            Model model, Resolution.Served served, Request.Query query, AccessPattern.Read read) {
        var rows = RequestUnits.inPartition(model, served);
        return new PartitionRead(
                served,
                read,
                rows.orElse(1),
                rows.isPresent(),
                RequestUnits.size(served.item(), served.index()),
                RequestUnits.narrowed(query));
    }

    /** The items of all entities count, each as much as there are of it. */
    private static PartitionRead together(Model model, Resolution.Served served, AccessPattern.Read read) {
        var rows = 0.0;
        var bytes = 0.0;
        var known = false;
        for (var share : served.shares()) {
            var expected = RequestUnits.inPartition(model, share.item(), served.index());
            known |= expected.isPresent();
            rows += expected.orElse(1);
            bytes += expected.orElse(1) * RequestUnits.size(share.item(), served.index());
        }
        return new PartitionRead(served, read, rows, known, bytes / rows, RequestUnits.given(served));
    }

    /** What the partition's items take together. */
    public double bytes() {
        return rows * size;
    }
}
