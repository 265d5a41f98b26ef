package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.NativeTypes;
import dev.schemaproof.analysis.type.NativeTypes.Use;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A type in the database's own words that is no type there. */
public final class UnknownNativeType implements Rule {

    /** Words that make a column rather than name a type. */
    private static final Map<String, String> NUMBERED = Map.of(
            "serial",
            "int",
            "serial4",
            "int",
            "bigserial",
            "bigint",
            "serial8",
            "bigint",
            "smallserial",
            "smallint",
            "serial2",
            "smallint");

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return NativeTypes.in(facts.model()).stream().flatMap(use -> judge(use, facts).stream());
    }

    private Optional<Finding> judge(Use use, Facts facts) {
        if (!use.isOneType()) {
            return Optional.of(
                    finding(use.at(), use.subject(), "`" + use.text() + "` can't be read as one type")
                            .withHelp(
                                    "write a type's name, what it has in brackets, and `[]` for an array: `geometry(Point,4326)`"));
        }
        var name = use.name();
        var numbered = NUMBERED.get(name);
        if (numbered != null) {
            return Optional.of(
                    finding(use.at(), use.subject(), "`" + use.text() + "` is no type, but a column with a sequence")
                            .withHelp("write `{type: " + numbered + ", identity: by-default}`"));
        }
        var types = facts.typing().system(use.store());
        if (name.indexOf('.') >= 0
                || types.isOpen()
                || types.catalog().type(name).isPresent()
                || NativeTypes.extensionOf(name).isPresent()
                || facts.model().types().containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of(finding(use.at(), use.subject(), "there is no type `" + name + "`")
                .withHelp(NearestName.of(name, CatalogFacts.all().typeNames())
                        .map(nearest -> "did you mean `" + nearest + "`?")
                        .orElse("if an extension brings it, name the extension in the store's `extensions`")));
    }
}
