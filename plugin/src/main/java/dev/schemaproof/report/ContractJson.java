package dev.schemaproof.report;

import dev.schemaproof.output.Json;
import dev.schemaproof.prove.MeasuredGain;
import dev.schemaproof.prove.Price;
import dev.schemaproof.prove.ProofResult;
import dev.schemaproof.report.ContractRegister.Entry;
import dev.schemaproof.report.ContractRegister.Measured;
import java.util.LinkedHashMap;
import java.util.Map;

/** The register of contracts as {@code contracts.json}, for other tools. */
public final class ContractJson {

    /** Raised when a key changes its meaning or goes away. */
    private static final int VERSION = 1;

    private ContractJson() {}

    /** The document. */
    public static String of(ContractRegister register) {
        var document = new LinkedHashMap<String, Object>();
        document.put("version", VERSION);
        document.put("model", register.model());
        document.put(
                "contracts",
                register.contracts().stream().map(ContractJson::entry).toList());
        return Json.text(document);
    }

    private static Map<String, Object> entry(Entry entry) {
        var object = new LinkedHashMap<String, Object>();
        object.put("contract", entry.name());
        object.put("copy", entry.copy());
        object.put("from", entry.from());
        object.put("keptBy", entry.kept());
        entry.mode().ifPresent(mode -> object.put("mode", mode));
        entry.every().ifPresent(every -> object.put("every", every));
        entry.call().ifPresent(call -> object.put("call", call));
        entry.clock().ifPresent(clock -> object.put("clock", clock));
        entry.exact().ifPresent(view -> object.put("exact", view));
        entry.code().ifPresent(code -> object.put("code", code));
        object.put("allowed", entry.allowed());
        object.put("effect", entry.effect());
        object.put("repair", entry.repair());
        object.put("pattern", entry.pattern());
        object.put("instead", entry.instead());
        object.put("atLeast", entry.atLeast());
        entry.measured().ifPresent(measured -> object.put("measured", measured(measured)));
        entry.shown().ifPresent(gain -> object.put("shown", shown(gain)));
        object.put("proofs", entry.proofs().stream().map(ContractJson::proof).toList());
        return object;
    }

    private static Map<String, Object> measured(Measured measured) {
        var object = new LinkedHashMap<String, Object>();
        object.put("before", measured.before());
        object.put("after", measured.after());
        object.put("factor", measured.factor());
        measured.rows().ifPresent(rows -> object.put("rows", rows));
        measured.on().ifPresent(on -> object.put("on", on));
        object.put("where", measured.where());
        return object;
    }

    /** Without times and bytes of the log, as they would make another file of the same proof. */
    private static Map<String, Object> shown(MeasuredGain gain) {
        var object = new LinkedHashMap<String, Object>();
        object.put(
                "steps",
                gain.steps().stream()
                        .map(step -> {
                            var part = new LinkedHashMap<String, Object>();
                            part.put("table", step.table());
                            part.put("rows", step.rows());
                            part.put("pagesWithout", rounded(step.before()));
                            part.put("pagesWith", rounded(step.after()));
                            part.put("factor", rounded(step.ratio()));
                            return part;
                        })
                        .toList());
        gain.planned().ifPresent(factor -> object.put("plannedFactor", rounded(factor)));
        object.put("price", price(gain.price()));
        return object;
    }

    private static Map<String, Object> price(Price price) {
        var object = new LinkedHashMap<String, Object>();
        object.put("bytesOfRow", rounded(price.bytes()));
        var writes = new LinkedHashMap<String, Object>();
        for (var write : price.writes()) {
            var part = new LinkedHashMap<String, Object>();
            part.put("pages", rounded(write.pages()));
            writes.put(write.kind().word(), part);
        }
        object.put("writes", writes);
        object.put("sharedWith", price.shared());
        price.run().ifPresent(run -> {
            var part = new LinkedHashMap<String, Object>();
            part.put("of", run.means().word());
            part.put("changedRows", run.changed());
            part.put("pages", rounded(run.pages()));
            object.put("run", part);
        });
        return object;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static Map<String, Object> proof(ProofResult result) {
        var object = new LinkedHashMap<String, Object>();
        object.put("proof", result.name());
        object.put("verdict", ProofText.word(result.verdict()));
        object.put("statement", result.statement());
        return object;
    }
}
