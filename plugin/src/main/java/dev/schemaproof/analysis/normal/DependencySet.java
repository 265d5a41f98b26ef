package dev.schemaproof.analysis.normal;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functional dependencies over the attributes 0 to before {@code width}, prepared for closures.
 *
 * <p>A dependency may be trivial, stand there twice, or follow from the others; none of that changes an answer.
 */
public final class DependencySet {

    private final int width;
    private final List<FunctionalDependency> dependencies;
    private final AttributeSet all;
    private final Closures closures;

    /** Found when it is first asked for; to find it twice does no harm. */
    private @Nullable DependencySet cover;

    public DependencySet(int width, List<FunctionalDependency> dependencies) {
        this.width = width;
        this.dependencies = List.copyOf(dependencies);
        all = AttributeSet.firstOf(width);
        closures = Closures.under(width, this.dependencies);
    }

    /** The number of attributes. */
    public int width() {
        return width;
    }

    public List<FunctionalDependency> dependencies() {
        return dependencies;
    }

    /** All attributes. */
    public AttributeSet all() {
        return all;
    }

    /** Everything that the attributes determine, themselves included. */
    public AttributeSet closure(AttributeSet attributes) {
        return closures.of(attributes);
    }

    /**
     * What the attributes determine by some of the dependencies.
     *
     * @param unused the indexes of those that are not used
     */
    AttributeSet closure(AttributeSet attributes, BitSet unused) {
        return closures.of(attributes, unused);
    }

    /** Whether the dependency follows from these. */
    public boolean implies(FunctionalDependency dependency) {
        return closure(dependency.determinant()).containsAll(dependency.dependents());
    }

    /** Whether each dependency follows from these. */
    public boolean impliesAll(List<FunctionalDependency> others) {
        return others.stream().allMatch(this::implies);
    }

    /** Whether the attributes determine all others. */
    public boolean isSuperkey(AttributeSet attributes) {
        return closure(attributes).containsAll(all);
    }

    /**
     * A least part of the attributes that still determines the goal; the first attributes are kept where there is a choice.
     *
     * @param attributes determine the goal
     */
    public AttributeSet reduce(AttributeSet attributes, AttributeSet goal) {
        return Least.of(
                AttributeSet.none(),
                attributes.toPositions(),
                smaller -> closure(smaller).containsAll(goal));
    }

    /** How the attributes determine the goal; empty if they don't. */
    public Optional<Derivation> derive(AttributeSet from, AttributeSet goal) {
        return Derivation.of(this, from, goal);
    }

    /**
     * The same dependencies said in the least way: one attribute on each right side, no attribute too many on a left side,
     * no dependency that follows from the others. Sorted, so that equal sets have equal covers where there is only one.
     */
    public DependencySet minimalCover() {
        var known = cover;
        if (known == null) {
            known = MinimalCover.of(this);
            known.cover = known;
            cover = known;
        }
        return known;
    }

    /**
     * A cover of the dependencies that hold between the attributes alone, whose positions they keep; like a minimal cover,
     * with one attribute on each right side. Such a cover can be exponentially large.
     *
     * @return empty if the work allowed was not enough
     */
    public Optional<List<FunctionalDependency>> project(AttributeSet attributes) {
        return Projection.of(this, attributes, Projection.WORK);
    }
}
