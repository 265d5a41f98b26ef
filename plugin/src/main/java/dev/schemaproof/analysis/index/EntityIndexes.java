package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.IndexProposal;
import dev.schemaproof.model.Entity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The smallest set of indexes that serves all that access patterns and references ask of an entity, besides its keys.
 *
 * @param entity the entity
 * @param indexes the set; those that the model declares stand first
 * @param anyway what keys, unique indexes and indexes with a reason serve, which stay in any case
 * @param others what other indexes serve that stand outside of the theory: partial ones, other methods than btree
 * @param special further indexes that are missing, of other methods, for what no B-tree serves
 * @param superfluous declared indexes that the set does without
 * @param bound why no fewer indexes will do
 * @param complete whether the search looked at every way to choose
 */
public record EntityIndexes(
        Entity entity,
        List<AdvisedIndex> indexes,
        Map<IndexPath, List<Asker>> anyway,
        Map<IndexPath, List<Asker>> others,
        Map<IndexProposal, List<Asker>> special,
        List<IndexPath> superfluous,
        Bound bound,
        boolean complete) {

    public EntityIndexes {
        indexes = List.copyOf(indexes);
        superfluous = List.copyOf(superfluous);
    }

    /**
     * Why no fewer indexes will do.
     *
     * @param size so many are needed
     * @param askers one for each, any two of which contradict each other; of several cases, those of the first
     * @param byCases whether it was shown for each way to choose, rather than once for all
     */
    public record Bound(int size, List<Asker> askers, boolean byCases) {

        public Bound {
            askers = List.copyOf(askers);
        }
    }

    /** Whether no smaller set exists. */
    public boolean smallest() {
        return bound.size() == indexes.size();
    }

    /** The indexes that the model lacks: by name, what stands behind it under the entity's {@code indexes}. */
    public Map<String, String> missing() {
        var missing = new LinkedHashMap<String, String>();
        indexes.stream()
                .filter(index -> index.declared().isEmpty())
                .forEach(index -> missing.put(index.name(), index.yaml()));
        special.keySet().forEach(proposal -> missing.put(proposal.name(), proposal.yaml()));
        return missing;
    }
}
