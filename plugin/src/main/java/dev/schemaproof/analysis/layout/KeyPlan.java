package dev.schemaproof.analysis.layout;

import dev.schemaproof.model.AccessPattern.Read;
import java.util.List;
import java.util.stream.Stream;

/**
 * A key of an entity, in the table or an index.
 *
 * @param partition the columns of the partition key; none where one partition holds all rows
 * @param sort the columns of the sort key, behind the entity's word
 * @param numeric whether the sort key is a number
 * @param reads the reads that it is for
 */
record KeyPlan(List<Integer> partition, List<Integer> sort, boolean numeric, List<Read> reads) {

    KeyPlan {
        partition = List.copyOf(partition);
        sort = List.copyOf(sort);
        reads = List.copyOf(reads);
    }

    static KeyPlan of(List<Integer> key, int partition, boolean numeric, List<Read> reads) {
        return new KeyPlan(key.subList(0, partition), key.subList(partition, key.size()), numeric, reads);
    }

    List<Integer> columns() {
        return Stream.concat(partition.stream(), sort.stream()).toList();
    }
}
