package dev.schemaproof.prove;

import java.util.List;

/** All proofs. */
public final class Proofs {

    private Proofs() {}

    /** In the order in which they are made: each may rely on those before it. */
    public static List<Proof> all() {
        return List.of(
                new AppliesCleanly(),
                new CatalogMatches(),
                new PatternsUseIndexes(),
                new PatternsRunOnRows(),
                new PlansGetNoWorse(),
                new CopiesStayExact(),
                new CopiesCatchUp(),
                new OutboxesLoseNothing(),
                new InsteadGivesTheSameAnswer(),
                new ContractsEarnTheirGain());
    }
}
