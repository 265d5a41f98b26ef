package dev.schemaproof.analysis.normal;

import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The dependencies that come through references.
 *
 * <p>A reference of several attributes is an inclusion dependency, so that what holds among the attributes referred to
 * holds among those that refer (the pullback rule of J. C. Mitchell, "The Implication Problem for Functional and Inclusion
 * Dependencies", Information and Control 56, 1983): with {@code [tenant_id, user_id]} that refers to users, whose {@code
 * id} is a key, {@code user_id} determines {@code tenant_id}. The foreign key keeps it so. It is followed for one reference,
 * not for a chain of them.
 *
 * <p>A copy through a reference follows from the reference's attributes as far as a contract allows no staleness.
 *
 * <p>A row that has not all values of a reference refers to nothing, so that all have to be present in every row.
 */
final class ReferenceDependencies {

    private final Entity entity;
    private final AttributeNames names;
    private final Set<String> present;
    private final Model model;

    ReferenceDependencies(Entity entity, AttributeNames names, Set<String> present, Model model) {
        this.entity = entity;
        this.names = names;
        this.present = present;
        this.model = model;
    }

    /**
     * Those that foreign keys make.
     *
     * @param own the dependencies of an entity that come from within it
     */
    Stream<SourcedDependency> pulledBack(Function<Entity, List<SourcedDependency>> own) {
        return entity.references().values().stream()
                .filter(reference -> reference.attributes().size() > 1)
                .filter(this::isPresent)
                .flatMap(reference -> model.entity(reference.entity().value()).filter(Entity::sound).stream()
                        .flatMap(target -> pulledBack(reference, target, own.apply(target))));
    }

    private Stream<SourcedDependency> pulledBack(Reference reference, Entity target, List<SourcedDependency> own) {
        var referred = reference.referredNames(target);
        var referring = reference.names();
        if (referred.size() != referring.size()
                || !target.attributes().keySet().containsAll(referred)
                || !entity.attributes().keySet().containsAll(referring)) {
            return Stream.empty();
        }
        var theirs = new AttributeNames(target.attributes().keySet());
        var common = theirs.knownOf(referred);
        return own.stream()
                .filter(sourced -> common.containsAll(sourced.dependency().determinant()))
                .map(sourced -> {
                    var left = sourced.dependency().determinant();
                    var right = common.minus(common.minus(sourced.dependency().dependents()))
                            .minus(left);
                    return new SourcedDependency(
                            new FunctionalDependency(
                                    pulled(left, theirs, referred, referring),
                                    pulled(right, theirs, referred, referring)),
                            new Origin.Referred(reference.role(), target.name().value(), sourced.origin()));
                })
                .filter(sourced -> !sourced.dependency().dependents().isEmpty());
    }

    private AttributeSet pulled(
            AttributeSet attributes, AttributeNames theirs, List<String> referred, List<String> referring) {
        var wanted = theirs.namesOf(attributes);
        return names.knownOf(IntStream.range(0, referred.size())
                .filter(i -> wanted.contains(referred.get(i)))
                .mapToObj(referring::get)
                .toList());
    }

    /**
     * Those that contracts keep.
     *
     * @param contracts with copies in the entity
     */
    Stream<SourcedDependency> contracted(List<Contract> contracts) {
        return contracts.stream().filter(Contract::sound).flatMap(contract -> contracted(contract).stream());
    }

    private Optional<SourcedDependency> contracted(Contract contract) {
        var duplicates = contract.duplicates();
        var attribute = duplicates
                .flatMap(Contract.Duplicates::into)
                .flatMap(Contract.Target::attribute)
                .flatMap(name -> entity.attribute(name.value()));
        var path = duplicates
                .flatMap(Contract.Duplicates::from)
                .map(from -> from.value() instanceof Derivation.Copy copy
                        ? copy.path().value()
                        : "");
        var fresh = contract.staleness()
                .flatMap(Contract.Staleness::allowed)
                .filter(allowed -> allowed.value().equals(Duration.ZERO));
        var kept = contract.sync().flatMap(Contract.Sync::by);
        if (attribute.isEmpty() || path.isEmpty() || fresh.isEmpty() || kept.isEmpty()) {
            return Optional.empty();
        }
        return entity.reference(path.get().replaceFirst("\\..*", ""))
                .filter(this::isPresent)
                .map(reference -> new SourcedDependency(
                        new FunctionalDependency(
                                names.knownOf(reference.names()),
                                names.knownOf(List.of(attribute.get().name().value()))),
                        new Origin.Contracted(contract.name(), path.get())));
    }

    private boolean isPresent(Reference reference) {
        return !reference.attributes().isEmpty() && present.containsAll(reference.names());
    }
}
