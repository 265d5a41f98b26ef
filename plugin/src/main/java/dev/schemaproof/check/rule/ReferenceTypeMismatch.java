package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.IndexClasses;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An attribute that refers to one of another type. */
public final class ReferenceTypeMismatch implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity ->
                        entity.references().values().stream().flatMap(reference -> check(entity, reference, facts)));
    }

    private Stream<Finding> check(Entity entity, Reference reference, Facts facts) {
        var target = facts.model().entity(reference.entity().value()).filter(Entity::sound);
        if (target.isEmpty()) {
            return Stream.empty();
        }
        var referred = reference.referredNames(target.get());
        if (referred.size() != reference.attributes().size()) {
            return Stream.empty();
        }
        return IntStream.range(0, reference.attributes().size()).boxed().flatMap(i -> {
            var from = entity.attribute(reference.names().get(i));
            var to = target.get().attribute(referred.get(i));
            if (from.isPresent() && to.isPresent() && isOverEnum(entity, from.get(), to.get(), facts)) {
                return Stream.of(overEnum(entity, from.get(), target.get(), to.get(), facts));
            }
            return from.isEmpty()
                            || to.isEmpty()
                            || !facts.types()
                                    .differ(
                                            from.get().type().value(),
                                            to.get().type().value())
                    ? Stream.empty()
                    : Stream.of(finding(entity, from.get(), target.get(), to.get())
                            .withSeverity(
                                    isTolerated(entity, from.get(), target.get(), to.get(), facts)
                                            ? Severity.WARNING
                                            : Severity.ERROR));
        });
    }

    /** Whether PostgreSQL compares the two all the same, in a foreign key's checks. */
    private static boolean isTolerated(Entity entity, Attribute from, Entity target, Attribute to, Facts facts) {
        var referring = facts.typing().of(entity, from);
        var referred = facts.typing().of(target, to);
        return referring.isEmpty()
                || referred.isEmpty()
                || !(facts.model().storeOf(entity) instanceof RelationalStore store)
                || new IndexClasses(facts.typing().system(store)).areCompared(referred.get(), referring.get());
    }

    /** Whether a domain over an enum is on either side: PostgreSQL compares enums themselves only. */
    private static boolean isOverEnum(Entity entity, Attribute from, Attribute to, Facts facts) {
        return facts.model().storeOf(entity) instanceof RelationalStore
                && facts.types().same(from.type().value(), to.type().value())
                && facts.types().of(from.type().value()) instanceof DataType.Named label
                && !(label.equals(from.type().value()) && label.equals(to.type().value()));
    }

    private Finding overEnum(Entity entity, Attribute from, Entity target, Attribute to, Facts facts) {
        var label = facts.types().of(from.type().value());
        var domain = from.type().value().equals(label) ? to : from;
        return finding(
                        domain.type().at(),
                        entity.name() + "." + from.name(),
                        "`" + from.name() + "` refers to `" + target.name() + "." + to.name() + "`, and `"
                                + domain.type() + "` is a domain over an enum, which no foreign key compares")
                .withHelp("let both be the enum itself: `" + domain.name() + ": " + label + "`")
                .withRelated(to.type().at(), "the type referred to");
    }

    private Finding finding(Entity entity, Attribute from, Entity target, Attribute to) {
        return finding(
                        from.type().at(),
                        entity.name() + "." + from.name(),
                        "`" + from.name() + "` is `" + from.type() + "` and refers to `" + target.name() + "."
                                + to.name() + "`, which is `" + to.type() + "`")
                .withHelp("give both the same type: `" + from.name() + ": " + to.type() + "`")
                .withRelated(to.type().at(), "the type referred to");
    }
}
