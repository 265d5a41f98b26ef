package dev.schemaproof.analysis.normal;

import static dev.schemaproof.analysis.normal.BruteForce.mask;
import static dev.schemaproof.analysis.normal.BruteForce.masks;
import static dev.schemaproof.analysis.normal.BruteForce.partsOf;
import static dev.schemaproof.analysis.normal.BruteForce.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.normal.BruteForce.Fd;
import dev.schemaproof.analysis.normal.MultivaluedBruteForce.Mvd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the engine says of random functional and multivalued dependencies together, against brute force; a thousand times as
 * many are tried by {@code mvn -pl plugin -Ptheory test}.
 */
class RandomMultivaluedSchemasTest {

    private static final int SCHEMAS = Integer.getInteger("schemaproof.schemas", 1_000);
    private static final int WIDEST = 6;

    private final LongAdder joined = new LongAdder();
    private final LongAdder chased = new LongAdder();

    @Test
    void theEngineSaysWhatBruteForceSays() {
        IntStream.range(0, SCHEMAS).parallel().forEach(this::check);
        assertThat(joined.sum()).as("relations joined").isPositive();
        assertThat(chased.sum()).as("chased to the end").isGreaterThan(SCHEMAS / 100 * 99L);
    }

    private void check(int number) {
        var schema = RandomSchema.of(number, WIDEST);
        var mvds = mvds(schema);
        var truth = new MultivaluedBruteForce(schema.width(), schema.fds(), mvds);
        try {
            bases(schema, mvds, truth);
            fourthNormalForm(schema, mvds, truth);
            decomposition(schema, mvds, truth);
            twoFragments(schema, mvds, truth);
        } catch (RuntimeException | AssertionError error) {
            throw new AssertionError("schema " + number + ": " + schema.fds() + ", " + mvds, error);
        }
    }

    private static List<Mvd> mvds(RandomSchema schema) {
        var mvds = new ArrayList<Mvd>();
        for (var i = schema.random().nextInt(4); i > 0; i--) {
            mvds.add(new Mvd(schema.any() & schema.any(), schema.any()));
        }
        return mvds;
    }

    private static List<MultivaluedDependency> dependencies(List<Mvd> mvds) {
        return mvds.stream().map(Mvd::toDependency).toList();
    }

    private static void bases(RandomSchema schema, List<Mvd> mvds, MultivaluedBruteForce truth) {
        var dependencies = schema.dependencies();
        for (var left = 0; left <= truth.all(); left++) {
            var basis = DependencyBasis.of(dependencies, dependencies(mvds), set(left));
            equal(mask(basis.closure()), truth.closure(left), "closure");
            var blocks = masks(basis.blocks());
            equal(Arrays.stream(blocks).sum(), truth.all() & ~left, "blocks are a partition");
            var determinant = left;
            partsOf(truth.all() & ~left)
                    .forEach(right -> equal(
                            Arrays.stream(blocks).allMatch(block -> (block & right) == 0 || (block & ~right) == 0),
                            truth.implies(new Mvd(determinant, right)),
                            "multivalued dependency"));
            var any = schema.any();
            equal(basis.multidetermines(set(any)), truth.implies(new Mvd(left, any)), "multivalued dependency on any");
            equal(basis.determines(set(any)), (any & ~truth.closure(left)) == 0, "functional dependency on any");
        }
    }

    private static void fourthNormalForm(RandomSchema schema, List<Mvd> mvds, MultivaluedBruteForce truth) {
        var form = FourthNormalForm.of(schema.dependencies(), dependencies(mvds));
        equal(form.reached(), truth.isInFourthNormalForm(truth.all()), "fourth normal form");
        for (var i = 0; i < mvds.size(); i++) {
            var mvd = mvds.get(i);
            var trivial = (mvd.right() & ~mvd.left()) == 0 || (mvd.left() | mvd.right()) == truth.all();
            equal(
                    form.violations().contains(i),
                    !trivial && truth.closure(mvd.left()) != truth.all(),
                    "violation of the fourth normal form");
        }
    }

    private void decomposition(RandomSchema schema, List<Mvd> mvds, MultivaluedBruteForce truth) {
        var dependencies = schema.dependencies();
        var result = FourthNormalForm.decompose(dependencies, dependencies(mvds));
        var fragments = result.decomposition().fragments();
        equal(result.unproven(), List.of(), "unproven fragments");
        var within = BruteForce.closuresWithin(schema.width(), truth::closure, masks(fragments));
        equal(
                result.decomposition().lost(),
                schema.fds().stream()
                        .map(fd -> new Fd(fd.left(), fd.right() & ~within[fd.left()]))
                        .filter(fd -> fd.right() != 0)
                        .map(Fd::toDependency)
                        .toList(),
                "lost dependencies");
        for (var fragment : masks(fragments)) {
            equal(truth.isInFourthNormalForm(fragment), true, "fourth normal form of a fragment");
        }
        var lossless = Chase.lossless(dependencies, dependencies(mvds), fragments);
        equal(lossless != Answer.NO, true, "losslessness");
        if (lossless == Answer.YES) {
            chased.increment();
        }
        SmallRelation.random(schema.random(), schema.width(), schema.fds())
                .withExchanges(schema.fds(), mvds)
                .ifPresent(relation -> {
                    joined.increment();
                    equal(relation.growsWhenJoined(masks(fragments)), false, "a row more of a lossless join");
                });
        if (truth.isInFourthNormalForm(truth.all())) {
            equal(fragments, List.of(dependencies.all()), "a normalized relation stays whole");
        }
    }

    /** Two fragments join without loss if and only if what they have in common determines each, multivalued. */
    private static void twoFragments(RandomSchema schema, List<Mvd> mvds, MultivaluedBruteForce truth) {
        var one = schema.any();
        var other = truth.all() & ~one | schema.any();
        equal(
                Chase.lossless(schema.dependencies(), dependencies(mvds), List.of(set(one), set(other))),
                truth.implies(new Mvd(one & other, one)) ? Answer.YES : Answer.NO,
                "losslessness of two fragments");
    }

    private static void equal(Object actual, Object expected, String what) {
        if (!actual.equals(expected)) {
            throw new AssertionError(what + ": expected " + expected + ", but was " + actual);
        }
    }
}
