package dev.schemaproof.analysis.keyvalue.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis;
import dev.schemaproof.analysis.keyvalue.cost.Assumption.Kind;
import dev.schemaproof.analysis.keyvalue.cost.Reading.Bound;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Units and bytes against those counted by hand. */
class StoreCapacityTest {

    /**
     * An order takes PK 40, SK 40, id 38, customer_id 47, state 15, note 4004, mail 24 and G2 22 for each fourth, G1 12, G1S 39 bytes: 4246.5. Its
     * entry in by-state takes 40 + 40 + 12 + 39 + 4004 = 4135 bytes, that in by-mail 40 + 40 + 22 + 24 = 126.
     */
    private static final String MODEL = """
            schema: shop
            stores:
              edge:
                engine: dynamodb
                tables:
                  shop:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-state: {partitionKey: G1, sortKey: G1S, project: [note]}
                      by-mail: {partitionKey: G2, project: [mail]}
                    items:
                      Order:
                        key: {PK: "C#{customer_id}", SK: "O#{id}"}
                        by-state: {G1: "{state}", G1S: "{id}"}
                        by-mail: {G2: "{mail}"}
            entities:
              Customer:
                attributes: {id: uuid}
                key: [id]
              Order:
                rows: 1000
                attributes:
                  id: uuid
                  customer_id: uuid
                  state: {type: text, values: {width: 10, distinct: 5}}
                  note: {type: text, values: {width: 4000}}
                  mail: {type: text null, values: {width: 20, nulls: 75%}}
                key: [id]
                references:
                  customer: {entity: Customer, perParent: 10}
            accessPatterns:
            """;

    private static final String ONE = "where: [customer_id = :customer, id = :id]";

    private static StoreCapacity capacity(String model) {
        var read = Models.read(model);
        return StoreCapacity.of(read, KeyValueAnalysis.of(read).stores().get(0));
    }

    private static PatternUnits pattern(String pattern) {
        return pattern(MODEL, pattern);
    }

    private static PatternUnits pattern(String model, String pattern) {
        var capacity = capacity(model + "  p: {entity: Order, store: edge, " + pattern + "}\n");
        assertThat(capacity.patterns()).as("patterns that have a request").hasSize(1);
        return capacity.patterns().get(0);
    }

    private static Map<String, Double> writes(String pattern) {
        var writes = new TreeMap<String, Double>();
        pattern(pattern)
                .writings()
                .forEach(writing -> writes.put(writing.index().orElse("table"), writing.units()));
        return writes;
    }

    @Test
    void aReadOfEveryShardIsAsManyQueries() {
        var model = MODEL.replace("G1S: \"{id}\"}", "G1S: \"{id}\", shards: 4}")
                .replace("SK: \"O#{id}\"}", "SK: \"O#{id}\", shards: 4}");
        var index = pattern(model, "find: many, select: [note], where: [state = :state]");
        var table = pattern(model, "find: many, where: [customer_id = :customer]");

        // 50 entries of 4137 bytes, and 2.5 items of 4248.5 bytes, in each of four
        assertThat(index.reading().orElseThrow().items()).isEqualTo(200);
        assertThat(index.read()).isEqualTo(4 * 25.5);
        assertThat(table.reading().orElseThrow().items()).isEqualTo(10);
        assertThat(table.read()).isEqualTo(4 * 1.5);
        assertThat(pattern(model, "find: one, select: [id], " + ONE).read()).isEqualTo(1);
    }

    @Test
    void anInsertAddsAnEntryToEveryIndexThatTakesIt() {
        assertThat(writes("write: insert")).isEqualTo(Map.of("table", 5.0, "by-state", 5.0, "by-mail", 0.25));
    }

    @Test
    void aDeleteTakesThemOut() {
        assertThat(writes("write: delete, " + ONE)).isEqualTo(Map.of("table", 5.0, "by-state", 5.0, "by-mail", 0.25));
    }

    @Test
    void aChangedKeyOfAnIndexIsADeleteAndAPut() {
        assertThat(writes("write: update, set: [state], " + ONE)).isEqualTo(Map.of("table", 5.0, "by-state", 10.0));
        assertThat(writes("write: update, set: [mail], " + ONE)).isEqualTo(Map.of("table", 5.0, "by-mail", 0.5));
    }

    @Test
    void aChangeOfWhatAnIndexCarriesIsOneWrite() {
        assertThat(writes("write: update, set: [note], " + ONE)).isEqualTo(Map.of("table", 5.0, "by-state", 5.0));
    }

    @Test
    void aReplacedItemMayHaveOtherKeys() {
        var upsert = pattern("write: upsert");
        assertThat(writes("write: upsert")).isEqualTo(Map.of("table", 5.0, "by-state", 10.0, "by-mail", 0.5));
        assertThat(upsert.assumptions())
                .containsExactly(
                        new Assumption(Kind.OTHER_KEYS, "by-state"), new Assumption(Kind.OTHER_KEYS, "by-mail"));
    }

    @Test
    void anUpsertOfSomeMayFindNoRow() {
        // The new row gets its entries, although what is set is in neither index's key
        assertThat(writes("write: upsert, set: [note]"))
                .isEqualTo(Map.of("table", 5.0, "by-state", 5.0, "by-mail", 0.25));
    }

    @Test
    void aKeyOfWhatTellsTheRowStaysWhenAnItemIsReplaced() {
        var model = MODEL.replace("by-state: {G1: \"{state}\", G1S", "by-state: {G1: \"{customer_id}\", G1S");
        assertThat(pattern(model, "write: upsert").assumptions())
                .containsExactly(new Assumption(Kind.OTHER_KEYS, "by-mail"));
    }

    @Test
    void oneItemIsReadWhole() {
        assertThat(pattern("find: one, select: [id], " + ONE).read()).isEqualTo(1);
        assertThat(pattern("find: one, consistent: true, " + ONE).read()).isEqualTo(2);
    }

    @Test
    void aQueryReadsTheExpectedItems() {
        var query = pattern("find: many, where: [customer_id = :customer]");
        assertThat(query.reading().orElseThrow().items()).isEqualTo(10);
        assertThat(query.read()).isEqualTo(5.5);
        assertThat(query.assumptions()).isEmpty();
        assertThat(pattern("find: many, where: [customer_id = :customer], limit: 3")
                        .read())
                .isEqualTo(2);
        assertThat(pattern("find: count, where: [customer_id = :customer]").read())
                .isEqualTo(5.5);
    }

    @Test
    void anIndexIsReadByItsEntries() {
        var query = pattern("find: many, select: [note], where: [state = :state]");
        assertThat(query.reading().orElseThrow().bytes()).isEqualTo(200 * 4135.0);
        assertThat(query.read()).isEqualTo(101);
    }

    @Test
    void aSparseIndexHoldsFewer() {
        var model = MODEL.replace("nulls: 75%", "nulls: 75%, distinct: 2");
        var query = pattern(model, "find: many, select: [mail], where: [mail = :mail]");
        assertThat(query.reading().orElseThrow().items()).isEqualTo(125);
        assertThat(query.reading().orElseThrow().bytes()).isEqualTo(125 * 126.0);
    }

    @Test
    void everyPageIsRead() {
        var model = MODEL.replace("perParent: 10", "perParent: 1000");
        var reading = pattern(model, "find: many, where: [customer_id = :customer]")
                .reading()
                .orElseThrow();
        assertThat(reading.pages()).isEqualTo(5);
        assertThat(reading.units()).isEqualTo(518.5);
    }

    @Test
    void whatNobodyCountedIsOneItemAtLeast() {
        var query = pattern("find: many, select: [mail], where: [mail = :mail]");
        assertThat(query.reading().orElseThrow().items()).isEqualTo(1);
        assertThat(query.reading().orElseThrow().bound()).isEqualTo(Bound.AT_LEAST);
        assertThat(query.assumptions()).containsExactly(new Assumption(Kind.ONE_ITEM, "G2"));
    }

    @Test
    void itemsOfSeveralEntitiesAreReadTogether() {
        var model = COPIES.replace("{author_id}\", SK", "A#{author_id}\", SK");
        var page = "  p: {entity: Author, store: edge, find: one, where: [id = :id], include: {Post: author}}\n";
        var author = "  p: {entity: Author, store: edge, find: one, where: [id = :id]}\n";
        var reading = capacity(model + page).patterns().get(0).reading().orElseThrow();
        var alone = capacity(model + author).patterns().get(0).reading().orElseThrow();
        assertThat(reading.items()).isEqualTo(41);
        assertThat(reading.bound()).isEqualTo(Bound.EXPECTED);
        // PK and SK 2 + 38 each, id 2 + 36, author_id 9 + 36, text 4 + 2000, tag 3 + 3, author_name 11 + 20
        assertThat(reading.bytes() - alone.bytes()).isEqualTo(40 * 2_204.0);
        var unknown =
                capacity(model.replace(", perParent: 40", "") + page).patterns().get(0);
        assertThat(unknown.reading().orElseThrow().bound()).isEqualTo(Bound.AT_LEAST);
        assertThat(unknown.assumptions()).containsExactly(new Assumption(Kind.ONE_OF_EACH, "Post"));
    }

    @Test
    void anAssumedNumberOfRowsCountsNothing() {
        var query = pattern(
                MODEL.replace("rows: 1000", "description: many"),
                "find: many, select: [note], where: [state = :state]");
        assertThat(query.assumptions()).containsExactly(new Assumption(Kind.ONE_ITEM, "G1"));
    }

    @Test
    void aLimitIsTheMostWhereNobodyCounted() {
        var query = pattern("find: many, select: [mail], where: [mail = :mail], limit: 80");
        assertThat(query.reading().orElseThrow().items()).isEqualTo(80);
        assertThat(query.reading().orElseThrow().bound()).isEqualTo(Bound.AT_MOST);
    }

    @Test
    void aRangeReadsAllOfAPartitionAtMost() {
        var query = pattern("find: many, where: [customer_id = :customer, \"id > :after\"]");
        assertThat(query.reading().orElseThrow().items()).isEqualTo(10);
        assertThat(query.reading().orElseThrow().bound()).isEqualTo(Bound.AT_MOST);
        assertThat(query.assumptions()).containsExactly(new Assumption(Kind.WHOLE_PARTITION, "SK"));
    }

    @Test
    void whatAFilterDropsIsReadToo() {
        var filtered = "find: many, where: [customer_id = :customer, state = :state]";
        assertThat(pattern(filtered).reading().orElseThrow().items()).isEqualTo(10);
        // Each fifth passes
        assertThat(pattern(filtered + ", limit: 1").reading().orElseThrow().items())
                .isEqualTo(5);
        assertThat(pattern(filtered + ", limit: 3").reading().orElseThrow().items())
                .isEqualTo(10);
    }

    @Test
    void aFilterOfWhichOneHalfIsCountedReadsAllAtMost() {
        var query = pattern("find: many, where: [customer_id = :customer, state = :state, note = :note], limit: 1");
        assertThat(query.reading().orElseThrow().items()).isEqualTo(10);
        assertThat(query.assumptions()).containsExactly(new Assumption(Kind.FILTERED_TO_THE_END, ""));
    }

    @Test
    void aWholeKeyWithAFilterIsOneItem() {
        var model = MODEL.replace(", perParent: 10", "").replace("rows: 1000", "description: many");
        var query = pattern(model, "find: one, where: [customer_id = :customer, id = :id, note = :note]");
        assertThat(query.reading().orElseThrow().bound()).isEqualTo(Bound.EXPECTED);
        assertThat(query.assumptions()).isEmpty();
    }

    @Test
    void aFilterThatNobodyCountedReadsAllAtMost() {
        var query = pattern("find: many, where: [customer_id = :customer, note = :note], limit: 1");
        assertThat(query.reading().orElseThrow().items()).isEqualTo(10);
        assertThat(query.reading().orElseThrow().bound()).isEqualTo(Bound.AT_MOST);
        assertThat(query.assumptions()).containsExactly(new Assumption(Kind.FILTERED_TO_THE_END, ""));
    }

    @Test
    void aScanReadsTheTable() {
        var scan = "find: count, where: [note = :note], scan: allowed, reason: a report";
        assertThat(pattern(scan).reading().orElseThrow().bytes()).isEqualTo(4_246_500);
        assertThat(pattern(scan).read()).isEqualTo(518.5);
        var unknown = pattern(MODEL.replace("rows: 1000", "description: many"), scan);
        assertThat(unknown.known()).isFalse();
        assertThat(unknown.assumptions()).containsExactly(new Assumption(Kind.UNKNOWN_TABLE, "Order"));
    }

    @Test
    void rowsAreStoredWithWhatIsAddedToEach() {
        var parts = capacity(MODEL + "  p: {entity: Order, store: edge, write: insert}\n")
                .tables()
                .get(0)
                .parts();
        assertThat(parts).extracting(PartCapacity::items).containsExactly(1000.0, 1000.0, 250.0);
        assertThat(parts).extracting(PartCapacity::bytes).containsExactly(4_346_500.0, 4_235_000.0, 56_500.0);
    }

    @Test
    void unitsASecondLieWithTheTableOrTheIndex() {
        var table = capacity(MODEL + """
                  a: {entity: Order, store: edge, write: insert, rate: 20/s}
                  b: {entity: Order, store: edge, find: many, select: [note], where: [state = :state], rate: 30/min}
                  c: {entity: Order, store: edge, find: many, where: [customer_id = :customer], rate: 2/s}
                  d: {entity: Order, store: edge, write: delete, where: [customer_id = :customer, id = :id]}
                """).tables().get(0);
        assertThat(table.parts()).extracting(PartCapacity::readPerSecond).containsExactly(11.0, 50.5, 0.0);
        assertThat(table.parts()).extracting(PartCapacity::writePerSecond).containsExactly(100.0, 100.0, 5.0);
        assertThat(table.readPerSecond()).isEqualTo(61.5);
        assertThat(table.writePerSecond()).isEqualTo(205);
    }

    @Test
    void aLocalIndexUsesTheUnitsOfItsTable() {
        var local = MODEL.replace(
                        "by-state: {partitionKey: G1, sortKey: G1S, project: [note]}",
                        "by-state: {local: true, sortKey: G1S, project: [note]}")
                .replace("by-state: {G1: \"{state}\", G1S: \"{id}\"}", "by-state: {G1S: \"{state}\"}");
        var table = capacity(local + "  p: {entity: Order, store: edge, write: insert, rate: 1/s}\n")
                .tables()
                .get(0);
        assertThat(table.parts()).extracting(PartCapacity::writePerSecond).containsExactly(10.0, 0.0, 0.25);
        assertThat(table.parts()).extracting(PartCapacity::local).containsExactly(false, true, false);
    }

    @Test
    void whatIsMissingIsSaid() {
        var model = MODEL.replace("rows: 1000", "description: many")
                .replace("{type: text, values: {width: 4000}}", "text")
                .replace(", nulls: 75%", "");
        assertThat(capacity(model + "  p: {entity: Order, store: edge, write: insert}\n")
                        .undeclared())
                .hasToString("Undeclared[rates=[p], rows=[Order], widths=[Order.note], nulls=[Order.mail]]");
        var declared = capacity(MODEL + "  p: {entity: Order, store: edge, write: insert, rate: 1/s}\n");
        assertThat(declared.undeclared()).hasToString("Undeclared[rates=[], rows=[], widths=[], nulls=[]]");
    }

    @Test
    void aRateBeyondAllReasonIsStillANumber() {
        var endless = "9".repeat(400);
        var table = capacity(MODEL + "  p: {entity: Order, store: edge, write: insert, rate: " + endless + "/s}\n")
                .tables()
                .get(0);
        assertThat(table.writePerSecond()).isEqualTo(10.25e15);
    }

    /** A post takes 2 + 36 + 2 + 38 + 9 + 36 bytes of keys and ids, 4 + 2000 of text, 11 + 20 of the copied name: 3 units. */
    private static final String COPIES = """
            schema: blog
            stores:
              edge:
                engine: dynamodb
                tables:
                  blog:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-tag: {partitionKey: tag, sortKey: SK, project: [author_name]}
                      plain: {partitionKey: SK, sortKey: PK, project: keys}
                    items:
                      Author: {key: {PK: "A#{id}", SK: A}, attributes: [id, name]}
                      Post:
                        key: {PK: "{author_id}", SK: "P#{id}"}
                        by-tag: {tag: "{tag}"}
                        copies: [author.name]
            entities:
              Author:
                attributes: {id: uuid, name: {type: text, values: {width: 20}}}
                key: [id]
              Post:
                attributes:
                  id: uuid
                  author_id: uuid
                  text: {type: text, values: {width: 2000}}
                  tag: {type: text, values: {width: 3}}
                key: [id]
                references:
                  author: {entity: Author, perParent: 40}
            denormalizations:
              name:
                duplicates: {into: Post.author_name, from: {copy: author.name}}
                sync: {by: application, code: com.acme.Names#changed}
                staleness: {allowed: 1m, effect: An old name, repair: every night}
            accessPatterns:
            """;

    private static PatternUnits renaming(String model) {
        return capacity(
                        model
                                + "  p: {entity: Author, store: edge, write: update, where: [id = :id], set: [name], rate: 2/s}\n")
                .patterns()
                .get(0);
    }

    @Test
    void itemsThatRepeatAValueAreWrittenWithIt() {
        var writes = new TreeMap<String, Double>();
        renaming(COPIES)
                .writings()
                .forEach(writing -> writes.put(
                        writing.copies().orElse("") + " " + writing.index().orElse("table"), writing.units()));
        // The index that carries keys alone has nothing to change
        assertThat(writes).isEqualTo(Map.of(" table", 1.0, "Post table", 120.0, "Post by-tag", 40.0));
        assertThat(renaming(COPIES).transaction()).isFalse();
        assertThat(capacity(
                                COPIES
                                        + "  p: {entity: Author, store: edge, write: update, where: [id = :id], set: [name], rate: 2/s}\n")
                        .tables()
                        .get(0)
                        .parts())
                .extracting(PartCapacity::writePerSecond)
                .containsExactly(242.0, 80.0, 0.0);
    }

    @Test
    void whatIsNeverStaleIsATransactionThatCostsTwice() {
        var update = renaming(COPIES.replace("allowed: 1m", "allowed: none"));
        assertThat(update.transaction()).isTrue();
        assertThat(update.write()).isEqualTo(2 * 161);
    }

    @Test
    void copiesThatNobodyCountedAreSaid() {
        var update = renaming(COPIES.replace(", perParent: 40", ""));
        assertThat(update.write()).isEqualTo(1);
        assertThat(update.assumptions()).containsExactly(new Assumption(Kind.UNKNOWN_COPIES, "Post"));
    }

    @Test
    void aReplacedRowMayHaveOtherValuesThatItemsRepeat() {
        var upsert = capacity(COPIES + "  p: {entity: Author, store: edge, write: upsert}\n")
                .patterns()
                .get(0);
        assertThat(upsert.assumptions()).contains(new Assumption(Kind.OTHER_COPIES, "Post"));
        assertThat(capacity(COPIES + "  p: {entity: Author, store: edge, write: insert}\n")
                        .patterns()
                        .get(0)
                        .write())
                .isEqualTo(2);
    }

    @Property(tries = 60)
    void largerItemsNeverCostLess(@ForAll @IntRange(max = 50_000) int width, @ForAll @IntRange(max = 5_000) int more) {
        for (var pattern : new String[] {"write: insert", "find: many, where: [customer_id = :customer]"}) {
            var small = pattern(MODEL.replace("width: 4000", "width: " + width), pattern);
            var large = pattern(MODEL.replace("width: 4000", "width: " + (width + more)), pattern);
            assertThat(large.read()).isGreaterThanOrEqualTo(small.read());
            assertThat(large.write()).isGreaterThanOrEqualTo(small.write());
        }
    }

    @Property(tries = 60)
    void unitsASecondGrowWithTheRate(@ForAll @IntRange(min = 1, max = 10_000) int rate) {
        var once = capacity(MODEL + "  p: {entity: Order, store: edge, write: insert, rate: 1/s}\n");
        var often = capacity(MODEL + "  p: {entity: Order, store: edge, write: insert, rate: " + rate + "/s}\n");
        assertThat(often.tables().get(0).writePerSecond())
                .isCloseTo(rate * once.tables().get(0).writePerSecond(), within(1e-6));
    }
}
