package dev.schemaproof.generate.keyvalue;

import static dev.schemaproof.generate.keyvalue.DesignCharts.code;
import static dev.schemaproof.generate.keyvalue.DesignCharts.text;

import dev.schemaproof.analysis.keyvalue.Request;
import dev.schemaproof.analysis.keyvalue.RequestValue;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.Term;
import dev.schemaproof.generate.keyvalue.DesignDocument.PatternRow;
import dev.schemaproof.model.AccessPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the row of a pattern in the chart of access patterns. */
final class PatternChart {

    private PatternChart() {}

    static PatternRow row(Resolution resolution) {
        var name = text(resolution.pattern().name().value());
        if (resolution instanceof Served served) {
            return new PatternRow(
                    name,
                    served.request().operation(),
                    served.index().map(index -> "index " + text(index)).orElse("table") + " of "
                            + text(served.request().table()),
                    key(served.request()),
                    served.residual().stream()
                            .map(condition -> code(ConditionText.of(condition)))
                            .collect(Collectors.joining(" and ")),
                    sorted(served.request()),
                    String.join("; ", notes(served)));
        }
        var reason = resolution instanceof Resolution.Refused refused
                ? text(refused.summary())
                : "what it stands on has findings of its own";
        return new PatternRow(name, "none", "", "", "", "", reason);
    }

    private static String key(Request request) {
        if (request instanceof Request.Query query) {
            return terms(query.keyConditions());
        }
        if (request instanceof Request.GetItem get) {
            return key(get.key());
        }
        if (request instanceof Request.UpdateItem update) {
            return key(update.key());
        }
        return request instanceof Request.DeleteItem delete ? key(delete.key()) : "";
    }

    private static String key(Map<String, RequestValue> key) {
        return key.entrySet().stream()
                .map(part -> code(part.getKey() + " = " + value(part.getValue())))
                .collect(Collectors.joining(" and "));
    }

    private static String terms(List<Term> terms) {
        return terms.stream().map(term -> code(term(term))).collect(Collectors.joining(" and "));
    }

    private static String term(Term term) {
        var values = term.values().stream().map(PatternChart::value).toList();
        return switch (term.comparison()) {
            case BEGINS_WITH -> term.attribute() + " begins with " + values.get(0);
            case BETWEEN -> term.attribute() + " between " + values.get(0) + " and " + values.get(1);
            case LESS -> term.attribute() + " < " + values.get(0);
            case LESS_OR_EQUAL -> term.attribute() + " <= " + values.get(0);
            case GREATER -> term.attribute() + " > " + values.get(0);
            case GREATER_OR_EQUAL -> term.attribute() + " >= " + values.get(0);
            // A key is compared in no other way
            default -> term.attribute() + " = " + values.get(0);
        };
    }

    /** In the notation of requests. */
    private static String value(RequestValue value) {
        return String.valueOf(Expressions.value(value).get(value.type().name()));
    }

    private static String sorted(Request request) {
        return request instanceof Request.Query query
                ? query.forward()
                        .map(forward -> forward ? "ascending" : "descending")
                        .orElse("")
                : "";
    }

    private static List<String> notes(Served served) {
        var notes = new ArrayList<String>();
        var header = served.pattern().header();
        header.description().ifPresent(description -> notes.add(text(description)));
        header.rate().ifPresent(rate -> notes.add(text(rate.text())));
        var request = served.request();
        if (request instanceof Request.Query query) {
            query.limit().ifPresent(limit -> notes.add("limit " + limit));
            count(query.count(), notes);
            if (query.shards() > 1) {
                notes.add(shards(served, query));
            }
        } else if (request instanceof Request.Scan scan) {
            count(scan.count(), notes);
        } else if (request instanceof Request.PutItem put) {
            notes.add(put.onlyNew().isPresent() ? "only if it is new" : "replaces the item");
        } else if (request instanceof Request.UpdateItem update) {
            notes.add("sets "
                    + update.assignments().stream()
                            .map(assignment -> code(assignment.attribute()))
                            .collect(Collectors.joining(", ")));
        }
        if (served.pattern() instanceof AccessPattern.Read read && read.consistent()) {
            notes.add("consistent");
        }
        served.limit()
                .ifPresent(limit -> notes.add(
                        "limit " + limit + (served.residual().isEmpty() ? " of all shards" : " after the filter")));
        served.shares()
                .forEach(share -> notes.add(text(share.item().name())
                        + share.include()
                                .map(include -> " by " + text(include.by().value()))
                                .orElse("")
                        + ": " + code(term(share.mark()))));
        header.scan().ifPresent(reason -> notes.add("a scan is accepted: " + text(reason.value())));
        return notes;
    }

    private static String shards(Served served, Request.Query query) {
        var queries = query.shards() + " queries, one a shard, ";
        if (query.count()) {
            return queries + "numbers added";
        }
        return queries
                + served.sortKey()
                        .filter(key -> query.forward().isPresent())
                        .map(key -> "merged by " + code(key.name()))
                        .orElse("one answer behind the other");
    }

    private static void count(boolean count, List<String> notes) {
        if (count) {
            notes.add("counts");
        }
    }
}
