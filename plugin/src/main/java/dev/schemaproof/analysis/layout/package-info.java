/**
 * Layouts of key-value stores that follow from the access patterns: which keys and indexes a single table needs, which pattern forces each,
 * and why no fewer will do.
 *
 * <p><b>The family.</b> One table with a partition key and a sort key, and global indexes with keys of their own. Every sort key begins
 * with a word of its entity, and every partition of an index that sorts by a number with one too: no two entities ever share a stretch of a
 * partition, so that what one entity needs is found without looking at the others. A read is <em>served</em> by a key when its equality
 * conditions give the partition and the first part of the sort key, and its order, or else a range, comes next. A condition that a key
 * could decide is left to a filter in two cases only: the others tell which row it is, or an update changes the attribute without knowing the
 * rest of the key.
 *
 * <p><b>The objective.</b> As many patterns served as the family can; of those the fewest indexes; of those the fewest index entries of all
 * entities together; then the layout in which an entity whose key holds that of another (an identifying reference) lies in the other's
 * item collection; then the shortest keys. An index of the table is shared by all entities, each with a key of its own in it, so that the number
 * of indexes is the greatest number of keys that an entity needs besides that of the table.
 *
 * <p><b>Why it is the fewest.</b> Which reads one key serves is the question of {@code analysis.index}: columns under equality first, in any
 * order, then the suffix. So the keys besides a given key of the table are a smallest set of indexes, which {@link
 * dev.schemaproof.analysis.index.SmallestIndexes} finds with a certificate. What a B-tree has not is said with columns that exist
 * only for the search (see {@code Classes}). The key of the table is chosen by looking at every set of reads that one key serves
 * ({@code TableKeys}); where an entity has too many reads for that, only at pairs of them, and the result says that it need not be the fewest.
 *
 * <p><b>Who judges.</b> Nothing of this is believed: the proposed table is judged by {@link
 * dev.schemaproof.analysis.keyvalue.KeyValueAnalysis} as a written one is, and a pattern that it refuses is told with its own words.
 */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.layout;
