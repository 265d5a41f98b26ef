package dev.schemaproof.generate.relational;

import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import java.util.List;

/** What indexes are for. */
@FunctionalInterface
interface IndexUse {

    /** The names of the access patterns that the index serves, in order of declaration. */
    List<String> served(Entity entity, Index index);
}
