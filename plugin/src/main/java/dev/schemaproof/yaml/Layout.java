package dev.schemaproof.yaml;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
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

/** The text of a file, and where in it something can be added that leaves every other byte as it is. */
final class Layout {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String text;

    private Layout(String text) {
        this.text = text;
    }

    /**
     * Changes a file.
     *
     * @param content the file, in UTF-8
     * @param change gives the changed text; nothing where there is no sure place
     * @return the changed file; nothing also where it can't be read
     */
    static Optional<byte[]> change(byte[] content, Function<Layout, Optional<String>> change) {
        var whole = new String(content, StandardCharsets.UTF_8);
        var mark = whole.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        try {
            return change.apply(new Layout(whole.substring(mark.length())))
                    .map(changed -> (mark + changed).getBytes(StandardCharsets.UTF_8));
        } catch (YAMLException e) {
            return Optional.empty();
        }
    }

    Node compose() {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(TreeReader.MAX_DEPTH);
        options.setMaxAliasesForCollections(TreeReader.MAX_ALIASES);
        return new Composer(new ParserImpl(new StreamReader(new StringReader(text)), options), new Resolver(), options)
                .getSingleNode();
    }

    static Optional<NodeTuple> value(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                                && scalar.getValue().equals(key))
                        .findFirst()
                : Optional.empty();
    }

    /** Whether the value stands behind its key, rather than elsewhere under an anchor. */
    static boolean isWritten(NodeTuple tuple) {
        return tuple.getValueNode().getStartMark().getIndex()
                >= tuple.getKeyNode().getEndMark().getIndex();
    }

    /** Lines behind the last one of a mapping in block style; behind its key where what is last has no sure end. */
    String intoBlock(NodeTuple owner, MappingNode mapping, String lines) {
        return behindLine(lastLine(mapping).orElse(offset(endOfKey(owner))), lines);
    }

    String text() {
        return text;
    }

    /** Whether that is what stands in the place of a node. */
    boolean holds(Node node, String other) {
        return text.substring(
                        offset(node.getStartMark().getIndex()),
                        offset(node.getEndMark().getIndex()))
                .equals(other);
    }

    /** Another text in the place of a node that is written there. */
    String replace(Node node, String other) {
        return text.substring(0, offset(node.getStartMark().getIndex()))
                + other
                + text.substring(offset(node.getEndMark().getIndex()));
    }

    /** A value for a key that has none. */
    String behindKey(NodeTuple tuple, String value) {
        var colon = text.indexOf(':', offset(endOfKey(tuple)));
        return at(colon + 1, " " + value);
    }

    /** Behind the last value of a mapping in braces, or before the first where a comma or a comment follows the last. */
    Optional<String> intoFlow(MappingNode mapping, String added) {
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

    /** The line break of the file. */
    String newline() {
        var end = text.indexOf('\n');
        return end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
    }
}
