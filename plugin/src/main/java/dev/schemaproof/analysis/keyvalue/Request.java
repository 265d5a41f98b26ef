package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.RequestValue.Piece.EachShard;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A request to DynamoDB that serves an access pattern. */
public sealed interface Request {

    /** The name of the operation in DynamoDB's API. */
    String operation();

    String table();

    /**
     * Reads the item with a key.
     *
     * @param key the whole key, by key attribute
     * @param projection the attributes to return; empty means all
     */
    record GetItem(String table, Map<String, RequestValue> key, List<String> projection) implements Request {

        public GetItem {
            key = ordered(key);
            projection = List.copyOf(projection);
        }

        @Override
        public String operation() {
            return "GetItem";
        }
    }

    /**
     * Reads a stretch of one partition, or of each shard of one that is spread.
     *
     * @param index the index that is read instead of the table
     * @param keyConditions on the partition key, then perhaps on the sort key
     * @param filter what is dropped after reading
     * @param forward the direction by the sort key, where the pattern asks for an order
     * @param limit the number of items after which reading ends, in each shard
     * @param count whether only their number is returned
     */
    record Query(
            String table,
            Optional<String> index,
            List<Term> keyConditions,
            List<Term> filter,
            List<String> projection,
            Optional<Boolean> forward,
            OptionalLong limit,
            boolean count)
            implements Request {

        public Query {
            keyConditions = List.copyOf(keyConditions);
            filter = List.copyOf(filter);
            projection = List.copyOf(projection);
        }

        /** How many queries it takes, one for each shard of the partition; 1 where only one partition can hold the answer. */
        public int shards() {
            return keyConditions.get(0).values().stream()
                    .flatMap(value -> value.pieces().stream())
                    .mapToInt(piece -> piece instanceof EachShard each ? each.count() : 1)
                    .max()
                    .orElse(1);
        }

        @Override
        public String operation() {
            return "Query";
        }
    }

    /** Reads the whole table. */
    record Scan(String table, List<Term> filter, List<String> projection, boolean count) implements Request {

        public Scan {
            filter = List.copyOf(filter);
            projection = List.copyOf(projection);
        }

        @Override
        public String operation() {
            return "Scan";
        }
    }

    /**
     * Writes a whole item.
     *
     * @param item every attribute
     * @param onlyNew the key attribute whose absence is asked for, so that no item is replaced
     */
    record PutItem(String table, Map<String, RequestValue> item, Optional<String> onlyNew) implements Request {

        public PutItem {
            item = ordered(item);
        }

        @Override
        public String operation() {
            return "PutItem";
        }
    }

    /**
     * Changes attributes of the item with a key.
     *
     * @param assignments the new values
     * @param conditions what must hold of the item before
     */
    record UpdateItem(String table, Map<String, RequestValue> key, List<Assignment> assignments, List<Term> conditions)
            implements Request {

        public UpdateItem {
            key = ordered(key);
            assignments = List.copyOf(assignments);
            conditions = List.copyOf(conditions);
        }

        @Override
        public String operation() {
            return "UpdateItem";
        }
    }

    /**
     * A new value.
     *
     * @param onlyIfAbsent whether a value that is there already stays
     */
    record Assignment(String attribute, RequestValue value, boolean onlyIfAbsent) {}

    /** Removes the item with a key. */
    record DeleteItem(String table, Map<String, RequestValue> key, List<Term> conditions) implements Request {

        public DeleteItem {
            key = ordered(key);
            conditions = List.copyOf(conditions);
        }

        @Override
        public String operation() {
            return "DeleteItem";
        }
    }

    private static <K, V> Map<K, V> ordered(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
