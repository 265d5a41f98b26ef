package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Located;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads one YAML text into nodes with places, through SnakeYAML's node graph; hostile texts end in a finding. */
final class TreeReader {

    /** Nesting levels that any honest model stays far below. */
    static final int MAX_DEPTH = 50;

    /** Aliases to collections in one file; SnakeYAML counts them. */
    static final int MAX_ALIASES = 1_000;

    /** Nodes that aliases may add to those written. */
    static final int MAX_EXPANDED = 100_000;

    private static final Pattern BRACKETED_TYPE =
            Pattern.compile("(?<!\\w)([A-Za-z_]\\w*+\\s*+\\[\\s*+])(\\?| null\\b)?");

    private static final Pattern TYPE_HEAD = Pattern.compile("\\w+\\([^()]*");
    private static final Pattern TYPE_TAIL = Pattern.compile("[^()]*\\)[\\[\\]?]*( null)?");

    private final FileText file;
    private final Consumer<Finding> findings;
    private final Set<org.yaml.snakeyaml.nodes.Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<org.yaml.snakeyaml.nodes.Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Most texts stand many times in a file, and one of them is enough to keep. */
    private final Map<String, String> texts = new HashMap<>();

    private int visits;

    private TreeReader(FileText file, Consumer<Finding> findings) {
        this.file = file;
        this.findings = findings;
    }

    /** The root node of the text; empty when there is none, or none could be read. */
    static Optional<Node> read(FileText file, Consumer<Finding> findings) {
        return new TreeReader(file, findings).read();
    }

    private Optional<Node> read() {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setAllowRecursiveKeys(false);
        var text = new String(file.codePoints(), 0, file.codePoints().length);
        var parser = new Parsing(text, options);
        try {
            var root = new Composer(parser, new Untyped(), options).getSingleNode();
            return root == null ? Optional.empty() : Optional.of(convert(root));
        } catch (TooManyNodes e) {
            report(
                    Flaw.TOO_MANY_ALIASES,
                    Location.startOf(file.path()),
                    "aliases make this file more than " + String.format(Locale.ROOT, "%,d", MAX_EXPANDED)
                            + " elements larger than it is written");
        } catch (ReaderException e) {
            report(
                    Flaw.YAML_SYNTAX,
                    file.locate(Math.min(e.getPosition(), file.codePoints().length), e.getPosition() + 1),
                    String.format(Locale.ROOT, "the character U+%04X can't stand in YAML", e.getCodePoint()));
        } catch (MarkedYAMLException e) {
            reportMarked(e);
        } catch (YAMLException e) {
            reportLimit(e);
        } catch (IllegalArgumentException e) {
            // The library's word for a tag that is blank once its escapes are undone, as that of `!%a`
            report(
                    Flaw.YAML_SYNTAX,
                    parser.latest
                            .map(event -> place(event.getStartMark(), event.getEndMark()))
                            .orElse(Location.startOf(file.path())),
                    "this tag can't be read",
                    "remove what begins with `!`, or put it in quotes");
        } catch (StackOverflowError e) {
            reportTooDeep();
        }
        return Optional.empty();
    }

    /** Knows what was read last. */
    private static final class Parsing extends ParserImpl {

        private Optional<Event> latest = Optional.empty();

        Parsing(String text, LoaderOptions options) {
            super(new StreamReader(new StringReader(text)), options);
        }

        @Override
        public Event getEvent() {
            var event = super.getEvent();
            latest = Optional.of(event);
            return event;
        }
    }

    private void reportMarked(MarkedYAMLException e) {
        var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        var at = mark == null ? Location.startOf(file.path()) : place(mark, mark);
        var bracketed = bracketedType(at);
        if (bracketed.isPresent()) {
            findings.accept(bracketed.get());
            return;
        }
        var problem = SyntaxProblem.of(
                e.getContext() == null ? "" : e.getContext(),
                e.getProblem() == null ? "this is no YAML" : e.getProblem());
        var beginning = Optional.ofNullable(e.getContextMark()).map(begin -> place(begin, begin));
        var finding =
                Flaw.YAML_SYNTAX.at(problem.atBeginning() ? beginning.orElse(at) : at, file.path(), problem.summary());
        var helped = problem.help().map(finding::withHelp).orElse(finding);
        findings.accept(problem.beginning()
                .flatMap(note -> beginning.map(begin -> helped.withRelated(begin, note)))
                .orElse(helped));
    }

    /** The type that broke the syntax, as in {@code {tags: text[]}}, if that is what did. */
    private Optional<Finding> bracketedType(Location at) {
        var lines = file.lines();
        if (at.line() > lines.size()) {
            return Optional.empty();
        }
        var line = lines.get(at.line() - 1);
        var type = BRACKETED_TYPE.matcher(line);
        if (!line.contains("{") || !type.find() || at.column() < type.start() || at.column() > type.end() + 2) {
            return Optional.empty();
        }
        var written = type.group(1).replace(" ", "") + (type.group(2) == null ? "" : type.group(2));
        return Optional.of(Flaw.UNQUOTED_TYPE
                .at(at, file.path(), "inside braces `" + written + "` needs quotes")
                .withHelp("write \"" + written + "\"")
                .withFix(quoting(place(at.line(), line, type.start(), type.end()), type.group(), written)));
    }

    private Location place(int number, String line, int begin, int end) {
        return new Location(file.path(), number, line.codePointCount(0, begin) + 1, line.codePointCount(begin, end));
    }

    private static Fix quoting(Location at, String before, String type) {
        return new Fix("put `" + type + "` in quotes", List.of(new Fix.Edit(at, before, '"' + type + '"')));
    }

    private void reportLimit(YAMLException e) {
        var message = String.valueOf(e.getMessage());
        if (message.contains("Nesting Depth")) {
            reportTooDeep();
        } else if (message.contains("aliases")) {
            report(
                    Flaw.TOO_MANY_ALIASES,
                    Location.startOf(file.path()),
                    "more than " + MAX_ALIASES + " aliases to mappings and lists");
        } else {
            report(Flaw.YAML_SYNTAX, Location.startOf(file.path()), message.replaceAll("\\s+", " "));
        }
    }

    private void reportTooDeep() {
        report(Flaw.TOO_DEEP, Location.startOf(file.path()), "nested more than " + MAX_DEPTH + " levels deep");
    }

    private void report(Flaw flaw, Location at, String summary) {
        findings.accept(flaw.at(at, file.path(), summary));
    }

    private void report(Flaw flaw, Location at, String summary, String help) {
        findings.accept(flaw.at(at, file.path(), summary).withHelp(help));
    }

    private Node convert(org.yaml.snakeyaml.nodes.Node node) {
        seen.add(node);
        if (++visits > seen.size() + MAX_EXPANDED) {
            throw new TooManyNodes();
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        var at = place(node.getStartMark(), node.getEndMark());
        if (!open.add(node)) {
            report(Flaw.LOOPING_ALIAS, at, "this element contains an alias of itself");
            return new Node.Scalar(
                    "",
                    at,
                    file,
                    node.getStartMark().getIndex(),
                    node.getStartMark().getIndex(),
                    Node.Style.PLAIN);
        }
        try {
            if (node instanceof MappingNode mapping) {
                return mapping(mapping, at);
            }
            return new Node.Sequence(
                    ((SequenceNode) node).getValue().stream().map(this::convert).toList(), at);
        } finally {
            open.remove(node);
        }
    }

    private Node mapping(MappingNode mapping, Location at) {
        var first = new HashMap<String, Location>();
        var entries = new ArrayList<Node.Entry>();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                var place = place(
                        tuple.getKeyNode().getStartMark(), tuple.getKeyNode().getEndMark());
                report(Flaw.WRONG_SHAPE, place, "a key is a word, not a list or a mapping");
                continue;
            }
            var key = new Located<>(text(scalar), place(scalar.getStartMark(), scalar.getEndMark()));
            refuseUnstorable(key.value(), key.at());
            var earlier = first.putIfAbsent(key.value(), key.at());
            if (earlier != null) {
                findings.accept(Flaw.DUPLICATE_KEY
                        .at(
                                key.at(),
                                key.value().isBlank() ? file.path() : key.value(),
                                "the key `" + key.value() + "` stands here twice")
                        .withHelp("keep one of the two")
                        .withRelated(earlier, "first here"));
                continue;
            }
            entries.add(new Node.Entry(key, convert(tuple.getValueNode())));
        }
        return new Node.Mapping(mendTypes(entries), at);
    }

    /** Puts a type together again that braces have cut at its comma, as in {@code {price: decimal(10,2)}}, and says so. */
    private List<Node.Entry> mendTypes(List<Node.Entry> entries) {
        var mended = new ArrayList<Node.Entry>();
        for (var i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            var rest = i + 1 < entries.size() ? entries.get(i + 1) : null;
            if (rest != null
                    && entry.value() instanceof Node.Scalar head
                    && rest.value() instanceof Node.Scalar tail
                    && tail.empty()
                    && TYPE_HEAD.matcher(head.value()).matches()
                    && TYPE_TAIL.matcher(rest.key().value()).matches()) {
                var whole = head.value() + "," + rest.key().value();
                var text = written(head, rest.key().at());
                var cut = Flaw.UNQUOTED_TYPE
                        .at(
                                text.map(all -> stretch(head, all)).orElse(head.at()),
                                file.path(),
                                "inside braces `" + whole + "` needs quotes, as YAML ends a value at the comma")
                        .withHelp("write `" + entry.key() + ": \"" + whole + "\"`");
                findings.accept(text.map(all -> cut.withFix(quoting(stretch(head, all), all, whole)))
                        .orElse(cut));
                mended.add(new Node.Entry(
                        entry.key(),
                        new Node.Scalar(whole, head.at(), file, head.begin(), head.end(), Node.Style.PLAIN)));
                i++;
            } else {
                mended.add(entry);
            }
        }
        return mended;
    }

    /** What stands from a scalar to the end of another place, where that is on the same line. */
    private Optional<String> written(Node.Scalar head, Location tail) {
        var length = tail.column() + tail.length() - head.at().column();
        return tail.line() != head.at().line() || length <= 0
                ? Optional.empty()
                : Optional.of(new String(file.codePoints(), head.begin(), length));
    }

    private static Location stretch(Node.Scalar head, String text) {
        return new Location(
                head.at().file(), head.at().line(), head.at().column(), text.codePointCount(0, text.length()));
    }

    /** What only an escape can write and no file or database can hold. */
    private void refuseUnstorable(String text, Location at) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c) && !Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                report(
                        Flaw.MALFORMED_VALUE,
                        at,
                        String.format(Locale.ROOT, "no database can hold the character U+%04X", (int) c),
                        c == 0 ? "remove the escape" : "write the character itself, or its escape with `\\U`");
                return;
            } else if (Character.isSurrogate(c)) {
                i++;
            }
        }
    }

    private Node scalar(ScalarNode scalar) {
        var begin = scalar.getStartMark();
        var style = switch (scalar.getScalarStyle()) {
            case SINGLE_QUOTED -> Node.Style.SINGLE_QUOTED;
            case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Node.Style.DOUBLE_QUOTED;
            case LITERAL -> Node.Style.LITERAL;
            case FOLDED -> Node.Style.FOLDED;
            case PLAIN -> Node.Style.PLAIN;
        };
        var at = place(begin, scalar.getEndMark());
        var value = text(scalar);
        refuseUnstorable(value, at);
        return new Node.Scalar(
                value, at, file, begin.getIndex(), scalar.getEndMark().getIndex(), style);
    }

    private String text(ScalarNode scalar) {
        var earlier = texts.putIfAbsent(scalar.getValue(), scalar.getValue());
        return earlier == null ? scalar.getValue() : earlier;
    }

    private Location place(Mark begin, Mark end) {
        var from = Math.min(begin.getIndex(), file.codePoints().length);
        return file.locate(from, Math.max(from + 1, end.getIndex()));
    }

    /** Gives no scalar a type by its looks, as all are texts here. */
    private static final class Untyped extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // The usual ones try a dozen patterns on each scalar
        }
    }

    /** Ends a conversion that aliases have blown up. */
    private static final class TooManyNodes extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyNodes() {
            super(null, null, false, false);
        }
    }
}
