package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index.Part;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A collation that no PostgreSQL is known to have. Those of a locale depend on the machine. */
public final class UnknownCollation implements Rule {

    private static final List<String> EVERYWHERE =
            List.of("C", "POSIX", "default", "ucs_basic", "unicode", "pg_c_utf8", "pg_unicode_fast");

    /** {@code de_DE}, {@code de_DE.utf8}, {@code C.utf8}, {@code en-US-x-icu}; also behind a SQL schema. */
    private static final Pattern LOCALE = Pattern.compile(
            "(?:[a-z_]+\\.)?(?:[a-z]{2,3}(?:_[A-Za-z0-9]++)*+(?:[.@][\\w.@-]+)?|C\\.[\\w-]+|[a-z]{2,3}(?:-\\w+){0,20}-x-icu|und-x-icu)");

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var model = facts.model();
        var domains = model.types().values().stream()
                .filter(TypeDefinition.Domain.class::isInstance)
                .map(TypeDefinition.Domain.class::cast)
                .flatMap(domain -> domain.collation().stream()
                        .flatMap(name -> judge(name, domain.name().value())));
        var entities = model.entities().values().stream()
                .filter(entity -> entity.sound() && model.storeOf(entity) instanceof RelationalStore)
                .flatMap(entity -> collations(entity, facts));
        return Stream.concat(domains, entities);
    }

    private Stream<Finding> collations(Entity entity, Facts facts) {
        var attributes = entity.attributes().values().stream()
                .flatMap(attribute -> attribute.collation().stream()
                        .flatMap(name -> judge(name, entity.name() + "." + attribute.name())));
        var parts = IndexedPart.of(entity, facts)
                .flatMap(indexed -> indexed.part().flatMap(Part::collation).stream()
                        .flatMap(name -> judge(name, entity.name().value())));
        return Stream.concat(attributes, parts);
    }

    private Stream<Finding> judge(Located<String> name, String subject) {
        var plain =
                name.value().startsWith("pg_catalog.") ? name.value().substring("pg_catalog.".length()) : name.value();
        if (EVERYWHERE.contains(plain) || LOCALE.matcher(name.value()).matches()) {
            return Stream.empty();
        }
        return Stream.of(finding(name.at(), subject, "no collation `" + name + "` is known")
                .withHelp(NearestName.of(plain, EVERYWHERE)
                        .map(nearest -> "did you mean `" + nearest + "`?")
                        .orElse("write `C`, or a locale such as `en-US-x-icu`")));
    }
}
