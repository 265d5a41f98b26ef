package dev.schemaproof.analysis.keyvalue.cost;

/** A configured price that is none. */
public final class UnfitPriceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * Of one entry of the configuration.
     *
     * @param message what is wrong with it, to be read behind its key
     */
    UnfitPriceException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The entry's key. */
    public String key() {
        return key;
    }
}
