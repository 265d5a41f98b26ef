package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.name.UnknownName;
import dev.schemaproof.analysis.name.UnknownName.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A type that is neither built in nor declared under {@code types}. */
public final class UnknownType extends UnknownNameRule {

    /** What databases call our types. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("integer", "int"),
            Map.entry("int4", "int"),
            Map.entry("int8", "bigint"),
            Map.entry("int2", "smallint"),
            Map.entry("bool", "boolean"),
            Map.entry("varchar", "string(n)"),
            Map.entry("numeric", "decimal(p,s)"),
            Map.entry("number", "decimal(p,s)"),
            Map.entry("real", "float"),
            Map.entry("float8", "double"),
            Map.entry("jsonb", "json"),
            Map.entry("bytea", "bytes"),
            Map.entry("blob", "bytes"),
            Map.entry("datetime", "timestamptz"),
            Map.entry("serial", "{type: int, identity: by-default}"),
            Map.entry("bigserial", "{type: bigint, identity: by-default}"));

    public UnknownType() {
        super(Kind.TYPE);
    }

    @Override
    Optional<String> knownElsewhere(String name) {
        return Optional.ofNullable(ELSEWHERE.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    String remedy(UnknownName unknown) {
        return "declare it under `types:`, or write `{native: \"" + unknown.name()
                + "\"}` for a type that only the database knows";
    }
}
