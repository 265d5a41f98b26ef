package dev.schemaproof.prove;

import java.util.Objects;

/**
 * How much is tried.
 *
 * @param seed where all random choices begin; the same seed gives the same rows and statements
 * @param connections how many connections write at the same time
 * @param statements how many statements each of them runs
 * @param rows how many rows a table is filled with where several connections write
 * @param volume how many rows a table is filled with at most to run the access patterns; at least 1,000
 * @param gain how the gain of contracts is measured
 */
public record ProofSettings(long seed, int connections, int statements, int rows, int volume, GainSettings gain) {

    static final int USUAL_VOLUME = 10_000;

    /** With the usual volume. */
    public ProofSettings(long seed, int connections, int statements, int rows) {
        this(seed, connections, statements, rows, USUAL_VOLUME, GainSettings.usual(USUAL_VOLUME));
    }

    public ProofSettings {
        Objects.requireNonNull(gain, "gain");
        if (connections < 1 || statements < 1 || rows < 1 || volume < 1_000) {
            throw new IllegalArgumentException("a proof needs connections, statements and rows");
        }
    }

    /** Enough to find the usual flaws of triggers under concurrent writes, in a few seconds. */
    public static ProofSettings standard() {
        return new ProofSettings(20_260_101L, 4, 600, 48);
    }

    /** The same, but measuring gains in another way. */
    public ProofSettings measuring(GainSettings other) {
        return new ProofSettings(seed, connections, statements, rows, volume, other);
    }
}
