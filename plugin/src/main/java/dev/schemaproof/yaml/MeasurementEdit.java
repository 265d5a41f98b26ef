package dev.schemaproof.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Writes a measurement into a contract in the text of a file, in the layout that the file has there: every byte outside of what was
 * measured stays as it is.
 */
public final class MeasurementEdit {

    private static final String MEASURED = "measured";

    private final Layout layout;
    private final Map<String, String> figures;

    private MeasurementEdit(Layout layout, Map<String, String> figures) {
        this.layout = layout;
        this.figures = figures;
    }

    /**
     * Gives the contract's {@code measured} these figures, or the contract that key.
     *
     * @param content the file, in UTF-8
     * @param contract the contract's key
     * @param figures by key, each as the scalar that stands behind it: {@code before} to {@code 12.4 ms}
     * @return the file with them; empty where it can't be read, or where the contract is written in a way that leaves no sure place,
     *     such as an alias
     */
    public static Optional<byte[]> into(byte[] content, String contract, Map<String, String> figures) {
        var changed = Optional.of(content);
        // One at a time, as each moves what stands behind it
        for (var i = 0; i <= figures.size() && changed.isPresent(); i++) {
            changed = changed.flatMap(
                    text -> Layout.change(text, layout -> new MeasurementEdit(layout, figures).into(contract)));
        }
        return changed;
    }

    private Optional<String> into(String contract) {
        return Layout.value(layout.compose(), "denormalizations")
                .filter(Layout::isWritten)
                .flatMap(tuple -> Layout.value(tuple.getValueNode(), contract))
                .filter(Layout::isWritten)
                .flatMap(tuple -> Layout.value(tuple.getValueNode(), "gain"))
                .filter(Layout::isWritten)
                .flatMap(this::intoGain);
    }

    private Optional<String> intoGain(NodeTuple gain) {
        if (!(gain.getValueNode() instanceof MappingNode mapping)
                || mapping.getValue().isEmpty()) {
            return Optional.empty();
        }
        var known = Layout.value(mapping, MEASURED);
        if (known.isPresent()) {
            return Layout.isWritten(known.get()) ? intoMeasured(known.get()) : Optional.empty();
        }
        return added(gain, mapping, Map.of(MEASURED, flow()));
    }

    private Optional<String> intoMeasured(NodeTuple known) {
        if (known.getValueNode() instanceof ScalarNode scalar) {
            // A placeholder, or nothing yet
            return Optional.of(set(known, scalar, flow()));
        } else if (!(known.getValueNode() instanceof MappingNode)) {
            return Optional.empty();
        }
        var mapping = (MappingNode) known.getValueNode();
        if (mapping.getValue().isEmpty()) {
            return layout.intoFlow(mapping, entries(figures));
        }
        var missing = new LinkedHashMap<>(figures);
        for (var entry : mapping.getValue()) {
            var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            var figure = missing.remove(key);
            if (figure != null) {
                if (!(entry.getValueNode() instanceof ScalarNode scalar) || !Layout.isWritten(entry)) {
                    return Optional.empty();
                }
                if (!layout.holds(scalar, figure)) {
                    return Optional.of(set(entry, scalar, figure));
                }
            }
        }
        return missing.isEmpty() ? Optional.of(layout.text()) : added(known, mapping, missing);
    }

    private String set(NodeTuple tuple, ScalarNode value, String other) {
        return isAbsent(value) ? layout.behindKey(tuple, other) : layout.replace(value, other);
    }

    private static boolean isAbsent(Node value) {
        return value.getStartMark().getIndex() == value.getEndMark().getIndex();
    }

    private Optional<String> added(NodeTuple owner, MappingNode mapping, Map<String, String> entries) {
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            return layout.intoFlow(mapping, entries(entries));
        }
        var column = mapping.getValue().get(0).getKeyNode().getStartMark().getColumn();
        return Optional.of(layout.intoBlock(
                owner,
                mapping,
                entries.entrySet().stream()
                        .map(entry -> " ".repeat(column) + entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(layout.newline()))));
    }

    private static String entries(Map<String, String> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private String flow() {
        return "{" + entries(figures) + "}";
    }
}
