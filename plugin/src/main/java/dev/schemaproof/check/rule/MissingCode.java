package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Contract;
import java.util.stream.Stream;

/** A copy that the application keeps in a method which its sources don't have. */
public final class MissingCode implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().contracts().values().stream()
                .filter(Contract::sound)
                .flatMap(contract -> contract.sync().stream()
                        .filter(sync -> sync.by()
                                .filter(by -> by.value() == Contract.Mechanism.APPLICATION)
                                .isPresent())
                        .flatMap(sync -> sync.code().stream())
                        .filter(code -> !facts.isInSources(code.value()))
                        .map(code -> finding(
                                        code.at(),
                                        contract.name().value(),
                                        "the sources have no `" + code + "` that could keep the copy")
                                .withHelp(
                                        "name the class and the method that write it: `com.acme.FollowService#follow`;"
                                                + " `schema:verify` fails if it is not compiled by then")));
    }
}
