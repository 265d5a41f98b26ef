package dev.schemaproof.yaml;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Adds indexes to an entity in the text of a file, in the layout that the file has there: every byte outside of what is added
 * stays as it is.
 */
public final class IndexInsertion {

    private static final String INDEXES = "indexes";

    private final Layout layout;
    private final Map<String, String> indexes;

    private IndexInsertion(Layout layout, Map<String, String> indexes) {
        this.layout = layout;
        this.indexes = indexes;
    }

    /**
     * Adds indexes to the file's {@code indexes} of the entity, or gives it that key.
     *
     * @param content the file, in UTF-8
     * @param entity the entity's key
     * @param indexes by name, each as the flow mapping that stands behind it: {@code {on: [author_id]}}
     * @return the file with them; empty where it can't be read, or where the entity is written in a way that leaves no sure place,
     *     such as an alias
     */
    public static Optional<byte[]> into(byte[] content, String entity, Map<String, String> indexes) {
        return Layout.change(content, layout -> new IndexInsertion(layout, indexes).into(entity));
    }

    private Optional<String> into(String entity) {
        return Layout.value(layout.compose(), "entities")
                .flatMap(tuple -> Layout.value(tuple.getValueNode(), entity))
                .filter(Layout::isWritten)
                .flatMap(this::intoEntity);
    }

    private Optional<String> intoEntity(NodeTuple entity) {
        if (!(entity.getValueNode() instanceof MappingNode mapping)
                || mapping.getValue().isEmpty()) {
            return Optional.empty();
        }
        var known = Layout.value(mapping, INDEXES);
        if (known.isPresent()) {
            return Layout.isWritten(known.get()) ? intoIndexes(known.get()) : Optional.empty();
        }
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            return layout.intoFlow(mapping, INDEXES + ": " + flow());
        }
        var column = mapping.getValue().get(0).getKeyNode().getStartMark().getColumn();
        var step = Math.max(2, column - entity.getKeyNode().getStartMark().getColumn());
        var lines = " ".repeat(column) + INDEXES + ":" + lines(column + step);
        return Optional.of(layout.intoBlock(entity, mapping, lines));
    }

    private Optional<String> intoIndexes(NodeTuple known) {
        var value = known.getValueNode();
        if (value instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.FLOW) {
            return layout.intoFlow(mapping, entries());
        } else if (value instanceof MappingNode mapping) {
            var column = mapping.getValue().get(0).getKeyNode().getStartMark().getColumn();
            var lines = lines(column).substring(layout.newline().length());
            return Optional.of(layout.intoBlock(known, mapping, lines));
        }
        return Optional.empty();
    }

    private String lines(int column) {
        return indexes.entrySet().stream()
                .map(index -> layout.newline() + " ".repeat(column) + index.getKey() + ": " + index.getValue())
                .collect(Collectors.joining());
    }

    private String entries() {
        return indexes.entrySet().stream()
                .map(index -> index.getKey() + ": " + index.getValue())
                .collect(Collectors.joining(", "));
    }

    private String flow() {
        return "{" + entries() + "}";
    }
}
