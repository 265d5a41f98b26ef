package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Contract;
import java.util.stream.Stream;

/** What can contradict one of a contract's answers. */
sealed interface Contradictions
        permits CopyContradictions, SyncContradictions, FoldContradictions, GainContradictions, ViewContradictions {

    Stream<Contradiction> of(Contract contract, Facts facts);

    /** A contradiction, as a finding words it. */
    record Contradiction(Location at, Severity severity, String summary, String help) {

        static Contradiction error(Location at, String summary, String help) {
            return new Contradiction(at, Severity.ERROR, summary, help);
        }
    }
}
