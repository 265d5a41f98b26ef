package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;

/** A request in one line. */
final class RequestLine {

    private RequestLine() {}

    static String of(Served served) {
        var body = new RequestBody(served.request()).body();
        var line = new StringBuilder(served.request().operation());
        served.index().ifPresent(index -> line.append(' ').append(index));
        for (var key : new String[] {"Key", "Item"}) {
            map(body.get(key))
                    .forEach((name, value) ->
                            line.append(' ').append(name).append('=').append(only(value)));
        }
        append(line, " ", body, "KeyConditionExpression");
        append(line, served.request().operation().equals("Scan") ? " " : " ? ", body, "FilterExpression");
        append(line, " ", body, "UpdateExpression");
        append(line, " if ", body, "ConditionExpression");
        append(line, " -> ", body, "ProjectionExpression");
        line.append(body.containsKey("Limit") ? " limit " + body.get("Limit") : "");
        line.append(body.containsKey("Select") ? " count" : "");
        line.append(
                body.containsKey("ScanIndexForward")
                        ? body.get("ScanIndexForward").equals(true) ? " forward" : " backward"
                        : "");
        return line.toString();
    }

    private static void append(StringBuilder line, String before, Map<String, Object> body, String key) {
        if (body.containsKey(key)) {
            var text = body.get(key).toString();
            for (var value : map(body.get("ExpressionAttributeValues")).entrySet()) {
                text = text.replaceAll(value.getKey() + "\\b", Matcher.quoteReplacement(only(value.getValue())));
            }
            for (var name : map(body.get("ExpressionAttributeNames")).entrySet()) {
                text = text.replaceAll(name.getKey() + "\\b", String.valueOf(name.getValue()));
            }
            line.append(before).append(text);
        }
    }

    private static Map<String, Object> map(Object value) {
        var map = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, part) -> map.put(String.valueOf(key), part));
        }
        return map;
    }

    private static String only(Object value) {
        return String.valueOf(((Map<?, ?>) value).values().iterator().next());
    }
}
