package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Request;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.Resolution.Share;
import dev.schemaproof.analysis.keyvalue.Term;
import dev.schemaproof.model.AccessPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code access-patterns.json} says. */
final class AccessPatterns {

    private AccessPatterns() {}

    static Map<String, Object> of(String model, StoreFacts store) {
        var file = new LinkedHashMap<String, Object>();
        file.put("schema", model);
        file.put("store", store.store().name().value());
        file.put(
                "patterns",
                store.resolutions().stream().map(AccessPatterns::pattern).toList());
        return file;
    }

    private static Map<String, Object> pattern(Resolution resolution) {
        var entry = new LinkedHashMap<String, Object>();
        var header = resolution.pattern().header();
        entry.put("name", header.name().value());
        header.description().ifPresent(description -> entry.put("description", description.strip()));
        if (resolution instanceof Resolution.Served served) {
            served(served, entry);
        } else if (resolution instanceof Resolution.Refused refused) {
            entry.put("refused", refused.summary());
        } else {
            entry.put("refused", "what it stands on has findings of its own");
        }
        return entry;
    }

    private static void served(Resolution.Served served, Map<String, Object> entry) {
        entry.put("operation", served.request().operation());
        var table = "table " + served.request().table();
        entry.put(
                "servedBy",
                served.index().map(index -> "index " + index + " of " + table).orElse(table));
        entry.put(
                "parameters",
                served.parameters().stream().map(AccessPatterns::parameter).toList());
        var request = new RequestBody(served.request());
        if (served.pattern() instanceof AccessPattern.Read read && read.consistent()) {
            request.body().put("ConsistentRead", true);
        }
        entry.put("request", request.body());
        if (served.request() instanceof Request.Query query && query.shards() > 1) {
            entry.put("shards", shards(served, query));
        }
        if (!request.emptyIf().isEmpty()) {
            entry.put("emptyIf", request.emptyIf());
        }
        if (!served.residual().isEmpty()) {
            entry.put(
                    served.pattern() instanceof AccessPattern.Write ? "conditions" : "residualFilter",
                    served.residual().stream().map(ConditionText::of).toList());
        }
        if (!served.omissions().isEmpty()) {
            entry.put("leaveOut", omissions(served.omissions()));
        }
        served.limit().ifPresent(limit -> entry.put("limit", limit));
        if (!served.shares().isEmpty()) {
            entry.put(
                    "items", served.shares().stream().map(AccessPatterns::share).toList());
        }
    }

    /** How many queries there are to make, and what becomes of their answers. */
    private static Map<String, Object> shards(Resolution.Served served, Request.Query query) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("placeholder", Expressions.shard(query.shards()));
        entry.put("from", 0);
        entry.put("to", query.shards() - 1);
        var sort = served.sortKey().filter(key -> query.forward().isPresent());
        entry.put("answers", query.count() ? "add" : sort.isPresent() ? "merge" : "append");
        sort.ifPresent(key -> {
            entry.put("by", key.name());
            entry.put("ascending", query.forward().orElseThrow());
        });
        return entry;
    }

    /** What of the answer is of one entity, and to what it belongs. */
    private static Map<String, Object> share(Share share) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("entity", share.item().name());
        entry.put("attribute", share.mark().attribute());
        entry.put(
                share.mark().comparison() == Term.Comparison.EQUAL ? "equals" : "beginsWith",
                Expressions.value(share.mark().values().get(0)));
        share.include().ifPresent(include -> entry.put("by", include.by().value()));
        if (!share.join().isEmpty()) {
            entry.put("join", share.join());
        }
        return entry;
    }

    private static Map<String, Object> parameter(Resolution.Parameter parameter) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", parameter.name());
        entry.put("attribute", parameter.path());
        entry.put("type", parameter.type());
        return entry;
    }

    private static List<Map<String, Object>> omissions(List<Resolution.Omission> omissions) {
        var entries = new ArrayList<Map<String, Object>>();
        for (var omission : omissions) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("without", omission.parameter());
            entry.put("attributes", omission.attributes());
            entries.add(entry);
        }
        return entries;
    }
}
