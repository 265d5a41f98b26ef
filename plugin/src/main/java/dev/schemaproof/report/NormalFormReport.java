package dev.schemaproof.report;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.cure.Cure;
import dev.schemaproof.analysis.cure.Cures;
import dev.schemaproof.analysis.cure.Cures.Suspected;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.CandidateKeys;
import dev.schemaproof.analysis.normal.DependencySet;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.normal.NormalForms;
import dev.schemaproof.analysis.normal.Origin;
import dev.schemaproof.analysis.normal.SourcedDependency;
import dev.schemaproof.analysis.redundancy.Hunch;
import dev.schemaproof.generate.relational.Contradiction;
import dev.schemaproof.generate.relational.ExpandContract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.NormalForm;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.report.EntityForm.Judged;
import dev.schemaproof.report.EntityForm.Step;
import dev.schemaproof.report.EntityForm.Treatment;
import dev.schemaproof.report.EntityForm.Verdict;
import dev.schemaproof.report.EntityForm.Wanted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The normal forms of a model, each verdict with its certificate.
 *
 * @param model the model's name
 * @param target the form that it aims at
 * @param entities in order of declaration; those that could not be read, or have no key, are left out
 */
public record NormalFormReport(String model, NormalForm target, List<EntityForm> entities) {

    public NormalFormReport {
        entities = List.copyOf(entities);
    }

    /** Judges a model. */
    public static NormalFormReport of(Facts facts) {
        return new Judge(facts).judge();
    }

    private static final class Judge {

        private final Facts facts;
        private final Cures cures;
        private final Set<String> copies;
        private final Map<String, Map<String, List<Hunch>>> hunches;

        Judge(Facts facts) {
            this.facts = facts;
            cures = new Cures(facts);
            copies = facts.redundancies().copies().stream()
                    .map(copy -> copy.entity().name() + "." + copy.attribute().name())
                    .collect(Collectors.toSet());
            hunches = facts.redundancies().hunches().stream()
                    .collect(Collectors.groupingBy(
                            hunch -> hunch.entity().name().value(),
                            Collectors.groupingBy(
                                    hunch -> hunch.determinant().name().value(),
                                    LinkedHashMap::new,
                                    Collectors.toList())));
        }

        NormalFormReport judge() {
            return new NormalFormReport(
                    facts.model().name().value(),
                    facts.model().rules().target(),
                    facts.model().entities().values().stream()
                            .filter(entity -> entity.sound() && !entity.key().isEmpty())
                            .map(this::judge)
                            .toList());
        }

        private EntityForm judge(Entity entity) {
            var dependencies = facts.dependenciesOf(entity);
            if (dependencies.sourced().stream().allMatch(sourced -> isKey(sourced.origin()))
                    && !hunches.containsKey(entity.name().value())) {
                return new EntityForm(
                        entity,
                        NormalForm.BOYCE_CODD,
                        NormalForm.BOYCE_CODD,
                        Optional.empty(),
                        keys(dependencies),
                        dependencies.keys().complete(),
                        List.of(),
                        List.of());
            }
            var forms = NormalForms.of(dependencies.dependencies(), dependencies.keys());
            var judged = forms.judgements().stream()
                    .map(judgement -> judged(entity, dependencies, judgement))
                    .toList();
            return new EntityForm(
                    entity,
                    forms.atLeast(),
                    forms.atMost(),
                    heldApart(dependencies, forms),
                    keys(dependencies),
                    dependencies.keys().complete(),
                    judged,
                    treatments(entity, judged));
        }

        private static boolean isKey(Origin origin) {
            return origin instanceof Origin.PrimaryKey
                    || origin instanceof Origin.Unique
                    || origin instanceof Origin.UniqueIndex
                    || origin instanceof Origin.Exclusion;
        }

        private static List<List<String>> keys(EntityDependencies dependencies) {
            return dependencies.keys().found().stream()
                    .map(dependencies::namesOf)
                    .toList();
        }

        /** What can't drift breaks a form by the letter only. */
        private static Optional<NormalForm> heldApart(EntityDependencies dependencies, NormalForms forms) {
            var free = dependencies.sourced().stream()
                    .filter(sourced ->
                            isKey(sourced.origin()) || !sourced.origin().enforced())
                    .map(SourcedDependency::dependency)
                    .toList();
            if (free.size() == dependencies.sourced().size()) {
                return Optional.empty();
            }
            var set = new DependencySet(dependencies.dependencies().width(), free);
            return NormalForms.of(set, CandidateKeys.of(set, CandidateKeys.LIMIT))
                    .reached()
                    .filter(form -> form != forms.atLeast());
        }

        private Judged judged(Entity entity, EntityDependencies dependencies, NormalForms.Judgement judgement) {
            var sourced = dependencies.sourced().get(judgement.dependency());
            var dependency = sourced.dependency();
            return new Judged(
                    dependencies.namesOf(dependency.determinant()),
                    dependencies.namesOf(dependency.dependents().minus(dependency.determinant())),
                    sourced.origin(),
                    verdict(entity, dependencies, sourced, judgement.verdict()));
        }

        private Verdict verdict(
                Entity entity,
                EntityDependencies dependencies,
                SourcedDependency sourced,
                NormalForms.Verdict verdict) {
            if (verdict instanceof NormalForms.Verdict.Conforms conforms) {
                return new Verdict.Superkey(conforms.superkey().steps().stream()
                        .map(step -> step(dependencies, step.dependency(), step.adds()))
                        .toList());
            } else if (verdict instanceof NormalForms.Verdict.Breaks breaks) {
                var determinant = sourced.dependency().determinant();
                var attributes = dependencies.namesOf(breaks.attributes());
                var wanted = wanted(entity, sourced, attributes);
                return new Verdict.Broken(
                        breaks.form(),
                        attributes,
                        wanted,
                        dependencies
                                .dependencies()
                                .derive(determinant, breaks.attributes())
                                .orElseThrow()
                                .steps()
                                .stream()
                                .map(step -> step(dependencies, step.dependency(), step.adds()))
                                .toList(),
                        wanted.filter(Wanted.HELD::equals).isPresent()
                                ? Optional.empty()
                                : Optional.of(Contradiction.of(
                                        facts,
                                        dependencies,
                                        determinant,
                                        breaks.attributes()
                                                .positions()
                                                .findFirst()
                                                .orElseThrow())));
            }
            var undecided = (NormalForms.Verdict.Undecided) verdict;
            return new Verdict.Undecided(undecided.certain(), dependencies.namesOf(undecided.open()));
        }

        private static Step step(EntityDependencies dependencies, int index, AttributeSet adds) {
            var used = dependencies.sourced().get(index);
            return new Step(
                    dependencies.namesOf(used.dependency().determinant()), dependencies.namesOf(adds), used.origin());
        }

        private Optional<Wanted> wanted(Entity entity, SourcedDependency sourced, List<String> attributes) {
            if (sourced.origin().enforced()) {
                return Optional.of(Wanted.HELD);
            } else if (attributes.stream()
                    .allMatch(name -> facts.contractInto(entity, name).isPresent())) {
                return Optional.of(Wanted.CONTRACT);
            } else if (attributes.stream().allMatch(name -> copies.contains(entity.name() + "." + name))) {
                return Optional.of(Wanted.COPY);
            }
            return Optional.empty();
        }

        private List<Treatment> treatments(Entity entity, List<Judged> judged) {
            if (!(facts.model().storeOf(entity) instanceof RelationalStore store)) {
                return List.of();
            }
            Set<Cure> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            var treatments = new ArrayList<Treatment>();
            for (var dependency : judged) {
                if (dependency.verdict() instanceof Verdict.Broken broken
                        && broken.wanted().isEmpty()) {
                    for (var attribute : dependency.dependents()) {
                        cures.of(entity, dependency.determinant(), attribute)
                                .filter(seen::add)
                                .ifPresent(cure -> treatments.add(
                                        new Treatment(List.of(), cure, ExpandContract.of(cure, store, facts))));
                    }
                }
            }
            suspected(entity)
                    .forEach(all -> all.forEach(one -> cures.ifTrue(one, all)
                            .filter(seen::add)
                            .ifPresent(cure -> treatments.add(new Treatment(
                                    all.stream()
                                            .map(guess ->
                                                    String.join(", ", guess.determinant()) + " -> " + guess.dependent())
                                            .toList(),
                                    cure,
                                    ExpandContract.of(cure, store, facts))))));
            return treatments;
        }

        /** For each determinant what names suggest that it determines. */
        private List<List<Suspected>> suspected(Entity entity) {
            return hunches.getOrDefault(entity.name().value(), Map.of()).values().stream()
                    .map(group -> group.stream()
                            .filter(hunch -> facts.contractInto(
                                            entity, hunch.attribute().name().value())
                                    .isEmpty())
                            .filter(hunch -> !copies.contains(
                                    entity.name() + "." + hunch.attribute().name()))
                            .filter(hunch -> entity.dependencies().stream()
                                    .flatMap(declared -> declared.dependent().stream())
                                    .map(Located::value)
                                    .noneMatch(hunch.attribute().name().value()::equals))
                            .filter(hunch -> facts.dependenciesOf(entity)
                                    .brokenBy(
                                            List.of(hunch.determinant().name().value()),
                                            hunch.attribute().name().value())
                                    .isPresent())
                            .map(hunch -> new Suspected(
                                    entity,
                                    List.of(hunch.determinant().name().value()),
                                    hunch.attribute().name().value()))
                            .toList())
                    .filter(group -> !group.isEmpty())
                    .toList();
        }
    }
}
