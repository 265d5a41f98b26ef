package dev.schemaproof.check;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RuleSettings.RuleException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Drops the findings that a team accepts, and judges the acceptances themselves. */
final class Exceptions {

    /** What an exception and a finding have to agree on. */
    private record Place(String rule, String subject) {}

    private final List<Finding> ownFindings = new ArrayList<>();
    private final Map<Place, RuleException> inForce = new HashMap<>();
    private final Set<RuleException> matched = new HashSet<>();
    private final Map<String, Set<String>> subjects = new HashMap<>();
    private final Set<RuleId> known;
    private final Set<RuleId> binding;

    Exceptions(List<RuleException> exceptions, LocalDate today, Set<RuleId> known, Set<RuleId> binding) {
        this.known = known;
        this.binding = binding;
        for (var exception : exceptions) {
            var until = exception.until();
            if (exception.reason().filter(reason -> !reason.value().isBlank()).isEmpty()) {
                ownFindings.add(SettingFlaw.UNREASONED_EXCEPTION
                        .at(
                                exception.at(),
                                exception.subject().value(),
                                "this exception for `" + exception.subject() + "` doesn't say why it is one")
                        .withHelp("add `reason:`; until then it accepts nothing"));
            } else if (until.isPresent() && today.isAfter(until.get().value())) {
                ownFindings.add(SettingFlaw.EXPIRED_EXCEPTION
                        .at(
                                until.get().at(),
                                exception.subject().value(),
                                "the exception for `" + exception.subject() + "` ended on "
                                        + until.get().value())
                        .withHelp("mend what it accepted and remove it, or decide again and give it a later date"));
            } else {
                var place =
                        new Place(exception.rule().value(), exception.subject().value());
                // A second exception for the same accepts nothing that the first doesn't
                var earlier = inForce.putIfAbsent(place, exception);
                if (earlier != null) {
                    ownFindings.add(unmatched(exception, "an earlier exception accepts the same")
                            .withRelated(earlier.at(), "accepted here"));
                }
            }
        }
    }

    /** Why an exception accepts the finding; empty when none does. */
    Optional<String> reasonFor(Finding finding) {
        var place = new Place(finding.rule().value(), finding.subject());
        subjects.computeIfAbsent(place.rule(), rule -> new LinkedHashSet<>()).add(place.subject());
        var exception = inForce.get(place);
        if (exception != null) {
            matched.add(exception);
        }
        return Optional.ofNullable(exception).flatMap(RuleException::reason).map(Located::value);
    }

    /** What is wrong with the exceptions, once all findings have passed. */
    Stream<Finding> ownFindings() {
        return Stream.concat(
                ownFindings.stream(),
                inForce.values().stream()
                        .filter(exception -> !matched.contains(exception))
                        .map(this::unmatched));
    }

    private Finding unmatched(RuleException exception) {
        var rule = exception.rule().value();
        if (binding.stream().anyMatch(id -> id.value().equals(rule))) {
            return unmatched(
                    exception, "`" + rule + "` can't be accepted: what can't be read or made can't be let pass");
        }
        if (known.stream().noneMatch(id -> id.value().equals(rule))) {
            var names = known.stream().map(RuleId::value).toList();
            return withGuess(
                    unmatched(exception, "this version has no rule `" + rule + "`"),
                    exception.rule(),
                    NearestName.of(rule, names));
        }
        var subject = exception.subject().value();
        return withGuess(
                unmatched(exception, "`" + rule + "` finds nothing at `" + subject + "`"),
                exception.subject(),
                NearestName.of(subject, subjects.getOrDefault(rule, Set.of())));
    }

    private static Finding unmatched(RuleException exception, String summary) {
        return SettingFlaw.UNMATCHED_EXCEPTION
                .at(exception.at(), exception.subject().value(), summary)
                .withHelp("remove the exception");
    }

    private static Finding withGuess(Finding finding, Located<String> written, Optional<String> guess) {
        return guess.map(name -> finding.withHelp("did you mean `" + name + "`? else remove the exception")
                        .withFix(Fix.replace(written.at(), written.value(), name)))
                .orElse(finding);
    }
}
