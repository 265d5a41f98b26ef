package dev.schemaproof.report;

import dev.schemaproof.output.Json;
import dev.schemaproof.prove.Execution;
import dev.schemaproof.prove.Growth;
import dev.schemaproof.prove.PatternPlan;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Proofs as {@code proof.json}, for other tools. */
public final class ProofJson {

    /** Raised when a key changes its meaning or goes away. */
    private static final int VERSION = 1;

    private ProofJson() {}

    /** The document, one part for each store. */
    public static String of(Collection<ProofReport> reports) {
        var document = new LinkedHashMap<String, Object>();
        document.put("version", VERSION);
        document.put("stores", reports.stream().map(ProofJson::report).toList());
        return Json.text(document);
    }

    private static Map<String, Object> report(ProofReport report) {
        var object = new LinkedHashMap<String, Object>();
        object.put("store", report.store());
        object.put("engine", report.engine());
        object.put("proofs", report.results().stream().map(ProofJson::result).toList());
        object.put("plans", report.plans().stream().map(ProofJson::plan).toList());
        return object;
    }

    private static Map<String, Object> plan(PatternPlan plan) {
        var object = new LinkedHashMap<String, Object>();
        object.put("pattern", plan.pattern());
        object.put("plan", plan.line());
        object.put("cost", plan.cost());
        object.put("rows", plan.rows());
        plan.growth().ifPresent(growth -> {
            var grown = new LinkedHashMap<String, Object>();
            grown.put("from", growth.from());
            grown.put("times", Growth.TIMES);
            grown.put("cost", growth.cost());
            grown.put("rows", growth.rows());
            grown.put("sorted", growth.sorted());
            object.put("growth", grown);
        });
        plan.execution().ifPresent(execution -> object.put("execution", execution(execution)));
        return object;
    }

    private static Map<String, Object> execution(Execution execution) {
        var object = new LinkedHashMap<String, Object>();
        execution.figures().ifPresent(figures -> {
            object.put("buffers", figures.buffers());
            object.put("custom", figures.custom());
            object.put("rows", figures.rows());
            object.put("values", figures.values());
            object.put("plan", figures.line());
        });
        execution.why().ifPresent(why -> object.put("not", why));
        return object;
    }

    private static Map<String, Object> result(ProofResult result) {
        var object = new LinkedHashMap<String, Object>();
        object.put("proof", result.name());
        object.put("subject", result.subject());
        object.put("verdict", ProofText.word(result.verdict()));
        object.put("statement", result.statement());
        object.put("details", result.details());
        result.at().ifPresent(at -> {
            object.put("file", at.file());
            object.put("line", at.line());
            object.put("column", at.column());
        });
        var figures = new LinkedHashMap<String, Object>();
        // Figures that differ from run to run would make another file of the same proof
        result.figures().stream()
                .filter(figure -> !figure.varies())
                .forEach(figure -> figures.put(figure.name(), figure.value()));
        object.put("figures", figures);
        return object;
    }
}
