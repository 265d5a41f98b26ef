package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyFormat;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part.Variable;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A text that one key holds in lower case and another as it is, and that access patterns look up by both. */
public final class MixedCasing implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    /** A pattern that looks a value up by a key. */
    private record Lookup(AccessPattern pattern, Variable variable) {

        boolean lower() {
            return variable.format() instanceof KeyFormat.Lower;
        }
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> lookups(store).values().stream().flatMap(this::check));
    }

    private static Map<String, List<Lookup>> lookups(StoreFacts store) {
        var lookups = new LinkedHashMap<String, List<Lookup>>();
        for (var resolution : store.resolutions()) {
            if (resolution instanceof Resolution.Served served && served.pattern() instanceof AccessPattern.Read read) {
                var key = served.index()
                        .map(index -> served.item().indexes().get(index))
                        .orElse(served.item().key());
                key.templates().stream()
                        .flatMap(template -> template.variables().stream())
                        .filter(variable -> cased(variable) && compared(read, variable))
                        .forEach(variable -> lookups.computeIfAbsent(
                                        variable.path().owner().name() + "."
                                                + variable.path().attribute().name(),
                                        name -> new ArrayList<>())
                                .add(new Lookup(read, variable)));
            }
        }
        return lookups;
    }

    /** Whether the value may hold letters in both cases. */
    private static boolean cased(Variable variable) {
        var type = variable.path().type();
        return type.kind() == Kind.TEXT
                && (variable.format() instanceof KeyFormat.Plain || variable.format() instanceof KeyFormat.Lower)
                && !new KeyFormat.Lower().injective(type);
    }

    private static boolean compared(AccessPattern.Read read, Variable variable) {
        return read.where().stream()
                .map(condition -> condition.attribute().value())
                .anyMatch(name -> name.equals(variable.path().toString())
                        || name.equals(variable.path().canonical().toString()));
    }

    private Stream<Finding> check(List<Lookup> lookups) {
        return lookups.stream().filter(lookup -> !lookup.lower()).findFirst().stream()
                .flatMap(raw -> lookups.stream().filter(Lookup::lower).findFirst().stream()
                        .map(lower -> finding(raw, lower)));
    }

    private Finding finding(Lookup raw, Lookup lower) {
        var path = raw.variable.path();
        return finding(
                        raw.variable.at(),
                        path.owner().name() + "." + path.attribute().name(),
                        "`" + raw.pattern.name() + "` looks up `" + path + "` as it is written, and `"
                                + lower.pattern.name() + "` in lower case: for `Alice` they give different answers")
                .withHelp(
                        "write `{" + path + ":lower}` in both keys, or keep it in lower case from the start: `check: \""
                                + path.attribute().name() + " ~ '^[a-z0-9@._+-]+$'\"`")
                .withRelated(lower.variable.at(), "in lower case here");
    }
}
