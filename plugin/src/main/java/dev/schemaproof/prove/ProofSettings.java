package dev.schemaproof.prove;

/**
 * How much is tried.
 *
 * @param seed where all random choices begin; the same seed gives the same rows and statements
 * @param connections how many connections write at the same time
 * @param statements how many statements each of them runs
 * @param rows how many rows a table is filled with
 */
public record ProofSettings(long seed, int connections, int statements, int rows) {

    public ProofSettings {
        if (connections < 1 || statements < 1 || rows < 1) {
            throw new IllegalArgumentException("a proof needs connections, statements and rows");
        }
    }

    /** Enough to find the usual flaws of triggers under concurrent writes, in a few seconds. */
    public static ProofSettings standard() {
        return new ProofSettings(20_260_101L, 4, 600, 48);
    }
}
