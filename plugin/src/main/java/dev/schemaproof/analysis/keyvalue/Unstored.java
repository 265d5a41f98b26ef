package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Refusal.RefusedException;
import dev.schemaproof.analysis.keyvalue.Refusal.Stage;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;

/** The refusals of what an item or an index entry doesn't hold. */
final class Unstored {

    private Unstored() {}

    /** The item doesn't hold the value. */
    static RefusedException in(ItemDesign item, ResolvedPath path, Location at) {
        return Refusal.exception(
                Stage.STORED,
                Flaw.UNSTORED,
                at,
                "the items of `" + item.name() + "` in `" + item.table().name() + "` don't hold `" + path + "`",
                path.canonical().own()
                        ? "add `" + path + "` to the item's `attributes`, or name what the pattern needs in `select`"
                        : "add `" + path
                                + "` to the item's `copies`, with a contract for it, or read it with a pattern of"
                                + " its own");
    }

    /** The index entry doesn't carry what the item holds. */
    static RefusedException in(SecondaryIndex index, StoredAttribute stored, Location at) {
        var price = index.local()
                ? "DynamoDB would read the table for each entry"
                : "reading the table for each entry would be another request";
        return Refusal.exception(
                Stage.STORED,
                Flaw.UNSTORED,
                at,
                "index `" + index.name() + "` doesn't carry `" + stored.path() + "`, and " + price,
                "write `project: all` at the index, add `" + stored.name()
                        + "` to its `project`, or take it out of the pattern");
    }
}
