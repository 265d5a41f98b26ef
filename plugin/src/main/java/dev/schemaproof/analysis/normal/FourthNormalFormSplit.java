package dev.schemaproof.analysis.normal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decomposes one relation for {@link FourthNormalForm}. */
final class FourthNormalFormSplit {

    private final DependencySet dependencies;
    private final List<MultivaluedDependency> multivalued;
    private final List<AttributeSet> determinants;

    FourthNormalFormSplit(DependencySet dependencies, List<MultivaluedDependency> multivalued) {
        this.dependencies = dependencies;
        this.multivalued = multivalued;
        determinants = Stream.concat(
                        dependencies.dependencies().stream().map(FunctionalDependency::determinant),
                        multivalued.stream().map(MultivaluedDependency::determinant))
                .distinct()
                .sorted()
                .toList();
    }

    FourthNormalForm.Fragments run() {
        var done = new ArrayList<AttributeSet>();
        var unproven = new ArrayList<AttributeSet>();
        var open = new ArrayDeque<AttributeSet>();
        open.push(dependencies.all());
        while (!open.isEmpty()) {
            var fragment = open.pop();
            var parts = split(fragment);
            if (parts.isPresent()) {
                open.push(parts.get().get(1));
                open.push(parts.get().get(0));
            } else {
                done.add(fragment);
                if (fragment.size() > FourthNormalForm.EXACT && fragment.size() < dependencies.width()) {
                    unproven.add(fragment);
                }
            }
        }
        var fragments = Synthesis.withoutContained(done);
        var lost = Decomposition.lostBy(dependencies, fragments, this::closure);
        unproven.retainAll(fragments);
        // Each split is one at a multivalued dependency, whose two parts join without loss
        return new FourthNormalForm.Fragments(new Decomposition(fragments, lost, true), unproven);
    }

    /** With what only functional and multivalued dependencies together imply. */
    private AttributeSet closure(AttributeSet attributes) {
        return DependencyBasis.of(dependencies, multivalued, attributes).closure();
    }

    private Optional<List<AttributeSet>> split(AttributeSet fragment) {
        return Stream.concat(determinants.stream(), partsOf(fragment))
                .filter(fragment::containsAll)
                .flatMap(determinant -> splitAt(determinant, fragment).stream())
                .findFirst();
    }

    /** All parts of a small fragment, smallest first. */
    private static Stream<AttributeSet> partsOf(AttributeSet fragment) {
        return fragment.size() > FourthNormalForm.EXACT ? Stream.of() : fragment.parts();
    }

    /** The two parts of the fragment, if the determinant determines something in it and not everything. */
    private Optional<List<AttributeSet>> splitAt(AttributeSet determinant, AttributeSet fragment) {
        var basis = DependencyBasis.of(dependencies, multivalued, determinant);
        var within = basis.closure().intersection(fragment);
        if (within.equals(fragment)) {
            return Optional.empty();
        }
        if (!within.equals(determinant)) {
            return Optional.of(List.of(within, fragment.minus(within).union(determinant)));
        }
        var blocks = basis.blocks().stream()
                .map(fragment::intersection)
                .filter(block -> !block.isEmpty())
                .toList();
        return blocks.size() < 2
                ? Optional.empty()
                : Optional.of(List.of(determinant.union(blocks.get(0)), fragment.minus(blocks.get(0))));
    }
}
