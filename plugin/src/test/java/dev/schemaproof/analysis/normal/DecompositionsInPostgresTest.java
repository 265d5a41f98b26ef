package dev.schemaproof.analysis.normal;

import static dev.schemaproof.analysis.normal.BruteForce.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.prove.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Decompositions of Armstrong relations, executed: in such a relation nothing holds by chance, so that a join gives back the
 * original only if it always does.
 */
class DecompositionsInPostgresTest {

    private static final int SCHEMAS = 60;

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static Connection connection;
    private static Statement statement;

    @BeforeAll
    static void connect() throws SQLException {
        connection = SERVER.database().connect();
        statement = connection.createStatement();
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    /** What no key enforces stands inside a fragment, between its prime attributes: it keeps it out of Boyce-Codd. */
    @Test
    void synthesizedFragmentsJoinToTheOriginalAndEnforceEverything() throws SQLException {
        var byKeysAlone = 0;
        for (var number = 0; number < SCHEMAS; number++) {
            var dependencies = RandomSchema.of(number, 7).dependencies();
            var decomposition = Synthesis.of(dependencies);
            load(dependencies, decomposition.fragments());
            assertThat(missing(decomposition.fragments()))
                    .as("schema %s", number)
                    .isZero();
            assertThat(added(decomposition.fragments())).as("schema %s", number).isZero();
            var enforced = enforceKeys(dependencies, decomposition.fragments());
            var within = new ArrayList<>(enforced.dependencies());
            dependencies.minimalCover().dependencies().stream()
                    .filter(dependency -> betweenPrimeAttributes(dependency, dependencies, decomposition.fragments()))
                    .forEach(within::add);
            assertThat(new DependencySet(dependencies.width(), within).impliesAll(dependencies.dependencies()))
                    .isTrue();
            byKeysAlone += enforced.impliesAll(dependencies.dependencies()) ? 1 : 0;
        }
        assertThat(byKeysAlone).isGreaterThan(SCHEMAS * 3 / 4);
    }

    private static boolean betweenPrimeAttributes(
            FunctionalDependency dependency, DependencySet dependencies, List<AttributeSet> fragments) {
        return fragments.stream()
                .filter(fragment -> fragment.containsAll(dependency.attributes()))
                .anyMatch(fragment -> keysOf(fragment, dependencies).stream()
                        .anyMatch(key -> key.containsAll(dependency.dependents())));
    }

    @Test
    void boyceCoddFragmentsJoinToTheOriginalAndEnforceWhatIsNotLost() throws SQLException {
        var lossy = 0;
        for (var number = 0; number < SCHEMAS; number++) {
            var dependencies = RandomSchema.of(number, 7).dependencies();
            var decomposition = BoyceCodd.decompose(dependencies);
            load(dependencies, decomposition.fragments());
            assertThat(missing(decomposition.fragments()))
                    .as("schema %s", number)
                    .isZero();
            assertThat(added(decomposition.fragments())).as("schema %s", number).isZero();
            var enforced = enforceKeys(dependencies, decomposition.fragments());
            for (var dependency : dependencies.dependencies()) {
                var lost = decomposition.lost().stream()
                        .filter(other -> other.determinant().equals(dependency.determinant()))
                        .map(FunctionalDependency::dependents)
                        .reduce(AttributeSet.none(), AttributeSet::union);
                assertThat(enforced.closure(dependency.determinant())
                                .containsAll(dependency.dependents().minus(lost)))
                        .isTrue();
                assertThat(enforced.closure(dependency.determinant()).intersects(lost))
                        .isFalse();
                lossy += lost.isEmpty() ? 0 : 1;
            }
        }
        assertThat(lossy).as("dependencies lost").isPositive();
    }

    @Test
    void twoFragmentsJoinToTheOriginalIfAndOnlyIfTheChaseSaysSo() throws SQLException {
        var lossless = 0;
        for (var number = 0; number < 2 * SCHEMAS; number++) {
            var schema = RandomSchema.of(number, 6);
            var dependencies = schema.dependencies();
            var one = schema.any() | 1;
            var fragments = List.of(set(one), dependencies.all().minus(set(one)).union(set(schema.any() | 1)));
            load(dependencies, fragments);
            assertThat(missing(fragments)).isZero();
            assertThat(added(fragments) == 0)
                    .as("%s of %s under %s", fragments, dependencies.all(), schema.fds())
                    .isEqualTo(Chase.lossless(dependencies, fragments));
            lossless += Chase.lossless(dependencies, fragments) ? 1 : 0;
        }
        assertThat(lossless).isBetween(1, 2 * SCHEMAS - 1);
    }

    /** Courses have teachers and students: taken apart at the course without a dependency, everyone is taught by all. */
    @Test
    void aLossyDecompositionIsCaught() throws SQLException {
        var course = AttributeSet.of(0);
        var teacher = AttributeSet.of(1);
        var student = AttributeSet.of(2);
        var dependencies = new DependencySet(
                3,
                List.of(
                        new FunctionalDependency(course.union(student), teacher),
                        new FunctionalDependency(teacher, course)));
        var lossy = Decomposition.of(dependencies, List.of(course.union(teacher), course.union(student)));
        load(dependencies, lossy.fragments());
        assertThat(added(lossy.fragments())).isPositive();
        assertThat(missing(lossy.fragments())).isZero();
        assertThat(lossy.lossless()).isFalse();

        var lossless = Decomposition.of(dependencies, List.of(course.union(teacher), teacher.union(student)));
        load(dependencies, lossless.fragments());
        assertThat(added(lossless.fragments())).isZero();
        assertThat(lossless.lossless()).isTrue();
        assertThat(lossless.lost()).containsExactly(new FunctionalDependency(course.union(student), teacher));
    }

    private static void load(DependencySet dependencies, List<AttributeSet> fragments) throws SQLException {
        var relation = ArmstrongRelation.of(dependencies).orElseThrow();
        statement.execute("DROP TABLE IF EXISTS original CASCADE");
        statement.execute("CREATE TABLE original (" + columns(dependencies.all(), " int NOT NULL") + ")");
        statement.execute("INSERT INTO original VALUES "
                + IntStream.range(0, relation.rows())
                        .mapToObj(row -> IntStream.range(0, relation.width())
                                .mapToObj(attribute -> String.valueOf(relation.value(row, attribute)))
                                .collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(", ")));
        for (var i = 0; i < fragments.size(); i++) {
            statement.execute("DROP TABLE IF EXISTS " + name(i));
            statement.execute("CREATE TABLE " + name(i) + " AS SELECT DISTINCT " + columns(fragments.get(i), "")
                    + " FROM original");
        }
    }

    private static String name(int fragment) {
        return "fragment_" + fragment;
    }

    private static String columns(AttributeSet attributes, String suffix) {
        return attributes
                .positions()
                .mapToObj(attribute -> "a" + attribute + suffix)
                .collect(Collectors.joining(", "));
    }

    /** Rows of the original that the join of the fragments hasn't. */
    private static int missing(List<AttributeSet> fragments) throws SQLException {
        return count("SELECT * FROM original EXCEPT " + join(fragments));
    }

    /** Rows of the join of the fragments that the original hasn't. */
    private static int added(List<AttributeSet> fragments) throws SQLException {
        return count(join(fragments) + " EXCEPT SELECT * FROM original");
    }

    private static String join(List<AttributeSet> fragments) {
        var all = fragments.stream().reduce(AttributeSet.none(), AttributeSet::union);
        return "SELECT " + columns(all, "") + " FROM "
                + IntStream.range(0, fragments.size())
                        .mapToObj(DecompositionsInPostgresTest::name)
                        .collect(Collectors.joining(" NATURAL JOIN "));
    }

    private static int count(String query) throws SQLException {
        try (var rows = statement.executeQuery("SELECT count(*) FROM (" + query + ") AS differing")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Gives each fragment its keys; what these enforce, after trying to break each. */
    private static DependencySet enforceKeys(DependencySet dependencies, List<AttributeSet> fragments)
            throws SQLException {
        var enforced = new ArrayList<FunctionalDependency>();
        for (var i = 0; i < fragments.size(); i++) {
            var fragment = fragments.get(i);
            for (var key : keysOf(fragment, dependencies)) {
                statement.execute("CREATE UNIQUE INDEX ON " + name(i) + " ("
                        + (key.isEmpty() ? "(true)" : columns(key, "")) + ")");
                for (var attribute : fragment.minus(key).toPositions()) {
                    assertThatThrownBy(() ->
                                    statement.execute(contradiction(fragments.indexOf(fragment), fragment, attribute)))
                            .isInstanceOfSatisfying(
                                    SQLException.class,
                                    error -> assertThat(error.getSQLState()).isEqualTo("23505"));
                }
                enforced.add(new FunctionalDependency(key, fragment));
            }
        }
        return new DependencySet(dependencies.width(), enforced);
    }

    private static List<AttributeSet> keysOf(AttributeSet fragment, DependencySet dependencies) {
        return fragment.parts()
                .filter(part -> dependencies.closure(part).containsAll(fragment))
                .filter(part -> dependencies.reduce(part, fragment).equals(part))
                .toList();
    }

    /** A second row that differs from the first in one attribute. */
    private static String contradiction(int index, AttributeSet fragment, int attribute) {
        return "INSERT INTO " + name(index) + " SELECT "
                + fragment.positions()
                        .mapToObj(position -> position == attribute ? "-1" : "a" + position)
                        .collect(Collectors.joining(", "))
                + " FROM " + name(index) + " LIMIT 1";
    }
}
