package dev.schemaproof.yaml;

/** A file of the model. */
public final class SourceFile {

    private final String path;
    private final byte[] bytes;

    /**
     * Takes the content as it is read, without a copy.
     *
     * @param path relative to the project, with forward slashes
     * @param bytes its content; of files above {@link ModelReader#MAX_FILE_SIZE} a beginning of more than that size is enough
     */
    public SourceFile(String path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    /** Where it is, relative to the project, with forward slashes. */
    public String path() {
        return path;
    }

    /** Its content, which is not to be written to. */
    public byte[] bytes() {
        return bytes;
    }
}
