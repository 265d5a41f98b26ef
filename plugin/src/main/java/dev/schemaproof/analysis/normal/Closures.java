package dev.schemaproof.analysis.normal;

import java.util.BitSet;
import java.util.List;

/** What is prepared of a list of dependencies to find closures under it. */
interface Closures {

    /** Everything that the attributes determine, themselves included. */
    AttributeSet of(AttributeSet attributes);

    /**
     * Everything that the attributes determine, themselves included, by some of the dependencies.
     *
     * @param unused the indexes of the dependencies that are not used
     */
    AttributeSet of(AttributeSet attributes, BitSet unused);

    /** Chooses what is fastest for so many attributes and dependencies, as measured. */
    static Closures under(int width, List<FunctionalDependency> dependencies) {
        if (width > Long.SIZE) {
            return new LinearClosures(width, dependencies);
        }
        return dependencies.size() <= PassClosures.MANY
                ? new PassClosures(dependencies)
                : new WordClosures(dependencies);
    }
}
