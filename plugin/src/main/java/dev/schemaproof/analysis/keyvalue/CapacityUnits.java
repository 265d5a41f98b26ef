package dev.schemaproof.analysis.keyvalue;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.PAGE_BYTES;
import static dev.schemaproof.dialect.dynamodb.DynamoLimits.READ_UNIT_BYTES;
import static dev.schemaproof.dialect.dynamodb.DynamoLimits.WRITE_UNIT_BYTES;

/**
 * How DynamoDB counts units, by the chapters "Read and write operations" and "Using Global Secondary Indexes in DynamoDB" of its developer
 * guide. A unit of on-demand billing (request unit) and one of provisioned billing (capacity unit) are the same amount of work.
 */
public final class CapacityUnits {

    /** A read of what may be stale costs half. */
    private static final double STALE = 0.5;

    private CapacityUnits() {}

    /**
     * The read units of a request. All that a query or a scan reads is added up, items that a filter drops and attributes that nobody selects
     * included, and then rounded up to whole steps of 4 KB; what finds nothing costs as one step. A full page of 1 MB is a whole number of
     * steps, so that pages cost together what they would cost as one.
     *
     * @param bytes of all items or index entries that are read
     * @param consistent whether every write that was answered before is seen
     */
    public static double read(double bytes, boolean consistent) {
        return (consistent ? 1 : STALE) * steps(bytes, READ_UNIT_BYTES);
    }

    /**
     * The write units of one item or index entry, in whole steps of 1 KB.
     *
     * @param bytes of the item as it was before or as it is then, whichever is larger
     */
    public static double write(double bytes) {
        return steps(bytes, WRITE_UNIT_BYTES);
    }

    /** The requests that read so much, as one stops at 1 MB. */
    public static long pages(double bytes) {
        return (long) steps(bytes, PAGE_BYTES);
    }

    private static double steps(double bytes, int step) {
        return Math.max(1, Math.ceil(bytes / step));
    }
}
