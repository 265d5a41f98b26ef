package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Located;
import java.time.LocalDate;
import java.time.Period;
import java.util.stream.Stream;

/** A measured gain from so long ago that data and database may have changed since. */
public final class StaleMeasurement implements Rule {

    private static final Period TRUSTED = Period.ofYears(1);

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().contracts().values().stream()
                .filter(Contract::sound)
                .flatMap(contract -> contract
                        .gain()
                        .flatMap(Contract.Gain::measured)
                        .flatMap(Contract.Measurement::on)
                        .filter(day -> day.value().plus(TRUSTED).isBefore(facts.today()))
                        .map(day -> finding(contract, day))
                        .stream());
    }

    private Finding finding(Contract contract, Located<LocalDate> day) {
        return finding(
                        day.at(),
                        contract.name().value(),
                        "the gain of `" + contract.name() + "` was measured on " + day.value()
                                + ", more than a year ago")
                .withHelp("measure again with schema:measure, or remove the copy if it no longer pays");
    }
}
