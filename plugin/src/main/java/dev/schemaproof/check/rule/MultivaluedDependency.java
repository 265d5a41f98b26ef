package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.DeclaredMultivalued;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.normal.FourthNormalForm;
import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.NormalForm;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Facts that vary independently in one entity, as declared with {@code ->>}: each is repeated for each of the others. Breaks
 * the fourth normal form.
 */
public final class MultivaluedDependency implements Rule {

    /** So many of an entity are judged; for each one all attributes are partitioned by all of them. */
    static final int LIMIT = 64;

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().rules().target() == NormalForm.FIRST
                ? Stream.empty()
                : facts.model().entities().values().stream()
                        .filter(Entity::sound)
                        .filter(entity -> !entity.key().isEmpty())
                        .flatMap(entity -> breaches(entity, facts));
    }

    private Stream<Finding> breaches(Entity entity, Facts facts) {
        var dependencies = facts.dependenciesOf(entity);
        var all = dependencies.multivalued();
        if (all.isEmpty()) {
            return Stream.empty();
        }
        var declared = all.subList(0, Math.min(all.size(), LIMIT));
        return Stream.concat(
                breaches(entity, declared, dependencies, facts),
                all.size() > LIMIT
                        ? Stream.of(finding(
                                        entity.name().at(),
                                        entity.name().value(),
                                        "only the first " + LIMIT + " of the " + all.size()
                                                + " multivalued dependencies of `" + entity.name() + "` were judged")
                                .withHelp("split the entity by those that were found first"))
                        : Stream.empty());
    }

    private Stream<Finding> breaches(
            Entity entity, List<DeclaredMultivalued> declared, EntityDependencies dependencies, Facts facts) {
        var form = FourthNormalForm.of(
                dependencies.dependencies(),
                declared.stream().map(DeclaredMultivalued::dependency).toList());
        var seen = new HashSet<Map.Entry<AttributeSet, Set<AttributeSet>>>();
        return form.violations().stream()
                .map(declared::get)
                // What is really functional breaks another normal form
                .filter(given -> !dependencies
                        .dependencies()
                        .closure(given.dependency().determinant())
                        .containsAll(given.dependency().dependents()))
                // The rest varies as much as the dependents do, so that both say the same
                .filter(given -> seen.add(Map.entry(
                        given.dependency().determinant(),
                        Set.of(given.dependency().dependents(), rest(given, dependencies)))))
                .filter(given -> dependencies.namesOf(given.dependency().dependents()).stream()
                        .noneMatch(name -> facts.contractInto(entity, name).isPresent()))
                .map(given -> finding(entity, given, dependencies, facts));
    }

    /** What varies beside the dependents. A key that only numbers the rows has no part in it. */
    private static AttributeSet rest(DeclaredMultivalued given, EntityDependencies dependencies) {
        var rest = dependencies
                .dependencies()
                .all()
                .minus(given.dependency().determinant())
                .minus(given.dependency().dependents());
        var key = dependencies.knownOf(dependencies.entity().keyNames());
        var unnumbered = rest.minus(key);
        return key.size() == 1 && !unnumbered.isEmpty() ? unnumbered : rest;
    }

    private Finding finding(Entity entity, DeclaredMultivalued given, EntityDependencies dependencies, Facts facts) {
        var determinant = given.dependency().determinant();
        var dependents = given.dependency().dependents();
        var rest = rest(given, dependencies);
        var names = dependencies.namesOf(dependents);
        var others = dependencies.namesOf(rest);
        var each = Words.listed(dependencies.namesOf(determinant));
        return finding(
                        given.declared().dependent().get(0).at(),
                        entity.name() + "." + given.declared().dependent().get(0),
                        Words.listed(names) + (names.size() == 1 ? " varies" : " vary") + " independently of "
                                + Words.listed(others) + (determinant.isEmpty() ? "" : " for each " + each)
                                + ", but " + (determinant.isEmpty() ? "nothing" : each) + " is no key of `"
                                + entity.name() + "`")
                .withHelp("each of the one is repeated for each of the other: to add one "
                        + Words.quoted(names.subList(0, 1))
                        + " takes as many rows as there are others; keep them in entities of their own, in place of `"
                        + entity.name() + "`:\n"
                        + part(entity, determinant.union(dependents), names, dependencies, facts) + "\n"
                        + part(entity, determinant.union(rest), others, dependencies, facts)
                                .replaceFirst("entities:\n", "")
                        + "\nor, if they do not vary independently, remove `" + DependencyText.of(given.declared())
                        + "` from `dependencies`");
    }

    private static String part(
            Entity entity, AttributeSet attributes, List<String> what, EntityDependencies dependencies, Facts facts) {
        var key = dependencies.dependencies().reduce(attributes, attributes);
        var name = entity.name() + NameWords.of(what.get(0)).pascalCase();
        return EntityDraft.partOf(
                        entity,
                        facts.model().entity(name).isPresent() ? name + "Entry" : name,
                        dependencies.namesOf(attributes),
                        dependencies.namesOf(key))
                .toString();
    }
}
