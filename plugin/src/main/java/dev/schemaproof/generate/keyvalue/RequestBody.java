package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.keyvalue.Request;
import dev.schemaproof.analysis.keyvalue.RequestValue;
import dev.schemaproof.analysis.keyvalue.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests as bodies of calls to DynamoDB, with parameters in place. */
final class RequestBody {

    private final Map<String, Object> body = new LinkedHashMap<>();
    private final Expressions expressions = new Expressions();

    RequestBody(Request request) {
        write(request);
    }

    /** The body of the call. */
    Map<String, Object> body() {
        return body;
    }

    /** The comparisons of two values under which the answer is empty and DynamoDB refuses the request. */
    List<String> emptyIf() {
        return expressions.emptyIf();
    }

    private void write(Request request) {
        body.put("TableName", request.table());
        if (request instanceof Request.GetItem get) {
            body.put("Key", values(get.key()));
            projection(get.projection());
        } else if (request instanceof Request.Query query) {
            query.index().ifPresent(index -> body.put("IndexName", index));
            conditions("KeyConditionExpression", query.keyConditions());
            conditions("FilterExpression", query.filter());
            projection(query.projection());
            count(query.count());
        } else if (request instanceof Request.Scan scan) {
            conditions("FilterExpression", scan.filter());
            projection(scan.projection());
            count(scan.count());
        } else if (request instanceof Request.PutItem put) {
            body.put("Item", values(put.item()));
            put.onlyNew()
                    .ifPresent(key -> conditions(
                            "ConditionExpression", List.of(new Term(key, Term.Comparison.NOT_EXISTS, List.of()))));
        } else if (request instanceof Request.UpdateItem update) {
            body.put("Key", values(update.key()));
            body.put(
                    "UpdateExpression",
                    update.assignments().stream()
                            .map(expressions::assignment)
                            .collect(Collectors.joining(", ", "SET ", "")));
            conditions("ConditionExpression", update.conditions());
        } else if (request instanceof Request.DeleteItem delete) {
            body.put("Key", values(delete.key()));
            conditions("ConditionExpression", delete.conditions());
        }
        expressions.addTo(body);
        if (request instanceof Request.Query query) {
            query.forward().ifPresent(forward -> body.put("ScanIndexForward", forward));
            query.limit().ifPresent(limit -> body.put("Limit", limit));
        }
    }

    private void count(boolean count) {
        if (count) {
            body.put("Select", "COUNT");
        }
    }

    private void projection(List<String> names) {
        if (!names.isEmpty()) {
            body.put(
                    "ProjectionExpression",
                    names.stream().distinct().map(expressions::name).collect(Collectors.joining(", ")));
        }
    }

    private void conditions(String key, List<Term> terms) {
        if (!terms.isEmpty()) {
            body.put(key, terms.stream().map(expressions::term).collect(Collectors.joining(" AND ")));
        }
    }

    private static Map<String, Object> values(Map<String, RequestValue> values) {
        var object = new LinkedHashMap<String, Object>();
        values.forEach((name, value) -> object.put(name, Expressions.value(value)));
        return object;
    }
}
