package dev.schemaproof.prove.data;

import dev.schemaproof.model.Entity;
import java.util.Collection;

/**
 * How many rows tables have, measured by those that the model declares. Tables that are declared small have the same rows
 * at any volume: there are not more countries because there are more orders.
 *
 * @param times how many times the declared rows
 * @param most how many rows a table has at most
 */
public record Volume(double times, long most) {

    /** The declared rows. */
    public static final Volume DECLARED = times(1);

    public Volume {
        if (!(times > 0) || most < Entity.SMALL) {
            throw new IllegalArgumentException("a volume of " + times + " times and at most " + most + " rows");
        }
    }

    /** So many times the declared rows. */
    public static Volume times(double times) {
        return new Volume(times, Long.MAX_VALUE);
    }

    /**
     * The declared rows, but no more than a number.
     *
     * @param most at least {@link Entity#SMALL}, so that small tables keep all of theirs
     */
    public static Volume atMost(long most) {
        return new Volume(1, most);
    }

    /**
     * The declared rows, but no more than a number; of that a half, a fifth or a tenth where all tables together would have more than
     * a total. Only the tenth may lead to more: so it is a matter of how many tables there are, and few changes of a model change it.
     *
     * @param most at least {@link Entity#SMALL}; no part of it is less
     */
    public static Volume atMost(long most, long total, Collection<Entity> entities) {
        Volume volume = atMost(most);
        for (int part : new int[] {2, 5, 10}) {
            if (entities.stream().mapToLong(volume::rows).sum() <= total) {
                return volume;
            }
            volume = atMost(Math.max(Entity.SMALL, most / part));
        }
        return volume;
    }

    /** How many rows the entity's table has. */
    public long rows(Entity entity) {
        return entity.small()
                ? entity.expectedRows()
                : Math.min(most, Math.max(1, Math.round(entity.expectedRows() * times)));
    }

    /** How many times the declared rows the entity's table has. */
    double share(Entity entity) {
        return rows(entity) / (double) Math.max(1, entity.expectedRows());
    }
}
