package dev.schemaproof.analysis.normal;

import java.util.List;

/** What is prepared of a list of dependencies to find closures under it. */
interface Closures {

    /** Everything that the attributes determine, themselves included. */
    AttributeSet of(AttributeSet attributes);

    static Closures under(int width, List<FunctionalDependency> dependencies) {
        return width <= Long.SIZE ? WordClosures.under(width, dependencies) : new LinearClosures(width, dependencies);
    }
}
