package dev.schemaproof.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Gives a store its {@code tables} in the text of a file, in the layout that the file has there: every byte outside of what is added stays as
 * it is.
 */
public final class TablesInsertion {

    private static final int STEP = 2;

    private final Layout layout;
    private final List<String> lines;

    private TablesInsertion(Layout layout, List<String> lines) {
        this.layout = layout;
        this.lines = lines;
    }

    /**
     * Adds the tables to the store.
     *
     * @param content the file, in UTF-8
     * @param store the store's key
     * @param lines of {@code tables}, indented by steps of two, without a blank one
     * @return the file with them; empty where it can't be read, where the store has tables, or where it is written in a way that
     *     leaves no sure place, such as an alias
     */
    public static Optional<byte[]> into(byte[] content, String store, List<String> lines) {
        return Layout.change(content, layout -> new TablesInsertion(layout, lines).into(store));
    }

    private Optional<String> into(String store) {
        return Layout.value(layout.compose(), "stores")
                .filter(Layout::isWritten)
                .flatMap(tuple -> Layout.value(tuple.getValueNode(), store)
                        .filter(Layout::isWritten)
                        .flatMap(this::intoStore));
    }

    private Optional<String> intoStore(NodeTuple store) {
        if (!(store.getValueNode() instanceof MappingNode mapping)
                || mapping.getValue().isEmpty()
                || Layout.value(mapping, "tables").isPresent()) {
            return Optional.empty();
        }
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            return intoFlow(store, mapping);
        }
        var column = mapping.getValue().get(0).getKeyNode().getStartMark().getColumn();
        return Optional.of(layout.intoBlock(store, mapping, block(column)));
    }

    /** Inside of braces there are only braces; lines may go on as long as each is indented by more than the store's key. */
    private Optional<String> intoFlow(NodeTuple store, MappingNode mapping) {
        var column = store.getKeyNode().getStartMark().getColumn();
        var text = new StringBuilder();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var next = i + 1 < lines.size() ? depth(lines.get(i + 1)) : 0;
            if (i > 0) {
                text.append(layout.newline()).append(" ".repeat(column + STEP));
            }
            text.append(line);
            if (next > depth(line)) {
                text.append(" {");
            } else {
                text.append("}".repeat(depth(line) - next)).append(i + 1 < lines.size() ? "," : "");
            }
        }
        return layout.intoFlow(mapping, text.toString());
    }

    private static int depth(String line) {
        return (line.length() - line.stripLeading().length()) / STEP;
    }

    private String block(int column) {
        return lines.stream().map(line -> " ".repeat(column) + line).collect(Collectors.joining(layout.newline()));
    }
}
