package dev.schemaproof.dialect.dynamodb;

/** What DynamoDB refuses beyond, by the chapter on quotas in its developer guide; 1 KB is 1024 bytes. */
public final class DynamoLimits {

    /** Bytes of a partition key's value, of tables and of indexes. */
    public static final int PARTITION_KEY_BYTES = 2048;

    /** Bytes of a sort key's value. */
    public static final int SORT_KEY_BYTES = 1024;

    /** Bytes of an item, names included. */
    public static final int ITEM_BYTES = 400 * 1024;

    /** Bytes that one query or scan reads before it filters. */
    public static final int PAGE_BYTES = 1024 * 1024;

    /** Bytes that one read unit pays for; read for what may be stale, twice as many. */
    public static final int READ_UNIT_BYTES = 4 * 1024;

    /** Bytes that one write unit pays for. */
    public static final int WRITE_UNIT_BYTES = 1024;

    /** Read units a second of one partition. */
    public static final int PARTITION_READ_UNITS = 3000;

    /** Write units a second of one partition. */
    public static final int PARTITION_WRITE_UNITS = 1000;

    /** Global secondary indexes of a table, unless the account has a higher quota. */
    public static final int INDEXES = 20;

    /** Local secondary indexes of a table, all of them made with it. */
    public static final int LOCAL_INDEXES = 5;

    /** Bytes of one partition key value's items in a table with local indexes, their entries included. */
    public static final long COLLECTION_BYTES = 10L * 1024 * 1024 * 1024;

    /** Attributes in all lists of {@code INCLUDE} of a table's indexes together. */
    public static final int INCLUDED_ATTRIBUTES = 100;

    /** Items of a transaction. */
    public static final int TRANSACTION_ITEMS = 100;

    /** Bytes of a transaction. */
    public static final int TRANSACTION_BYTES = 4 * 1024 * 1024;

    /** Values in the list of {@code IN}. */
    public static final int LIST_VALUES = 100;

    /** Bytes of the name of a key attribute, or of one in a list of {@code INCLUDE}. */
    public static final int KEY_NAME_BYTES = 255;

    private DynamoLimits() {}
}
