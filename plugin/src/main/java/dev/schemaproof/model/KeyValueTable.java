package dev.schemaproof.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DynamoDB table.
 *
 * @param name the table's name, also in AWS
 * @param partitionKey its hash key
 * @param sortKey its range key
 * @param billing how capacity is paid for
 * @param ttl the attribute that holds the time to live, in epoch seconds
 * @param options what DynamoDB does beside
 * @param indexes secondary indexes, by name
 * @param items what the table holds, by entity
 */
public record KeyValueTable(
        Located<String> name,
        KeyAttribute partitionKey,
        Optional<KeyAttribute> sortKey,
        Billing billing,
        Optional<Located<String>> ttl,
        Options options,
        Map<String, SecondaryIndex> indexes,
        Map<String, ItemType> items) {

    public KeyValueTable {
        indexes = Copies.ordered(indexes);
        items = Copies.ordered(items);
    }

    /** The indexes that sort the table's own partitions. */
    public List<SecondaryIndex> localIndexes() {
        return indexes.values().stream().filter(SecondaryIndex::local).toList();
    }

    /** The indexes with partitions of their own. */
    public List<SecondaryIndex> globalIndexes() {
        return indexes.values().stream().filter(index -> !index.local()).toList();
    }

    /** An attribute of a key. */
    public record KeyAttribute(Located<String> name, KeyType type) {}

    /** The types that DynamoDB allows in keys. */
    public enum KeyType {
        STRING,
        NUMBER,
        BINARY
    }

    /** How capacity is paid for. */
    public sealed interface Billing {

        /** By request. */
        record OnDemand() implements Billing {}

        /**
         * By provisioned units a second.
         *
         * @param read read capacity units
         * @param write write capacity units
         */
        record Provisioned(long read, long write) implements Billing {}
    }

    /**
     * What DynamoDB does with a table beside reading and writing.
     *
     * @param stream what the stream of changes carries, where there is one
     * @param pointInTimeRecovery whether it can be restored as it was at any second of the last 35 days
     * @param deletionProtection whether DynamoDB refuses to delete it
     */
    public record Options(Optional<StreamView> stream, boolean pointInTimeRecovery, boolean deletionProtection) {}

    /** What a record of a stream carries of the item that has changed. */
    public enum StreamView {
        KEYS_ONLY,
        NEW_IMAGE,
        OLD_IMAGE,
        NEW_AND_OLD_IMAGES
    }

    /**
     * A secondary index.
     *
     * @param partitionKey its hash key; that of the table where it is local
     * @param projection what its entries carry beside the keys
     * @param local whether it sorts the table's own partitions, which hold its entries too
     */
    public record SecondaryIndex(
            Located<String> name,
            KeyAttribute partitionKey,
            Optional<KeyAttribute> sortKey,
            Projection projection,
            boolean local) {}

    /** What an index entry carries. */
    public sealed interface Projection {

        /** The whole item. */
        record All() implements Projection {}

        /** The keys of index and table. */
        record Keys() implements Projection {}

        /** The keys and these attributes. */
        record Include(List<Located<String>> attributes) implements Projection {

            public Include {
                attributes = List.copyOf(attributes);
            }
        }
    }

    /**
     * How one entity is stored in the table.
     *
     * @param entity the entity's name
     * @param key the template of each key attribute of the table, by that attribute's name
     * @param indexKeys the templates for each index in which the item appears: index, then key attribute
     * @param shards over how many partitions the table's key spreads each one that it would have
     * @param indexShards likewise for indexes, by the index's name
     * @param attributes the entity's attributes that are stored; empty means all
     * @param copies attributes of referenced entities that are stored too, as {@code role.attribute}
     */
    public record ItemType(
            Located<String> entity,
            Map<String, SourceText> key,
            Map<String, Map<String, SourceText>> indexKeys,
            Optional<Shards> shards,
            Map<String, Shards> indexShards,
            Optional<List<Located<String>>> attributes,
            List<Located<String>> copies) {

        public ItemType {
            key = Copies.ordered(key);
            var templates = new LinkedHashMap<String, Map<String, SourceText>>();
            indexKeys.forEach((index, parts) -> templates.put(index, Copies.ordered(parts)));
            indexKeys = Copies.ordered(templates);
            indexShards = Copies.ordered(indexShards);
            attributes = attributes.map(List::copyOf);
            copies = List.copyOf(copies);
        }
    }

    /**
     * A key whose partitions are spread: an item goes to a shard by a hash of one of its values.
     *
     * @param count how many shards there are of each partition
     * @param by the attribute whose value is hashed; nothing where the entity's key says it
     */
    public record Shards(Located<Integer> count, Optional<Located<String>> by) {}
}
