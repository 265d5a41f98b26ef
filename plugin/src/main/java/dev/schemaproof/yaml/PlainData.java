package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** YAML as the maps, lists, texts, numbers and truth values that an editor would take it for. */
final class PlainData {

    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");

    private PlainData() {}

    /** The data of a text of ours, which has to be sound. */
    static Object of(String yaml) {
        var findings = new ArrayList<Finding>();
        var root = TreeReader.read(FileText.of("example", yaml), findings::add);
        if (root.isEmpty() || !findings.isEmpty()) {
            throw new IllegalStateException("no YAML: " + yaml + " " + findings);
        }
        return of(root.get());
    }

    static Object of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            var data = new LinkedHashMap<String, Object>();
            mapping.entries().forEach(entry -> data.put(entry.key().value(), of(entry.value())));
            return data;
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().map(PlainData::of).toList();
        }
        var scalar = (Node.Scalar) node;
        var value = scalar.value();
        if (scalar.style() != Node.Style.PLAIN) {
            return value;
        }
        if (WHOLE.matcher(value).matches()) {
            return Long.valueOf(value);
        }
        return value.equals("true") || value.equals("false") ? (Object) Boolean.valueOf(value) : value;
    }
}
