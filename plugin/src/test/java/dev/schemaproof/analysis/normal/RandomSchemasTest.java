package dev.schemaproof.analysis.normal;

import static dev.schemaproof.analysis.normal.BruteForce.mask;
import static dev.schemaproof.analysis.normal.BruteForce.masks;
import static dev.schemaproof.analysis.normal.BruteForce.partsOf;
import static dev.schemaproof.analysis.normal.BruteForce.set;
import static dev.schemaproof.analysis.normal.BruteForce.singles;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.normal.BruteForce.Fd;
import dev.schemaproof.analysis.normal.NormalForms.Verdict;
import dev.schemaproof.model.NormalForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Everything the engine says of random dependencies over up to ten attributes, against brute force; a thousand times as many
 * are tried by {@code mvn -pl plugin -Ptheory test}.
 */
class RandomSchemasTest {

    private static final int SCHEMAS = Integer.getInteger("schemaproof.schemas", 1_000);

    private final LongAdder unknown = new LongAdder();

    @Test
    void theEngineSaysWhatBruteForceSays() {
        IntStream.range(0, SCHEMAS).parallel().forEach(this::check);
        assertThat(unknown.sum()).as("answers beyond a limit").isPositive();
    }

    private void check(int number) {
        var schema = RandomSchema.of(number, 10);
        var truth = new BruteForce(schema.width(), schema.fds());
        try {
            check(schema, schema.dependencies(), truth);
        } catch (RuntimeException | AssertionError error) {
            throw new AssertionError("schema " + number + ": " + truth, error);
        }
    }

    private void check(RandomSchema schema, DependencySet dependencies, BruteForce truth) {
        closures(dependencies, truth);
        closuresOfEachKind(schema, dependencies.dependencies(), truth);
        minimalCover(dependencies.minimalCover(), truth);
        derivation(schema, dependencies, truth);
        var keys = keys(dependencies, truth);
        normalForms(NormalForms.of(dependencies, keys), dependencies, truth);
        limitedKeys(schema, dependencies, truth);
        projection(schema.any(), dependencies, truth);
        armstrongRelation(dependencies, truth);
        fragments(schema, schema.fragments(), dependencies, truth);
        synthesis(schema, dependencies, truth);
        boyceCodd(schema, BoyceCodd.decompose(dependencies), dependencies, truth);
        boyceCodd(schema, BoyceCodd.decompose(dependencies, 0), dependencies, truth);
    }

    private static void closures(DependencySet dependencies, BruteForce truth) {
        for (var start = 0; start <= truth.all(); start++) {
            equal(dependencies.closure(set(start)), set(truth.closure(start)), "closure");
        }
        for (var fd : truth.fds()) {
            var turned = new Fd(fd.right(), fd.left());
            equal(dependencies.implies(turned.toDependency()), truth.implies(turned), "implication");
        }
        equal(mask(Witness.of(dependencies, set(1)).agreeing()), truth.closure(1), "witness");
    }

    /** Which kind an engine uses depends on the numbers of attributes and dependencies; all of them are right for these. */
    private static void closuresOfEachKind(
            RandomSchema schema, List<FunctionalDependency> dependencies, BruteForce truth) {
        var unused = new BitSet();
        for (var i = 0; i < dependencies.size(); i++) {
            unused.set(i, schema.random().nextInt(3) == 0);
        }
        var used = IntStream.range(0, dependencies.size())
                .filter(i -> !unused.get(i))
                .mapToObj(dependencies::get)
                .toList();
        var fewer = new PassClosures(used);
        for (var closures : List.of(
                new PassClosures(dependencies),
                new WordClosures(dependencies),
                new LinearClosures(schema.width(), dependencies))) {
            for (var i = 0; i < 10; i++) {
                var start = schema.any();
                equal(closures.of(set(start)), set(truth.closure(start)), "closure of each kind");
                equal(closures.of(set(start), unused), fewer.of(set(start)), "closure by some of the dependencies");
            }
        }
    }

    private static void minimalCover(DependencySet minimal, BruteForce truth) {
        var cover = minimal.dependencies().stream()
                .map(dependency -> new Fd(mask(dependency.determinant()), mask(dependency.dependents())))
                .toList();
        var covered = new BruteForce(truth.width(), cover);
        for (var start = 0; start <= truth.all(); start++) {
            equal(covered.closure(start), truth.closure(start), "closure under the cover");
        }
        for (var fd : cover) {
            equal(Integer.bitCount(fd.right()), 1, "dependents");
            equal(
                    singles(fd.left()).anyMatch(single -> truth.implies(new Fd(fd.left() & ~single, fd.right()))),
                    false,
                    "a determinant is too long");
            var others = new ArrayList<>(cover);
            others.remove(fd);
            equal(isImplied(fd, others, truth.all()), false, "a dependency that follows from the others");
        }
    }

    private static boolean isImplied(Fd fd, List<Fd> others, int all) {
        for (var agreeing = all; agreeing >= 0; agreeing--) {
            if (!fd.holdsIn(agreeing) && BruteForce.allHoldIn(agreeing, others)) {
                return false;
            }
        }
        return true;
    }

    private static void derivation(RandomSchema schema, DependencySet dependencies, BruteForce truth) {
        var from = schema.any() & schema.any();
        var goal = schema.any() & (truth.closure(from) | schema.any() & schema.any());
        var derivation = dependencies.derive(set(from), set(goal));
        equal(derivation.isPresent(), truth.implies(new Fd(from, goal)), "derivable");
        derivation.ifPresent(steps -> replay(steps, from, goal, truth));
    }

    private static void replay(Derivation derivation, int from, int goal, BruteForce truth) {
        equal(mask(derivation.from()), from, "start of the derivation");
        equal(mask(derivation.goal()), goal, "goal of the derivation");
        var reached = from;
        var wanted = goal;
        for (var step : derivation.steps()) {
            var fd = truth.fds().get(step.dependency());
            var adds = mask(step.adds());
            equal(fd.left() & ~reached, 0, "not yet reached");
            equal(adds & ~fd.right(), 0, "not added by the dependency");
            equal(adds == 0 || (adds & reached) != 0, false, "a step without need");
            reached |= adds;
            wanted |= fd.left();
        }
        equal(goal & ~reached, 0, "not derived");
        equal(reached & ~from & ~wanted, 0, "derived in vain");
    }

    private static CandidateKeys keys(DependencySet dependencies, BruteForce truth) {
        var expected = truth.keys();
        var keys = CandidateKeys.of(dependencies, Integer.MAX_VALUE);
        equal(keys.complete(), true, "completeness");
        equal(
                keys.found(),
                Arrays.stream(expected).mapToObj(BruteForce::set).sorted().toList(),
                "candidate keys");
        equal(mask(keys.prime()), truth.prime(), "prime attributes");
        return keys;
    }

    private static void normalForms(NormalForms forms, DependencySet dependencies, BruteForce truth) {
        equal(forms.reached().orElseThrow(), truth.form(truth.all()), "normal form");
        var keys = truth.keys();
        var prime = truth.prime();
        var nonTrivial = 0;
        for (var i = 0; i < truth.fds().size(); i++) {
            var fd = truth.fds().get(i);
            if ((fd.right() & ~fd.left()) == 0) {
                equal(forms.of(i).isPresent(), false, "judgement of a trivial dependency");
                continue;
            }
            nonTrivial++;
            var verdict = forms.of(i).orElseThrow().verdict();
            if (truth.closure(fd.left()) == truth.all()) {
                replay(((Verdict.Conforms) verdict).superkey(), fd.left(), truth.all(), truth);
            } else {
                equal(verdict, breach(fd, keys, prime), "verdict");
            }
        }
        equal(forms.judgements().size(), nonTrivial, "judgements");
        partialKeys(forms, keys, prime, truth);
    }

    private static Verdict.Breaks breach(Fd fd, int[] keys, int prime) {
        var outside = fd.right() & ~fd.left() & ~prime;
        if (outside == 0) {
            return new Verdict.Breaks(NormalForm.BOYCE_CODD, set(fd.right() & ~fd.left()));
        }
        return new Verdict.Breaks(
                BruteForce.isProperPart(fd.left(), keys) ? NormalForm.SECOND : NormalForm.THIRD, set(outside));
    }

    private static void partialKeys(NormalForms forms, int[] keys, int prime, BruteForce truth) {
        var expected = partsOf(truth.all())
                .filter(part -> BruteForce.isProperPart(part, keys))
                .map(part -> truth.closure(part) & ~prime)
                .reduce(0, (one, other) -> one | other);
        var found = 0;
        for (var partial : forms.partial()) {
            var part = mask(partial.part());
            var dependents = mask(partial.dependents());
            equal(Arrays.stream(keys).anyMatch(key -> key == mask(partial.key())), true, "key");
            equal(BruteForce.isProperPart(part, new int[] {mask(partial.key())}), true, "part of a key");
            equal(truth.implies(new Fd(part, dependents)), true, "partial dependency");
            equal(
                    singles(part).anyMatch(single -> truth.implies(new Fd(part & ~single, dependents))),
                    false,
                    "a smaller part");
            equal(dependents == 0 || (dependents & found) != 0, false, "dependents said twice");
            found |= dependents;
        }
        equal(found, expected, "what depends on a part of a key");
    }

    private void limitedKeys(RandomSchema schema, DependencySet dependencies, BruteForce truth) {
        var random = schema.random();
        var search = random.nextBoolean()
                ? new KeySearch(dependencies, 1 + random.nextInt(3), Long.MAX_VALUE)
                : new KeySearch(dependencies, Integer.MAX_VALUE, random.nextInt(300));
        var limited = search.run();
        var keys = truth.keys();
        var prime = truth.prime();
        equal(
                Arrays.stream(masks(limited.found()))
                        .allMatch(found -> Arrays.stream(keys).anyMatch(key -> key == found)),
                true,
                "keys found within a limit");
        equal(!limited.complete() || limited.found().size() == keys.length, true, "completeness within a limit");
        for (var attribute = 0; attribute < truth.width(); attribute++) {
            var answer = limited.isPrime(attribute);
            if (answer == Answer.UNKNOWN) {
                unknown.increment();
            }
            var fact = (prime & 1 << attribute) == 0 ? Answer.NO : Answer.YES;
            equal(answer == Answer.UNKNOWN || answer == fact, true, "prime attribute within a limit");
        }
        var forms = NormalForms.of(dependencies, limited);
        var form = truth.form(truth.all());
        equal(
                forms.atLeast().compareTo(form) <= 0 && form.compareTo(forms.atMost()) <= 0,
                true,
                "normal form within a limit");
        for (var judgement : forms.judgements()) {
            var fd = truth.fds().get(judgement.dependency());
            if (judgement.verdict() instanceof Verdict.Breaks breaks) {
                var breach = breach(fd, keys, prime);
                equal(breaks.form(), breach.form(), "form broken within a limit");
                equal(breach.attributes().containsAll(breaks.attributes()), true, "what breaks it within a limit");
            } else if (judgement.verdict() instanceof Verdict.Undecided undecided) {
                var breach = breach(fd, keys, prime);
                equal(breach.form().compareTo(undecided.certain()) <= 0, true, "what is certain");
                equal(
                        breach.form() == undecided.certain() || undecided.open().containsAll(breach.attributes()),
                        true,
                        "what is open");
            }
        }
    }

    private static void projection(int fragment, DependencySet dependencies, BruteForce truth) {
        var projected = dependencies.project(set(fragment)).orElseThrow().stream()
                .map(dependency -> new Fd(mask(dependency.determinant()), mask(dependency.dependents())))
                .toList();
        var within = new BruteForce(truth.width(), projected);
        partsOf(fragment)
                .forEach(start -> equal(within.closure(start), truth.closure(start) & fragment, "projected closure"));
        projected.forEach(fd -> equal((fd.left() | fd.right()) & ~fragment, 0, "outside the fragment"));
    }

    private static void armstrongRelation(DependencySet dependencies, BruteForce truth) {
        var relation = ArmstrongRelation.of(dependencies).orElseThrow();
        var values = new int[relation.rows()][truth.width()];
        var agreeing = new boolean[truth.all() + 1];
        for (var row = 0; row < values.length; row++) {
            for (var attribute = 0; attribute < truth.width(); attribute++) {
                values[row][attribute] = relation.value(row, attribute);
            }
            for (var other = 0; other < row; other++) {
                agreeing[common(values[row], values[other])] = true;
            }
        }
        var holding = BruteForce.closures(truth.width(), common -> agreeing[common]);
        for (var start = 0; start <= truth.all(); start++) {
            equal(holding[start], truth.closure(start), "what holds in the Armstrong relation");
        }
    }

    private static int common(int[] row, int[] other) {
        var common = 0;
        for (var attribute = 0; attribute < row.length; attribute++) {
            common |= row[attribute] == other[attribute] ? 1 << attribute : 0;
        }
        return common;
    }

    private static void fragments(RandomSchema schema, int[] fragments, DependencySet dependencies, BruteForce truth) {
        var sets = Arrays.stream(fragments).mapToObj(BruteForce::set).toList();
        decomposition(schema, Decomposition.of(dependencies, sets), truth);
    }

    /** Judges what is lost by the dependencies within fragments, and whether rows are by joining. */
    private static void decomposition(RandomSchema schema, Decomposition decomposition, BruteForce truth) {
        var fragments = masks(decomposition.fragments());
        equal(BruteForce.union(fragments), truth.all(), "attributes of fragments");
        var within = truth.closuresWithin(fragments);
        var lost = truth.fds().stream()
                .map(fd -> new Fd(fd.left(), fd.right() & ~within[fd.left()]))
                .filter(fd -> fd.right() != 0)
                .map(Fd::toDependency)
                .toList();
        equal(decomposition.lost(), lost, "lost dependencies");
        // If rows can come out of the join that weren't there, then zeros come out of these
        var around = SmallRelation.aroundZeros(truth.width(), fragments, truth.fds());
        equal(decomposition.lossless(), around.contains(0), "losslessness");
        equal(around.satisfies(truth.fds()), true, "dependencies of the relation");
        if (decomposition.lossless()) {
            var any = SmallRelation.random(schema.random(), truth.width(), truth.fds());
            equal(any.growsWhenJoined(fragments), false, "a row more of a lossless join");
        } else {
            equal(around.growsWhenJoined(fragments), true, "a row more of a lossy join");
        }
    }

    private static void synthesis(RandomSchema schema, DependencySet dependencies, BruteForce truth) {
        var decomposition = Synthesis.of(dependencies);
        decomposition(schema, decomposition, truth);
        equal(decomposition.lossless(), true, "lossless synthesis");
        equal(decomposition.preserving(), true, "preserving synthesis");
        for (var fragment : masks(decomposition.fragments())) {
            equal(truth.form(fragment).compareTo(NormalForm.THIRD) >= 0, true, "third normal form of a fragment");
        }
        contained(decomposition);
        if (truth.form(truth.all()) == NormalForm.BOYCE_CODD) {
            equal(decomposition.fragments(), List.of(set(truth.all())), "a normalized relation stays whole");
        }
    }

    private static void boyceCodd(
            RandomSchema schema, Decomposition decomposition, DependencySet dependencies, BruteForce truth) {
        decomposition(schema, decomposition, truth);
        equal(decomposition.lossless(), true, "lossless decomposition");
        for (var fragment : masks(decomposition.fragments())) {
            equal(truth.form(fragment), NormalForm.BOYCE_CODD, "normal form of a fragment");
        }
        contained(decomposition);
    }

    private static void contained(Decomposition decomposition) {
        var fragments = decomposition.fragments();
        for (var one : fragments) {
            equal(fragments.stream().filter(other -> other.containsAll(one)).count(), 1L, "fragments containing one");
        }
    }

    /** Assertions by the million want no more than this. */
    private static void equal(int actual, int expected, String what) {
        if (actual != expected) {
            throw new AssertionError(what + ": expected " + expected + ", but was " + actual);
        }
    }

    private static void equal(Object actual, Object expected, String what) {
        if (!actual.equals(expected)) {
            throw new AssertionError(what + ": expected " + expected + ", but was " + actual);
        }
    }
}
