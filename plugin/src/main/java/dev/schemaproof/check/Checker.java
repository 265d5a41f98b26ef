package dev.schemaproof.check;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RuleSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs rules over a model and applies what its team has decided about them. */
public final class Checker {

    private final List<Rule> rules;
    private final Set<RuleId> binding;
    private final Set<RuleId> known = new TreeSet<>();

    /**
     * @param rules the rules to run
     * @param binding ids of flaws about which no decision is possible, such as those that are found while reading
     */
    public Checker(List<Rule> rules, Set<RuleId> binding) {
        this.rules = List.copyOf(rules);
        var all = new TreeSet<>(binding);
        all.add(BaselineFlaw.MALFORMED_BASELINE.id());
        this.binding = Set.copyOf(all);
        this.rules.forEach(rule -> known.add(rule.id()));
        Stream.of(SettingFlaw.values()).forEach(flaw -> known.add(flaw.id()));
        Stream.of(BaselineFlaw.values()).forEach(flaw -> known.add(flaw.id()));
    }

    /** All findings that the team has not accepted, each once, at the severity that it has decided, in order. */
    public List<Finding> check(Facts facts) {
        return judge(facts, Baseline.none()).findings();
    }

    /** All findings, apart for those that the team has accepted: in the model with a reason, or in the baseline. */
    public Judgement judge(Facts facts, Baseline baseline) {
        var settings = facts.model().rules();
        var exceptions = new Exceptions(settings.exceptions(), facts.today(), known, binding);
        var findings = new ArrayList<Finding>();
        var accepted = new ArrayList<Accepted>();
        found(facts).forEach(finding -> {
            var exception = binding.contains(finding.rule()) ? Optional.<String>empty() : exceptions.reasonFor(finding);
            exception.ifPresentOrElse(
                    reason -> decided(finding, settings)
                            .forEach(excepted -> accepted.add(new Accepted(excepted, Accepted.By.EXCEPTION, reason))),
                    () -> findings.add(finding));
        });
        exceptions.ownFindings().forEach(findings::add);
        settings.severities()
                .forEach((rule, severity) -> ineffective(rule, severity).ifPresent(findings::add));
        var all = findings.stream()
                .flatMap(finding -> decided(finding, settings))
                .sorted()
                .distinct()
                .toList();
        var applied = baseline.applyTo(all.stream()
                .filter(finding -> !binding.contains(finding.rule()))
                .toList());
        accepted.addAll(applied.accepted());
        return new Judgement(
                Stream.of(
                                all.stream().filter(finding -> binding.contains(finding.rule())),
                                applied.others().stream(),
                                applied.outdated().stream().flatMap(finding -> decided(finding, settings)))
                        .flatMap(Function.identity())
                        .sorted()
                        .toList(),
                accepted.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Accepted::finding))
                        .toList());
    }

    /** What the rules find, in the order of the rules; side by side, as no rule needs to know another. */
    private Stream<Finding> found(Facts facts) {
        facts.conclude();
        return rules.parallelStream().map(rule -> rule.check(facts).toList()).toList().stream()
                .flatMap(List::stream);
    }

    private Stream<Finding> decided(Finding finding, RuleSettings settings) {
        var decision = settings.severities().get(finding.rule().value());
        return decision == null || binding.contains(finding.rule())
                ? Stream.of(finding)
                : decision.value().map(finding::withSeverity).stream();
    }

    private Optional<Finding> ineffective(String rule, Located<Optional<Severity>> severity) {
        if (binding.stream().anyMatch(id -> id.value().equals(rule))) {
            return Optional.of(SettingFlaw.INEFFECTIVE_SEVERITY
                    .at(severity.at(), rule, "`" + rule + "` is an error whatever is decided")
                    .withHelp("remove it: what can't be read or made can't be let pass")
                    .withSeverity(Severity.WARNING));
        }
        if (known.stream().anyMatch(id -> id.value().equals(rule))) {
            return Optional.empty();
        }
        var finding =
                SettingFlaw.INEFFECTIVE_SEVERITY.at(severity.at(), rule, "this version has no rule `" + rule + "`");
        var guess = NearestName.of(rule, known.stream().map(RuleId::value).toList());
        return Optional.of(guess.map(name -> finding.withHelp("did you mean `" + name + "`?"))
                .orElse(finding));
    }
}
