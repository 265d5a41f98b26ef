package dev.schemaproof.report;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.draft.CureText;
import dev.schemaproof.generate.relational.ExpandContract;
import dev.schemaproof.model.Model;
import dev.schemaproof.output.Json;
import dev.schemaproof.report.EntityForm.Judged;
import dev.schemaproof.report.EntityForm.Step;
import dev.schemaproof.report.EntityForm.Treatment;
import dev.schemaproof.report.EntityForm.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The normal forms of a model as {@code normal-forms.json}, for other tools. */
public final class NormalFormJson {

    /** Raised when a key changes its meaning or goes away. */
    private static final int VERSION = 1;

    private final Model model;

    private NormalFormJson(Model model) {
        this.model = model;
    }

    /** The document. Entities of which only keys are known have no dependencies in it. */
    public static String of(NormalFormReport report, Facts facts) {
        var json = new NormalFormJson(facts.model());
        var document = new LinkedHashMap<String, Object>();
        document.put("version", VERSION);
        document.put("model", report.model());
        document.put("target", report.target().word());
        document.put("entities", report.entities().stream().map(json::entity).toList());
        return Json.text(document);
    }

    private Map<String, Object> entity(EntityForm form) {
        var object = new LinkedHashMap<String, Object>();
        object.put("entity", form.entity().name().value());
        object.put("atLeast", form.atLeast().word());
        object.put("atMost", form.atMost().word());
        form.heldApart().ifPresent(higher -> object.put("withoutWhatIsHeld", higher.word()));
        object.put("keys", form.keys());
        if (!form.allKeys()) {
            object.put("allKeys", false);
        }
        if (!form.dependencies().isEmpty()) {
            object.put(
                    "dependencies",
                    form.dependencies().stream().map(this::judged).toList());
        }
        if (!form.treatments().isEmpty()) {
            object.put("cures", form.treatments().stream().map(this::treatment).toList());
        }
        return object;
    }

    private Map<String, Object> judged(Judged judged) {
        var object = new LinkedHashMap<String, Object>();
        object.put("determinant", judged.determinant());
        object.put("dependents", judged.dependents());
        object.put("origin", judged.origin().words());
        object.put("file", judged.origin().at().file());
        object.put("line", judged.origin().at().line());
        object.put("column", judged.origin().at().column());
        if (judged.verdict() instanceof Verdict.Superkey superkey) {
            object.put("verdict", "superkey");
            object.put("derivation", steps(superkey.steps()));
        } else if (judged.verdict() instanceof Verdict.Broken broken) {
            object.put("verdict", "broken");
            object.put("form", broken.form().word());
            object.put("attributes", broken.attributes());
            broken.wanted()
                    .ifPresent(wanted -> object.put("wanted", wanted.name().toLowerCase(Locale.ROOT)));
            object.put("derivation", steps(broken.steps()));
            broken.example().ifPresent(example -> object.put("example", example.script()));
        } else if (judged.verdict() instanceof Verdict.Undecided undecided) {
            object.put("verdict", "undecided");
            object.put("form", undecided.certain().word());
            object.put("open", undecided.open());
        }
        return object;
    }

    private static List<Map<String, Object>> steps(List<Step> steps) {
        return steps.stream()
                .map(step -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    object.put("determinant", step.determinant());
                    object.put("adds", step.adds());
                    object.put("origin", step.origin().words());
                    return object;
                })
                .toList();
    }

    private Map<String, Object> treatment(Treatment treatment) {
        var cure = treatment.cure();
        var words = new CureText(cure, model);
        var object = new LinkedHashMap<String, Object>();
        object.put("determinant", cure.first().determinant());
        object.put("moved", cure.moved());
        if (!treatment.suspected().isEmpty()) {
            object.put("suspected", treatment.suspected());
        }
        object.put("anomaly", words.anomaly());
        object.put("yaml", words.yaml());
        object.put("remove", words.removals());
        object.put("lost", words.losses());
        object.put("leftToDecide", words.looseEnds());
        treatment.steps().ifPresent(way -> object.put("steps", steps(way)));
        return object;
    }

    private static List<Map<String, Object>> steps(ExpandContract way) {
        return way.steps().stream()
                .map(step -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    object.put(
                            "step",
                            step.purpose().name().toLowerCase(Locale.ROOT).replace('_', '-'));
                    object.put("statements", step.statements());
                    return object;
                })
                .toList();
    }
}
