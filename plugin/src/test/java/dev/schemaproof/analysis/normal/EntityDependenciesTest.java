package dev.schemaproof.analysis.normal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.NormalForm;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityDependenciesTest {

    @Test
    void uniquesOfRequiredAttributesAreKeys() {
        var dependencies = of("""
                attributes: {id: int, email: text, phone: text null, city: text, slug: text, part: text}
                key: [id]
                unique: [[email], [phone]]
                indexes:
                  by_slug: {on: [slug], unique: true}
                  by_part: {on: [part], unique: true, where: city = 'Bern'}
                """);
        assertThat(keys(dependencies)).containsExactlyInAnyOrder(List.of("id"), List.of("email"), List.of("slug"));
    }

    @Test
    void eachDependencyNamesItsOrigin() {
        var dependencies = of("""
                attributes: {id: int, email: text, slug: text, room: int, zip: text, city: text}
                key: [id]
                unique: {by_email: [email]}
                indexes:
                  by_slug: {on: [slug desc], unique: true}
                exclusions:
                  one_room: {on: [room with =]}
                dependencies: [zip -> city]
                """);
        assertThat(dependencies.sourced())
                .extracting(sourced -> sourced.origin().words())
                .containsExactly(
                        "key [id]",
                        "unique by_email [email]",
                        "unique index by_slug [slug]",
                        "exclusion one_room [room]",
                        "declared");
        assertThat(dependencies.sourced())
                .extracting(SourcedDependency::dependency)
                .isEqualTo(dependencies.dependencies().dependencies());
        assertThat(dependencies.originOf(4).enforced()).isFalse();
        assertThat(dependencies.originOf(4).at().line()).isEqualTo(11);
        assertThat(dependencies.originOf(0).enforced()).isTrue();
    }

    /** https://www.postgresql.org/docs/18/ddl-constraints.html: rows without a value don't meet in a unique. */
    @Test
    void whatHoldsAmongSomeRowsIsKeptApart() {
        var dependencies = of("""
                attributes: {id: int, a: int null, b: int null, c: int, d: int null, e: int, room: int null}
                key: [id]
                unique:
                  by_a: {on: [a, c]}
                  by_b: {on: [b], nullsNotDistinct: true}
                  by_c: {on: [c], where: e > 0}
                  by_e: {on: [e], deferrable: true}
                indexes:
                  by_d: {on: [d], unique: true, where: d > 7}
                  by_lower: {on: [(c + e)], unique: true}
                exclusions:
                  one_room: {on: [room with =]}
                  no_overlap: {on: [room with =, e with <>], using: gist}
                """);
        assertThat(keys(dependencies)).containsExactlyInAnyOrder(List.of("id"), List.of("b"), List.of("e"));
        assertThat(dependencies.conditional())
                .extracting(given -> given.origin().words() + " where " + given.condition())
                .containsExactly(
                        "unique by_a [a, c] where a IS NOT NULL",
                        "unique index by_d [d] where d > 7 AND d IS NOT NULL",
                        "unique index by_c [c] where e > 0",
                        "exclusion one_room [room] where room IS NOT NULL");
    }

    @Test
    void whatACheckOrADomainRequiresIsPresent() {
        var dependencies = in("""
                types: {code: {domain: text, required: true}}
                """, """
                attributes: {id: int, a: int null, b: int null, c: code null, d: int null}
                key: [id]
                unique: [[a], [b], [c], [d]]
                checks: {a_is_there: a IS NOT NULL AND b > 0, d_at_times: d IS NOT NULL OR a > 5}
                """);
        assertThat(keys(dependencies)).containsExactlyInAnyOrder(List.of("id"), List.of("a"), List.of("c"));
    }

    @Test
    void generatedColumnsFollowFromWhatTheyAreMadeOf() {
        var dependencies = of("""
                attributes:
                  id: int
                  price: int
                  quantity: int null
                  total: {type: int null, generated: price * quantity}
                  version: {type: int, generated: "1"}
                key: [id]
                """);
        assertThat(told(dependencies))
                .containsExactly(
                        "key [id]: [id] -> [id, price, quantity, total, version]",
                        "generated total: [price, quantity] -> [total]",
                        "generated version: [] -> [version]");
        assertThat(dependencies.isHeld(List.of("quantity", "price"), "total")).isTrue();
        assertThat(dependencies.isHeld(List.of("price"), "total")).isFalse();
        assertThat(dependencies.isHeld(List.of("price"), "unheard_of")).isFalse();
    }

    /** A unique generated column makes a key of what it is made of. */
    @Test
    void keysAreFoundBehindGeneratedColumns() {
        var dependencies = of("""
                attributes: {id: int, email: text, lower_email: {type: text, generated: lower(email)}}
                key: [id]
                unique: [[lower_email]]
                """);
        assertThat(keys(dependencies))
                .containsExactlyInAnyOrder(List.of("id"), List.of("email"), List.of("lower_email"));
    }

    @Test
    void equalitiesInChecksDetermineTheBareSide() {
        assertThat(told(of("""
                attributes:
                  id: int
                  price: int
                  quantity: int
                  total: {type: int, check: total = price * quantity}
                  twin: int
                  copy: int
                key: [id]
                checks:
                  twins: twin = copy AND price > 0
                """)))
                .contains(
                        "check total: [price, quantity] -> [total]",
                        "check twins: [copy] -> [twin]",
                        "check twins: [twin] -> [copy]");
    }

    /** What is unknown passes, and what is equal need not be the same. */
    @Test
    void equalitiesThatMayPassUnheldDetermineNothing() {
        assertThat(told(of("""
                attributes:
                  id: int
                  a: int null
                  b: int
                  c: int
                  d: "decimal(20,0)"
                  e: double
                  f: json
                  g: text
                  i: text
                  h: char(5)
                  day: date
                  wide: {type: text, collation: und-x-icu}
                key: [id]
                checks:
                  unguarded: b = a + 1
                  either: b = c OR c > 5
                  no_value: b = nullif(c, 5)
                  rounded: d = e
                  from_json: "g = (f ->> 'g')"
                  padded: g = h
                  collated: wide = g
                  collating: g IS NOT DISTINCT FROM (i COLLATE "und-x-icu")
                  today: b = c AND day < current_date
                  unequal: b <> c
                  itself: b = b + 0
                """)))
                .filteredOn(told -> told.startsWith("check"))
                .containsExactly("check rounded: [d] -> [e]", "check padded: [g] -> [h]");
    }

    @Test
    void aGuardMakesOptionalAttributesHold() {
        assertThat(told(of("""
                attributes: {id: int, a: int null, b: int null, c: int null, d: int null}
                key: [id]
                checks:
                  same: a IS NOT DISTINCT FROM b
                  guarded: c = d AND c IS NOT NULL AND d IS NOT NULL
                """)))
                .contains(
                        "check same: [b] -> [a]",
                        "check same: [a] -> [b]",
                        "check guarded: [d] -> [c]",
                        "check guarded: [c] -> [d]");
    }

    @Test
    void whatHoldsAmongReferredAttributesHoldsAmongThoseThatRefer() {
        var dependencies = in("""
                entities:
                  User:
                    attributes: {tenant_id: int, id: int, region: int}
                    key: [tenant_id, id]
                    unique: [[id]]
                """, """
                attributes: {id: int, tenant_id: int, user_id: int, helper_id: int null}
                key: [tenant_id, id]
                references:
                  user: {entity: User, attributes: [tenant_id, user_id]}
                  helper: {entity: User, attributes: [tenant_id, helper_id]}
                """);
        assertThat(told(dependencies))
                .containsExactly(
                        "key [tenant_id, id]: [id, tenant_id] -> [id, tenant_id, user_id, helper_id]",
                        "reference user, as User has unique [id]: [user_id] -> [tenant_id]");
        assertThat(dependencies.isHeld(List.of("user_id"), "tenant_id")).isTrue();
    }

    @Test
    void aCopyThatIsNeverStaleFollowsFromItsReference() {
        var outside = """
                entities:
                  User: {attributes: {id: int, name: text}, key: [id]}
                denormalizations:
                  author-name:
                    duplicates: {into: E.author_name, from: {copy: author.name}}
                    sync: {by: trigger}
                    staleness: {allowed: %s}
                """;
        var entity = """
                attributes: {id: int, author_id: int, author_name: text}
                key: [id]
                references: {author: {entity: User}}
                """;
        var fresh = in(outside.formatted("none"), entity);
        assertThat(told(fresh))
                .contains("contract author-name, which copies author.name: [author_id] -> [author_name]");
        assertThat(fresh.isHeld(List.of("author_id"), "author_name")).isFalse();
        assertThat(told(in(outside.formatted("5m"), entity))).hasSize(1);
    }

    @Test
    void declaredDependenciesMakeFurtherKeys() {
        var dependencies = of("""
                attributes: {student: text, course: text, teacher: text}
                key: [student, course]
                dependencies: [teacher -> course]
                """);
        assertThat(keys(dependencies))
                .containsExactlyInAnyOrder(List.of("student", "course"), List.of("student", "teacher"));
        assertThat(dependencies.brokenBy(List.of("teacher"), "course")).contains(NormalForm.BOYCE_CODD);
    }

    @Test
    void formsAreJudgedByKeysAndNotByThePrimaryKeyAlone() {
        var dependencies = of("""
                attributes: {id: int, a: int, b: int, of_a: int, of_c: int, c: int}
                key: [id]
                unique: [[a, b]]
                dependencies: [a -> of_a, c -> of_c]
                """);
        assertThat(dependencies.brokenBy(List.of("a"), "of_a")).contains(NormalForm.SECOND);
        assertThat(dependencies.brokenBy(List.of("c"), "of_c")).contains(NormalForm.THIRD);
        assertThat(dependencies.brokenBy(List.of("a", "b"), "c")).isEmpty();
        assertThat(dependencies.brokenBy(List.of("id"), "c")).isEmpty();
        assertThat(dependencies.brokenBy(List.of("c"), "c")).isEmpty();
        assertThat(dependencies.brokenBy(List.of("c"), "unheard_of")).isEmpty();
    }

    @Test
    void aDetourFromAPartOfTheKeyIsFound() {
        var dependencies = of("""
                attributes: {student: int, course: int, dept: int, dept_name: text}
                key: [student, course]
                dependencies: [student -> dept, dept -> dept_name]
                """);
        assertThat(dependencies.keyPartBehind(List.of("dept"))).contains(List.of("student"));
        assertThat(dependencies.keyAround(List.of("student"))).contains(List.of("student", "course"));
    }

    @Test
    void multivaluedDependenciesAreNotFunctional() {
        var dependencies = of("""
                attributes: {course: text, teacher: text, book: text}
                key: [course, teacher, book]
                dependencies: [course ->> teacher]
                """);
        assertThat(dependencies.dependencies().dependencies()).hasSize(1);
    }

    private static List<List<String>> keys(EntityDependencies dependencies) {
        return dependencies.keys().found().stream().map(dependencies::namesOf).toList();
    }

    private static List<String> told(EntityDependencies dependencies) {
        return dependencies.sourced().stream()
                .map(sourced -> sourced.origin().words() + ": "
                        + dependencies.namesOf(sourced.dependency().determinant()) + " -> "
                        + dependencies.namesOf(sourced.dependency().dependents()))
                .toList();
    }

    private static EntityDependencies of(String entity) {
        return in("entities:\n", entity);
    }

    /** @param outside the rest of the model */
    private static EntityDependencies in(String outside, String entity) {
        var within = (outside.contains("entities:") ? outside : outside + "entities:\n")
                .replace("entities:\n", "entities:\n  E:\n" + entity.indent(4));
        var model = Models.read("schema: s\n" + within);
        return new Facts(model).dependenciesOf(model.entities().get("E"));
    }
}
