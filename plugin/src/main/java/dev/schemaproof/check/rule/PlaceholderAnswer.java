package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Contract;
import java.util.stream.Stream;

/** An answer of a contract that answers nothing. */
public final class PlaceholderAnswer implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().contracts().values().stream()
                .filter(Contract::sound)
                .flatMap(contract ->
                        contract.placeholders().stream().map(placeholder -> finding(contract, placeholder)));
    }

    private Finding finding(Contract contract, Contract.Placeholder placeholder) {
        var text = placeholder.text().value();
        return finding(
                        placeholder.text().at(),
                        contract.name().value(),
                        text.isBlank()
                                ? "`" + placeholder.key() + "` is left empty"
                                : "`" + text.strip() + "` does not answer `" + placeholder.key() + "`")
                .withHelp("say " + question(placeholder.key()) + "; without that answer, do not denormalize");
    }

    private static String question(String key) {
        var dot = key.indexOf('.');
        return switch (dot < 0 ? key : key.substring(0, dot)) {
            case "duplicates" -> "what data is duplicated";
            case "sync" -> "how it is kept in sync";
            case "staleness" -> "what happens if it goes stale";
            default -> "which query it optimizes and what was gained";
        };
    }
}
