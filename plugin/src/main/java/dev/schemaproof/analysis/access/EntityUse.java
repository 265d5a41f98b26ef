package dev.schemaproof.analysis.access;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.Set;

/**
 * One occurrence of an entity in a pattern.
 *
 * @param id its number in the pattern, from 0
 * @param entity what is read or changed
 * @param name by what the pattern calls it: its alias, else its table
 * @param at where the pattern names it
 * @param block the query or subquery that it stands in
 * @param conditions all that holds for its rows
 * @param returned the attributes that are read other than for conditions
 * @param rows whether its rows themselves are needed, to lock or to change them
 * @param optional whether rows of the rest of its block survive without one of it
 */
public record EntityUse(
        int id,
        Entity entity,
        String name,
        Location at,
        int block,
        List<Condition> conditions,
        Set<String> returned,
        boolean rows,
        boolean optional) {

    public EntityUse {
        conditions = List.copyOf(conditions);
        returned = Set.copyOf(returned);
    }
}
