package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Collision;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.Locale;
import java.util.stream.Stream;

/** A key of a DynamoDB table that two rows can have, of one entity or of two, so that one of them is lost. */
public final class KeyCollision implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.collisions().stream())
                .map(collision -> collision instanceof Collision.Within within
                        ? within(within)
                        : between((Collision.Between) collision));
    }

    private Finding within(Collision.Within collision) {
        var text = new CollisionText(collision);
        return finding(text.at(), collision.item().name(), text.summary()).withHelp(text.help());
    }

    /** What may be apart after all is a warning at most. */
    private Finding between(Collision.Between collision) {
        var first = collision.first();
        var second = collision.second();
        var both = "`" + first.name() + "` and `" + second.name() + "`";
        var templates = second.key().templates();
        var at = templates.get(templates.size() - 1).source().at();
        var summary = collision
                .example()
                .map(key -> "items of " + both + " can have the same key, " + CollisionText.key(key) + ": one is lost")
                .orElseGet(() -> "items of " + both + " may have the same key: only a value that both parts of the key"
                        + " repeat could keep them apart");
        var severity = collision.example().isPresent() ? severity() : Severity.WARNING;
        var theirs = first.key().templates();
        return Finding.of(id(), severity, at, second.name(), summary)
                .withHelp(
                        "let each begin with a word of its own, such as `"
                                + second.name().toUpperCase(Locale.ROOT)
                                + "#`; where a text stands before a delimiter, say that it doesn't contain it: `check: \"name !~ '#'\"`")
                .withRelated(theirs.get(theirs.size() - 1).source().at(), "the key of `" + first.name() + "`");
    }
}
