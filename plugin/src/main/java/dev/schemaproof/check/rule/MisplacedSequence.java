package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RelationalStore.Sequence;
import java.util.Optional;
import java.util.stream.Stream;

/** A sequence that stands elsewhere than the table of the attribute that owns it. */
public final class MisplacedSequence implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model()
                .relationalStores()
                .flatMap(store -> store.sequences().values().stream()
                        .flatMap(sequence -> sequence.ownedBy().stream()
                                .flatMap(owner -> check(facts.model(), store, sequence, owner).stream())));
    }

    private Optional<Finding> check(Model model, RelationalStore store, Sequence sequence, Located<String> owner) {
        var dot = owner.value().indexOf('.');
        var entity =
                dot < 0 ? Optional.<Entity>empty() : model.entity(owner.value().substring(0, dot));
        return entity.flatMap(found -> {
            var subject = store.name() + "." + sequence.name();
            if (!model.storeOf(found).equals(store)) {
                return Optional.of(finding(
                                owner.at(),
                                subject,
                                "sequence `" + sequence.name() + "` is in store `" + store.name() + "` and `"
                                        + found.name() + "`, which should own it, in store `"
                                        + model.storeOf(found).name() + "`")
                        .withHelp("move it there, or remove `ownedBy`")
                        .withRelated(found.name().at(), "the owner"));
            }
            var here = RelationalNames.schemaName(sequence.schema());
            var there = RelationalNames.schemaName(found.relational().schema());
            return here.equals(there)
                    ? Optional.empty()
                    : Optional.of(finding(
                                    owner.at(),
                                    subject,
                                    "sequence `" + sequence.name() + "` is in schema `" + here + "`, and the table of `"
                                            + found.name() + "`, which should own it, in `" + there + "`")
                            .withHelp("move the sequence: `schema: " + there + "`")
                            .withRelated(
                                    found.relational()
                                            .schema()
                                            .orElse(found.name())
                                            .at(),
                                    "the table's schema"));
        });
    }
}
