package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * A key template such as <code>USER#{author.username}</code>: literal text and variables, each with an optional format behind a
 * colon. A brace that stands for itself is doubled.
 *
 * <p>What a variable writes is never empty: an empty text is no ingredient of a key.
 */
public final class KeyTemplate {

    /** Stands between a partition key and its shard. */
    private static final String SHARD_DELIMITER = "#";

    private final SourceText source;
    private final KeyAttribute attribute;
    private final List<Part> parts;
    private final Texts texts;
    private final String text;

    /**
     * @param source as it was written
     * @param attribute the key attribute that it fills
     * @param parts at least one; no literal is empty
     */
    KeyTemplate(SourceText source, KeyAttribute attribute, List<Part> parts) {
        this(source, attribute, parts, source.value());
    }

    private KeyTemplate(SourceText source, KeyAttribute attribute, List<Part> parts, String text) {
        this.text = text;
        this.source = source;
        this.attribute = attribute;
        this.parts = List.copyOf(parts);
        this.texts = Texts.of(this.parts.stream().map(Part::shape).toList());
    }

    /** The same with a shard behind it, as if <code>#{id:shard(10)}</code> were written there. */
    KeyTemplate followedBy(Part.Variable shard) {
        var all = new ArrayList<>(parts);
        all.add(new Part.Literal(SHARD_DELIMITER));
        all.add(shard);
        return new KeyTemplate(source, attribute, all, text + SHARD_DELIMITER + shard);
    }

    /** A part of a template. */
    public sealed interface Part {

        /** The texts that it can be in a key. */
        Shape shape();

        /** Text that stands for itself. */
        record Literal(String text) implements Part {

            @Override
            public Shape shape() {
                return Shape.literal(text);
            }
        }

        /**
         * A value.
         *
         * @param path where it comes from
         * @param format how it is written
         * @param at its place, braces included
         */
        record Variable(ResolvedPath path, KeyFormat format, Location at) implements Part {

            @Override
            public Shape shape() {
                return format.shape(path.type());
            }

            /** Whether two values never look the same. */
            public boolean injective() {
                return format.injective(path.type());
            }

            /** How many shards there are, where it is one; else nothing. */
            public OptionalInt shards() {
                return format instanceof KeyFormat.Shard shard ? OptionalInt.of(shard.count()) : OptionalInt.empty();
            }

            /** As it is written in a template. */
            @Override
            public String toString() {
                var notation = format.notation();
                return "{" + path.written() + (notation.isEmpty() ? "" : ":" + notation) + "}";
            }
        }
    }

    public SourceText source() {
        return source;
    }

    /** The key attribute that it fills. */
    public KeyAttribute attribute() {
        return attribute;
    }

    /** That attribute's name. */
    public String name() {
        return attribute.name().value();
    }

    public List<Part> parts() {
        return parts;
    }

    /** Every text that it can give. */
    Texts texts() {
        return texts;
    }

    public List<Part.Variable> variables() {
        return parts.stream()
                .filter(Part.Variable.class::isInstance)
                .map(Part.Variable.class::cast)
                .toList();
    }

    /** The text that every key of it begins with; may be empty. */
    public String literalPrefix() {
        return parts.get(0) instanceof Part.Literal literal ? literal.text() : "";
    }

    /** The key text for values given by canonical path; nothing if one is missing or no value of its type. */
    public Optional<String> write(Function<AttributePath, Optional<String>> values) {
        var text = new StringBuilder();
        for (var part : parts) {
            var written = part instanceof Part.Variable variable
                    ? values.apply(variable.path().canonical())
                            .flatMap(value ->
                                    variable.format().write(variable.path().type(), value))
                    : Optional.of(((Part.Literal) part).text());
            if (written.isEmpty()) {
                return Optional.empty();
            }
            text.append(written.get());
        }
        return Optional.of(text.toString());
    }

    /**
     * The variables whose value follows from the key's text, given what else is known of the row.
     *
     * @param known canonical paths
     */
    Set<AttributePath> readable(Set<AttributePath> known) {
        var middle = Middle.of(parts, known);
        var result = new HashSet<AttributePath>();
        for (var i = 0; i < middle.parts.size(); i++) {
            if (middle.parts.get(i) instanceof Part.Variable variable
                    && variable.injective()
                    && middle.readings(i) instanceof Meeting.Never) {
                result.add(variable.path().canonical());
            }
        }
        return result;
    }

    /**
     * The values of two rows that give one key, because its text can be read in two ways.
     *
     * @param left what each variable that isn't known has written for the one row, by canonical path
     * @param right likewise for the other
     */
    record Misreading(Map<AttributePath, String> left, Map<AttributePath, String> right) {}

    /** Such rows, which agree in what is known. */
    Optional<Misreading> misreading(Set<AttributePath> known) {
        var middle = Middle.of(parts, known);
        for (var i = 0; i < middle.parts.size(); i++) {
            if (middle.parts.get(i) instanceof Part.Variable variable
                    && variable.injective()
                    && !known.contains(variable.path().canonical())
                    && middle.readings(i) instanceof Meeting.At at) {
                return Optional.of(new Misreading(middle.values(at.left()), middle.values(at.right())));
            }
        }
        return Optional.empty();
    }

    /** What is left when the parts that are the same in every key in question are taken off both ends. */
    private record Middle(List<Part> parts, Texts texts) {

        static Middle of(List<Part> parts, Set<AttributePath> known) {
            var from = 0;
            while (from < parts.size() && fixed(parts.get(from), known)) {
                from++;
            }
            var to = parts.size();
            while (to > from && fixed(parts.get(to - 1), known)) {
                to--;
            }
            var middle = parts.subList(from, to);
            return new Middle(middle, Texts.of(middle.stream().map(Part::shape).toList()));
        }

        private static boolean fixed(Part part, Set<AttributePath> known) {
            return !(part instanceof Part.Variable variable)
                    || known.contains(variable.path().canonical());
        }

        Meeting readings(int part) {
            return texts.inTwoReadings(texts, part);
        }

        Map<AttributePath, String> values(List<String> segments) {
            var values = new LinkedHashMap<AttributePath, String>();
            for (var i = 0; i < segments.size(); i++) {
                if (parts.get(i) instanceof Part.Variable variable) {
                    values.putIfAbsent(variable.path().canonical(), segments.get(i));
                }
            }
            return values;
        }
    }

    /**
     * Whether the value of a variable follows from the key's beginning alone.
     *
     * @param variable the variable's place among the parts
     * @param beginning how many parts the known beginning holds
     */
    boolean readableFromBeginning(int variable, int beginning) {
        if (!(parts.get(variable) instanceof Part.Variable found) || !found.injective()) {
            return false;
        }
        if (beginning == parts.size()) {
            return texts.inTwoReadings(texts, variable) instanceof Meeting.Never;
        }
        var shapes = new ArrayList<Shape>();
        parts.subList(0, beginning).forEach(part -> shapes.add(part.shape()));
        shapes.add(Shape.anyText());
        return texts.inTwoReadings(Texts.of(shapes), variable) instanceof Meeting.Never;
    }

    /** As it was written, with the shard where one was asked for. */
    @Override
    public String toString() {
        return text;
    }
}
