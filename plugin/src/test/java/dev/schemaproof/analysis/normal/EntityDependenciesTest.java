package dev.schemaproof.analysis.normal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
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

    private static EntityDependencies of(String entity) {
        var model = Models.read("schema: s\nentities:\n  E:\n" + entity.indent(4));
        return EntityDependencies.of(model.entities().get("E"));
    }
}
