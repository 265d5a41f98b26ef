package dev.schemaproof.analysis.keyvalue.cost;

import java.util.List;

/** Configured prices that are none. */
public final class UnfitPricesException extends Exception {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // it isn't stored
    private final List<Unfit> all;

    /**
     * Of entries of the configuration.
     *
     * @param all each that is wrong; at least one
     */
    UnfitPricesException(List<Unfit> all) {
        super(all.toString());
        this.all = List.copyOf(all);
    }

    /** Each entry that is wrong, by key. */
    public List<Unfit> all() {
        return all;
    }

    /**
     * An entry that is wrong.
     *
     * @param key the entry's key
     * @param message what is wrong with it, to be read behind its key
     */
    public record Unfit(String key, String message) {}
}
