package dev.schemaproof.yaml;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Adds indexes to an entity in the text of a file, in the layout that the file has there: every byte outside of what is added
 * stays as it is.
 */
public final class IndexInsertion {

    private static final String INDEXES = "indexes";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String text;
    private final Map<String, String> indexes;

    private IndexInsertion(String text, Map<String, String> indexes) {
        this.text = text;
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
        var whole = new String(content, StandardCharsets.UTF_8);
        var mark = whole.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        return new IndexInsertion(whole.substring(mark.length()), indexes)
                .into(entity)
                .map(changed -> (mark + changed).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> into(String entity) {
        try {
            var root = compose();
            return value(root, "entities")
                    .flatMap(tuple -> value(tuple.getValueNode(), entity))
                    .filter(IndexInsertion::isWritten)
                    .flatMap(this::intoEntity);
        } catch (YAMLException e) {
            return Optional.empty();
        }
    }

    private Node compose() {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(TreeReader.MAX_DEPTH);
        options.setMaxAliasesForCollections(TreeReader.MAX_ALIASES);
        return new Composer(new ParserImpl(new StreamReader(new StringReader(text)), options), new Resolver(), options)
                .getSingleNode();
    }

    private static Optional<NodeTuple> value(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                                && scalar.getValue().equals(key))
                        .findFirst()
                : Optional.empty();
    }

    /** Whether the value stands behind its key, rather than elsewhere under an anchor. */
    private static boolean isWritten(NodeTuple tuple) {
        return tuple.getValueNode().getStartMark().getIndex()
                >= tuple.getKeyNode().getEndMark().getIndex();
    }

    private Optional<String> intoEntity(NodeTuple entity) {
        if (!(entity.getValueNode() instanceof MappingNode mapping)
                || mapping.getValue().isEmpty()) {
            return Optional.empty();
        }
        var known = value(mapping, INDEXES);
        if (known.isPresent()) {
            return isWritten(known.get()) ? intoIndexes(known.get()) : Optional.empty();
        }
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            return intoFlow(mapping, INDEXES + ": " + flow());
        }
        var column = mapping.getValue().get(0).getKeyNode().getStartMark().getColumn();
        var step = Math.max(2, column - entity.getKeyNode().getStartMark().getColumn());
        var lines = " ".repeat(column) + INDEXES + ":" + lines(column + step);
        return Optional.of(behindLine(lastLine(mapping).orElse(offset(endOfKey(entity))), lines));
    }

    private Optional<String> intoIndexes(NodeTuple known) {
        var value = known.getValueNode();
        if (value instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.FLOW) {
            return intoFlow(mapping, entries());
        } else if (value instanceof MappingNode mapping) {
            var column = mapping.getValue().get(0).getKeyNode().getStartMark().getColumn();
            var lines = lines(column).substring(newline().length());
            return Optional.of(behindLine(lastLine(mapping).orElse(offset(endOfKey(known))), lines));
        }
        return Optional.empty();
    }

    /** Behind the last value of a mapping in braces, or before the first where a comma or a comment follows the last. */
    private Optional<String> intoFlow(MappingNode mapping, String added) {
        var begin = offset(mapping.getStartMark().getIndex());
        // The mark of what has an anchor or a tag stands before that
        var brace = text.indexOf('{', begin);
        var end = offset(mapping.getEndMark().getIndex()) - 1;
        if (mapping.getValue().isEmpty()) {
            return Optional.of(at(brace + 1, added));
        }
        var last = mapping.getValue().get(mapping.getValue().size() - 1);
        var behind = offset(last.getValueNode().getEndMark().getIndex());
        if (isWritten(last)
                && behind <= end
                && text.substring(behind, end).isBlank()
                && !(last.getValueNode() instanceof ScalarNode scalar
                        && scalar.getValue().isEmpty())) {
            return Optional.of(at(behind, ", " + added));
        }
        return brace < 0 || brace >= end ? Optional.empty() : Optional.of(at(brace + 1, added + ", "));
    }

    /**
     * The offset of the last line of a mapping in block style; empty where that isn't sure: behind a block scalar, whose last lines
     * may be blank on purpose, or an alias, which ends elsewhere.
     */
    private Optional<Integer> lastLine(MappingNode mapping) {
        var last = mapping.getValue().get(mapping.getValue().size() - 1);
        return isWritten(last) ? lastLine(last.getValueNode()) : Optional.empty();
    }

    private Optional<Integer> lastLine(Node node) {
        if (node instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW) {
            return lastLine(mapping);
        } else if (node instanceof SequenceNode sequence && sequence.getFlowStyle() != FlowStyle.FLOW) {
            var items = sequence.getValue();
            var item = items.get(items.size() - 1);
            return item.getStartMark().getIndex() > sequence.getStartMark().getIndex()
                            && items.stream()
                                    .allMatch(other -> other.equals(item)
                                            || other.getEndMark().getIndex()
                                                    <= item.getStartMark().getIndex())
                    ? lastLine(item)
                    : Optional.empty();
        } else if (node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED)) {
            return Optional.empty();
        }
        return Optional.of(offset(node.getEndMark().getIndex()));
    }

    private static int endOfKey(NodeTuple tuple) {
        return tuple.getKeyNode().getEndMark().getIndex();
    }

    /** A position of the text, of one that counts code points. */
    private int offset(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }

    private String at(int offset, String added) {
        return text.substring(0, offset) + added + text.substring(offset);
    }

    /** Lines behind the one that holds an offset. */
    private String behindLine(int offset, String lines) {
        var end = offset;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return at(end, newline() + lines);
    }

    private String newline() {
        var end = text.indexOf('\n');
        return end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
    }

    private String lines(int column) {
        return indexes.entrySet().stream()
                .map(index -> newline() + " ".repeat(column) + index.getKey() + ": " + index.getValue())
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
