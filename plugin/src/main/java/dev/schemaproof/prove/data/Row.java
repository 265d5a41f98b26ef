package dev.schemaproof.prove.data;

import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row made up for an entity.
 *
 * @param values as texts, or null, by attribute; what the database gives by itself is not among them
 */
public record Row(Entity entity, Map<String, @Nullable String> values) {

    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** That of the values alone: two entities rarely have the same, and theirs goes deep. */
    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The values, in the order of {@link RowMaker#attributes()}. */
    public List<@Nullable String> inOrder() {
        return Collections.unmodifiableList(new ArrayList<>(values.values()));
    }

    /** This row with another key. */
    public Row withKey(List<String> key) {
        return with(entity.keyNames(), key);
    }

    /** This row with other values of some attributes. */
    public Row with(List<String> attributes, List<String> others) {
        Map<String, @Nullable String> all = new LinkedHashMap<>(values);
        for (int i = 0; i < attributes.size(); i++) {
            all.put(attributes.get(i), others.get(i));
        }
        return new Row(entity, all);
    }
}
