package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.ItemCopies;
import dev.schemaproof.check.Rule;
import dev.schemaproof.check.draft.ContractDraft;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.KeyValueTable.ItemType;
import dev.schemaproof.model.Located;
import java.util.stream.Stream;

/** An attribute of another entity that is copied into a DynamoDB item, without a contract. */
public final class UncontractedItemCopy implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var copies = new ItemCopies(facts.model());
        return facts.model()
                .keyValueStores()
                .flatMap(UncontractedItemCopy::items)
                .flatMap(item -> facts.model().entity(item.entity().value()).filter(Entity::sound).stream()
                        .flatMap(entity -> item.copies().stream()
                                .filter(copy ->
                                        facts.attributeAt(entity, copy.value()).isPresent())
                                .filter(copy ->
                                        copies.contractFor(entity, copy.value()).isEmpty())
                                .map(copy -> finding(entity, copy, copies, facts))));
    }

    private static Stream<ItemType> items(KeyValueStore store) {
        return store.tables().values().stream().flatMap(table -> table.items().values().stream());
    }

    private Finding finding(Entity entity, Located<String> copy, ItemCopies copies, Facts facts) {
        var into = entity.name() + "." + copies.storedName(entity, copy.value());
        return finding(
                        copy.at(),
                        entity.name() + "." + copy,
                        "the items of `" + entity.name() + "` repeat `" + copy + "` without a contract")
                .withHelp("read `" + copy + "` with a pattern of its own; or, if the copy is wanted, answer the four"
                        + " questions:\n"
                        + ContractDraft.ofItemCopy(entity, into, copy.value(), facts));
    }
}
