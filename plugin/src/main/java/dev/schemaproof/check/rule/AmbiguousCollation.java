package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.Derived;
import dev.schemaproof.analysis.type.TypedText;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.Optional;
import java.util.stream.Stream;

/** Texts of two collations in one expression, where the database has to know by which of them it compares. */
public final class AmbiguousCollation implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var mismatches = facts.typing().texts().stream()
                .flatMap(text -> conflict(text)
                        .filter(Derived.Conflict::explicit)
                        .map(conflict -> finding(text, conflict)
                                .withHelp("write the same `collate` at both places, or remove one"))
                        .stream());
        var keys = facts.model().entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity -> IndexedPart.of(entity, facts))
                .flatMap(indexed -> key(indexed, facts).stream());
        return Stream.concat(mismatches, keys);
    }

    /** Only what is sorted needs a collation before there are rows. */
    private Optional<Finding> key(IndexedPart indexed, Facts facts) {
        return indexed.part()
                .filter(part -> part.expression() && part.collation().isEmpty())
                .flatMap(part -> facts.typing().text(part.text()))
                .flatMap(text -> conflict(text)
                        .filter(conflict -> !conflict.explicit())
                        .map(conflict -> finding(text, conflict)
                                .withHelp("say which: `(" + indexed.name() + ") collate \""
                                        + conflict.one().name() + "\"`")));
    }

    private static Optional<Derived.Conflict> conflict(TypedText text) {
        return text.collation() instanceof Derived.Conflict conflict ? Optional.of(conflict) : Optional.empty();
    }

    private Finding finding(TypedText text, Derived.Conflict conflict) {
        var one = conflict.one();
        var other = conflict.other();
        return finding(
                text.locate(other.span()),
                text.reading().subject(),
                "`" + text.text(one.span()) + "` has the collation `" + one.name() + "`, `" + text.text(other.span())
                        + "` has `" + other.name() + "`, and " + text.role().words() + " has one");
    }
}
