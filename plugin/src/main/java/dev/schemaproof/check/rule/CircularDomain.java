package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.model.TypeDefinition.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A domain that stands on itself. */
public final class CircularDomain implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().types().values().stream()
                .flatMap(
                        type -> type instanceof Domain domain ? check(domain, facts.model()).stream() : Stream.empty());
    }

    private Optional<Finding> check(Domain domain, Model model) {
        List<String> way = new ArrayList<>();
        var next = base(domain, model);
        while (next.isPresent() && !way.contains(next.get().name().value())) {
            way.add(next.get().name().value());
            if (next.get().equals(domain)) {
                way.remove(way.size() - 1);
                return Optional.of(finding(
                                domain.base().at(),
                                domain.name().value(),
                                "domain `" + domain.name() + "` stands on itself"
                                        + (way.isEmpty() ? "" : ", by way of " + Words.listed(way)))
                        .withHelp("let `" + domain.name() + "` stand on a type of the database: `domain: text`"));
            }
            next = base(next.get(), model);
        }
        return Optional.empty();
    }

    private static Optional<Domain> base(Domain domain, Model model) {
        var base = domain.base().value();
        while (base instanceof DataType.Array array) {
            base = array.element();
        }
        return base instanceof DataType.Named named
                ? Optional.<TypeDefinition>ofNullable(model.types().get(named.name()))
                        .filter(Domain.class::isInstance)
                        .map(Domain.class::cast)
                : Optional.empty();
    }
}
