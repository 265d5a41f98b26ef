package dev.schemaproof.analysis.keyvalue;

/**
 * A value that an item holds under a name of its own, beside the keys that are made for it.
 *
 * @param name the attribute's name in DynamoDB
 * @param path where the value comes from
 * @param type the type in which it is stored
 * @param format how it is written, where it is stored as text or number
 */
public record StoredAttribute(String name, ResolvedPath path, StorageType type, KeyFormat format) {

    /** Whether the value of another entity is repeated here. */
    public boolean copied() {
        return !path.canonical().own();
    }
}
