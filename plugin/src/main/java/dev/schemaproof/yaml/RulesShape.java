package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.NormalForm;
import dev.schemaproof.model.RuleSettings.RuleException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a team decides about the rules, as one file says it. */
final class RulesShape extends ObjectShape<RulesShape.Decisions> {

    /**
     * The part of one file; the parts of all files are merged.
     *
     * @param severities by rule id; an empty value means off
     */
    record Decisions(
            Optional<Located<NormalForm>> target,
            Map<String, Located<Optional<Severity>>> severities,
            List<RuleException> exceptions) {}

    private final Key<Located<NormalForm>> target = optional(
            "target",
            Scalars.located(Scalars.oneOf("a normal form", List.of(NormalForm.values()), NormalForm::word)),
            "The normal form to reach",
            byDefault("3nf"),
            like("bcnf"));
    private final Key<Map<String, Located<Optional<Severity>>>> severity = optional(
            "severity",
            Shapes.named("severities", Scalars.located(Scalars.oneOf("a severity", severities(), RulesShape::word))),
            "The severity of rules, by id",
            like("{unused-index: error, idle-entity: off}"));
    private final Key<List<RuleException>> exceptions = optional(
            "exceptions",
            Shapes.list(new ExceptionShape()),
            "Findings that are accepted, each with a reason",
            like(
                    "[{rule: unindexed-reference, at: Post.author, reason: authors are never deleted, until: 2027-06-30}]"));

    RulesShape() {
        super("rules", "`rules`", "{target: bcnf, severity: {unused-index: error}}");
    }

    private static List<Optional<Severity>> severities() {
        var all = new ArrayList<Optional<Severity>>();
        for (var value : Severity.values()) {
            all.add(Optional.of(value));
        }
        all.add(Optional.empty());
        return all;
    }

    private static String word(Optional<Severity> severity) {
        return severity.map(value -> value.name().toLowerCase(Locale.ROOT)).orElse("off");
    }

    @Override
    Optional<Decisions> build(Fields fields, Reading reading) {
        var byRule = new LinkedHashMap<String, Located<Optional<Severity>>>();
        fields.get(severity, Map.of()).forEach((rule, value) -> {
            if (RuleId.isValid(rule)) {
                byRule.put(rule, value);
            } else {
                reading.report(
                        Flaw.MALFORMED_VALUE,
                        value.at(),
                        "`" + rule + "` is no rule id",
                        "rule ids are in kebab-case, as findings show them in brackets");
            }
        });
        return Optional.of(new Decisions(fields.get(target), byRule, fields.get(exceptions, List.of())));
    }

    private static final class ExceptionShape extends ObjectShape<RuleException> {

        private final Key<Located<String>> rule =
                required("rule", Scalars.LOCATED, "The rule's id", like("unindexed-reference"));
        private final Key<Located<String>> at =
                required("at", Scalars.LOCATED, "The element it is about", like("Post.author"));
        private final Key<Located<String>> reason =
                optional("reason", Scalars.REASON, "Why the finding is accepted", like("authors are never deleted"));
        private final Key<Located<LocalDate>> until = optional(
                "until",
                Scalars.located(Scalars.DATE),
                "The last day on which it holds",
                otherwise("without an end"),
                like("2027-06-30"));

        ExceptionShape() {
            super(
                    "exception",
                    "an exception",
                    "{rule: unindexed-reference, at: Post.author, reason: authors are never deleted, until: 2027-06-30}");
        }

        @Override
        Optional<RuleException> build(Fields fields, Reading reading) {
            return fields.get(rule)
                    .flatMap(id -> fields.get(at)
                            .map(subject -> new RuleException(
                                    id, subject, fields.get(reason), fields.get(until), fields.at())));
        }
    }
}
