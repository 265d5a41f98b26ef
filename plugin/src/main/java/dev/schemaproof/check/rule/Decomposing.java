package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.cure.Cure;
import dev.schemaproof.analysis.cure.Cures;
import dev.schemaproof.analysis.cure.Cures.Suspected;
import dev.schemaproof.analysis.redundancy.Hunch;
import dev.schemaproof.check.draft.ContractDraft;
import dev.schemaproof.check.draft.CureText;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.NormalForm;
import dev.schemaproof.output.Json;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The help of findings about normal forms: what the repetition leads to, how the entity is taken apart, and what else can
 * be done. What one determinant determines is taken out together, so that only the first of its findings shows how.
 */
final class Decomposing {

    /** The report with the rest: certificates, and the steps in a database that is running. */
    private static final String REPORT = "target/schema/normal-forms.md";

    /** More lines of what is left to decide would hide the rest. */
    private static final int FEW = 5;

    private final Facts facts;
    private final Cures cures;
    private final IdentityHashMap<Cure, String> shown = new IdentityHashMap<>();
    private @Nullable Map<String, List<Hunch>> hunches;

    Decomposing(Facts facts) {
        this.facts = facts;
        cures = new Cures(facts);
    }

    /** What to do about a declared dependency. */
    String help(DeclaredBreach breach) {
        var entity = breach.entity();
        var dependent = breach.dependent().value();
        return cures.of(entity, breach.determinant(), dependent)
                .map(cure -> cured(cure, entity, dependent, breach.broken()))
                .orElseGet(breach::cure);
    }

    private String cured(Cure cure, Entity entity, String dependent, NormalForm broken) {
        var subject = entity.name() + "." + dependent;
        var leader = shown.putIfAbsent(cure, dependent);
        if (leader != null && !leader.equals(dependent)) {
            return "it goes along with `" + leader + "`, where the help says how; or, if the copy of `" + dependent
                    + "` is wanted, write a contract with `into: " + subject + "`";
        }
        var text = new CureText(cure, facts.model());
        var lines = new ArrayList<String>();
        lines.add(text.anomaly());
        lines.addAll(decomposition(cure, text));
        // No trigger can keep a part of a key equal to what another table says
        if (broken != NormalForm.BOYCE_CODD) {
            cure.pathTo(dependent)
                    .flatMap(path -> entity.attribute(dependent)
                            .map(attribute -> ContractDraft.of(entity, attribute, "{copy: " + path + "}", facts)))
                    .ifPresent(draft -> {
                        lines.add("or, if the copy is wanted: leave `" + dependent
                                + "` there as well, and answer the four questions:");
                        lines.add(draft);
                    });
        }
        lines.add("or, if the dependency doesn't hold, remove it from `dependencies`");
        return String.join("\n", lines);
    }

    private static List<String> decomposition(Cure cure, CureText text) {
        var lines = new ArrayList<String>();
        lines.add((cure.homes().stream().allMatch(home -> home.before().isPresent())
                        ? "move it to what is there for it"
                        : "give it a table of its own")
                + " (" + REPORT + " has the steps for a database that is running):");
        lines.add(text.yaml());
        lines.add(text.removals());
        lines.addAll(text.losses());
        var ends = text.looseEnds();
        lines.addAll(ends.size() > FEW ? ends.subList(0, FEW - 1) : ends);
        if (ends.size() > FEW) {
            lines.add("and " + (ends.size() - FEW + 1) + " more things that " + REPORT + " names");
        }
        return lines;
    }

    /** Why something is suspected, what it would lead to, and how to confirm or refute it. */
    String help(Hunch hunch) {
        var dependency = Json.quoted(
                hunch.determinant().name() + " -> " + hunch.attribute().name());
        var lines = new ArrayList<String>();
        lines.add("suspected because " + hunch.because() + "; confirm it:");
        lines.add("dependencies: [" + dependency + "]");
        lines.add("or refute it:");
        lines.add("independent: [{of: " + dependency + ", reason: ...}]");
        ifTrue(hunch).ifPresent(cure -> {
            var leader = shown.putIfAbsent(cure, hunch.attribute().name().value());
            if (leader == null) {
                var text = new CureText(cure, facts.model());
                lines.add("if it is true, " + text.anomaly());
                lines.addAll(decomposition(cure, text));
            } else {
                lines.add("if it is true, it goes along with `" + leader + "`, where the help says how");
            }
        });
        return String.join("\n", lines);
    }

    private Optional<Cure> ifTrue(Hunch hunch) {
        if (hunches == null) {
            hunches = facts.redundancies().hunches().stream().collect(Collectors.groupingBy(Decomposing::determinant));
        }
        var alike = hunches.getOrDefault(determinant(hunch), List.of()).stream()
                .filter(other -> !Suspicion.isDeclared(other))
                .filter(other -> facts.contractInto(
                                other.entity(), other.attribute().name().value())
                        .isEmpty())
                .map(Decomposing::suspected)
                .toList();
        return cures.ifTrue(suspected(hunch), alike);
    }

    private static String determinant(Hunch hunch) {
        return hunch.entity().name() + "." + hunch.determinant().name();
    }

    private static Suspected suspected(Hunch hunch) {
        return new Suspected(
                hunch.entity(),
                List.of(hunch.determinant().name().value()),
                hunch.attribute().name().value());
    }
}
