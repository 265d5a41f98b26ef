package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Duplicates;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Derivation.Aggregate;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.ScalarKind;
import java.util.Optional;
import java.util.stream.Stream;

/** A copy that can't hold what it is made of, that another contract keeps too, or that the pattern doesn't read. */
final class CopyContradictions implements Contradictions {

    /** The copy and its contract, once both are known. */
    private record Copy(Entity entity, Attribute attribute, Contract.Target into) {

        Location at() {
            return into.attribute().map(Located::at).orElse(into.entity().at());
        }

        String name() {
            return entity.name() + "." + attribute.name();
        }
    }

    @Override
    public Stream<Contradiction> of(Contract contract, Facts facts) {
        var into = contract.duplicates().flatMap(Duplicates::into);
        var entity = into.flatMap(target -> facts.model().entity(target.entity().value()))
                .filter(Entity::sound);
        if (entity.isEmpty()) {
            return Stream.empty();
        }
        var from = contract.duplicates().flatMap(Duplicates::from).map(Located::value);
        var attribute = into.get().attribute().flatMap(name -> entity.get().attribute(name.value()));
        return Stream.concat(
                Stream.of(
                                second(contract, into.get(), facts),
                                from.flatMap(derivation -> strangers(derivation, entity.get(), facts)),
                                PatternReads.contradiction(contract, entity.get(), attribute, facts))
                        .flatMap(Optional::stream),
                attribute.stream().flatMap(found -> {
                    var copy = new Copy(entity.get(), found, into.get());
                    return Stream.of(inKey(copy), from.flatMap(derivation -> misfit(derivation, copy, facts)))
                            .flatMap(Optional::stream);
                }));
    }

    private static Optional<Contradiction> second(Contract contract, Contract.Target into, Facts facts) {
        var first = into.attribute()
                .flatMap(attribute -> facts.model()
                        .entity(into.entity().value())
                        .flatMap(entity -> facts.contractInto(entity, attribute.value())));
        return first.filter(other -> !other.name().equals(contract.name()))
                .map(other -> Contradiction.error(
                        into.entity().at(),
                        "`" + into + "` already is the copy of contract `" + other.name() + "`",
                        "one attribute can follow only one source: remove one of the contracts"));
    }

    private static Optional<Contradiction> strangers(Derivation derivation, Entity target, Facts facts) {
        return Children.of(derivation)
                .flatMap(children -> facts.model()
                        .entity(children.entity().value())
                        .flatMap(child -> child.reference(children.by().value()))
                        .filter(reference ->
                                !reference.entity().value().equals(target.name().value()))
                        .map(reference -> Contradiction.error(
                                children.by().at(),
                                "`" + children.by() + "` leads from `" + children.entity() + "` to `"
                                        + reference.entity() + "`, not to `" + target.name() + "`",
                                "name the reference by which the rows belong to `" + target.name() + "`")));
    }

    /** The rows that a derivation looks at. */
    private record Children(Located<String> entity, Located<String> by) {

        static Optional<Children> of(Derivation derivation) {
            if (derivation instanceof Derivation.Count count) {
                return Optional.of(new Children(count.entity(), count.by()));
            }
            if (derivation instanceof Derivation.Exists exists) {
                return Optional.of(new Children(exists.entity(), exists.by()));
            }
            if (derivation instanceof Derivation.Aggregate aggregate) {
                return Optional.of(new Children(aggregate.entity(), aggregate.by()));
            }
            return derivation instanceof Derivation.Latest latest
                    ? Optional.of(new Children(latest.entity(), latest.by()))
                    : Optional.empty();
        }
    }

    private static Optional<Contradiction> inKey(Copy copy) {
        return copy.entity().keyNames().contains(copy.attribute().name().value())
                ? Optional.of(Contradiction.error(
                        copy.at(),
                        "`" + copy.name() + "` is in the key, and what identifies a row can't follow another",
                        "choose a key without copies"))
                : Optional.empty();
    }

    private static Optional<Contradiction> misfit(Derivation derivation, Copy copy, Facts facts) {
        var type = copy.attribute().type().value();
        if (facts.types().of(type) instanceof DataType.Unreadable) {
            return Optional.empty();
        }
        if (derivation instanceof Derivation.Count) {
            return facts.types().isInteger(type)
                    ? Optional.empty()
                    : Optional.of(misfit(copy, "a count is a whole number", "int"));
        }
        if (derivation instanceof Derivation.Exists) {
            return facts.types().of(type).equals(new DataType.Scalar(ScalarKind.BOOLEAN))
                    ? Optional.empty()
                    : Optional.of(misfit(copy, "`exists` is true or false", "boolean"));
        }
        var source = source(derivation, copy, facts);
        if (derivation instanceof Aggregate aggregate && aggregate.function() == Derivation.Function.SUM) {
            return facts.types().isNumber(type)
                    ? Optional.empty()
                    : Optional.of(misfit(copy, "a sum is a number", "bigint"));
        }
        return source.filter(
                        original -> facts.types().differ(type, original.type().value()))
                .map(original -> misfit(
                        copy,
                        "`" + original.name() + "` is `" + original.type() + "`",
                        original.type().toString()));
    }

    private static Contradiction misfit(Copy copy, String source, String type) {
        return Contradiction.error(
                copy.at(),
                "`" + copy.name() + "` is `" + copy.attribute().type() + "`, but " + source,
                "give the copy the type of its source: `" + copy.attribute().name() + ": " + type + "`");
    }

    private static Optional<Attribute> source(Derivation derivation, Copy copy, Facts facts) {
        if (derivation instanceof Derivation.Copy path) {
            return facts.attributeAt(copy.entity(), path.path().value());
        }
        if (derivation instanceof Aggregate aggregate) {
            return attribute(aggregate.entity(), aggregate.attribute(), facts);
        }
        return derivation instanceof Derivation.Latest latest
                ? attribute(latest.entity(), latest.attribute(), facts)
                : Optional.empty();
    }

    private static Optional<Attribute> attribute(Located<String> entity, Located<String> name, Facts facts) {
        return facts.model().entity(entity.value()).flatMap(found -> found.attribute(name.value()));
    }
}
