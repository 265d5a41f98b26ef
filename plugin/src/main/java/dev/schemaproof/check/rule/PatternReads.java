package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.rule.Contradictions.Contradiction;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Gain;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the pattern that a contract says it serves reads the copy at all. */
final class PatternReads {

    private PatternReads() {}

    static Optional<Contradiction> contradiction(
            Contract contract, Entity entity, Optional<Attribute> copy, Facts facts) {
        var into = contract.duplicates().flatMap(Contract.Duplicates::into);
        if (into.flatMap(Contract.Target::attribute).isPresent() && copy.isEmpty()) {
            return Optional.empty();
        }
        return contract.gain()
                .flatMap(Gain::pattern)
                .flatMap(name -> facts.model()
                        .pattern(name.value())
                        .filter(pattern -> pattern.header().sound())
                        .filter(pattern -> !reads(pattern, entity, copy, facts))
                        .map(pattern -> Contradiction.error(
                                name.at(),
                                "pattern `" + name + "` does not read `"
                                        + into.map(Contract.Target::toString).orElseThrow() + "`",
                                "name the pattern that gains from the copy, or let this one read it")));
    }

    private static boolean reads(AccessPattern pattern, Entity entity, Optional<Attribute> copy, Facts facts) {
        if (pattern instanceof AccessPattern.Read read) {
            return reads(read, entity, copy, facts)
                    || read.include().stream().anyMatch(include -> reads(include, entity, copy));
        }
        if (pattern instanceof AccessPattern.Sql sql) {
            var names = facts.namesIn(sql);
            return copy.map(attribute -> names.mayRead(entity, attribute))
                    .orElseGet(() -> !names.certain()
                            || names.entities().contains(entity.name().value()));
        }
        return false;
    }

    private static boolean reads(AccessPattern.Include include, Entity entity, Optional<Attribute> copy) {
        return include.entity().value().equals(entity.name().value())
                && (include.select().isEmpty()
                        || copy.map(attribute -> include.select().stream()
                                        .anyMatch(name -> name.value()
                                                .equals(attribute.name().value())))
                                .orElse(true));
    }

    private static boolean reads(AccessPattern.Read read, Entity entity, Optional<Attribute> copy, Facts facts) {
        var start = facts.model().entity(read.entity().value());
        if (start.isEmpty()) {
            return true;
        }
        var ofItself = read.entity().value().equals(entity.name().value());
        var wholeRows = read.select().isEmpty() && read.find() != AccessPattern.Find.COUNT;
        if (copy.isEmpty() || (ofItself && wholeRows)) {
            return ofItself;
        }
        return Stream.of(
                        read.select().stream(),
                        read.where().stream().map(Condition::attribute),
                        read.orderBy().stream().map(AccessPattern.Order::attribute))
                .flatMap(paths -> paths)
                .map(Located::value)
                .anyMatch(path -> facts.attributeAt(start.get(), path)
                        .filter(attribute -> attribute.equals(copy.get()))
                        .isPresent());
    }
}
