package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.util.List;

/** A YAML node with its place. Aliases are expanded, duplicate keys already reported and left out. */
sealed interface Node {

    Location at();

    /** What it is called in messages. */
    String kind();

    /** Keys with values, in order. */
    record Mapping(List<Entry> entries, Location at) implements Node {

        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** One key of a mapping with its value. */
    record Entry(Located<String> key, Node value) {}

    /** A list. */
    record Sequence(List<Node> items, Location at) implements Node {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A text; numbers and truth values too, which are never interpreted by YAML's rules.
     *
     * @param value the text as YAML means it
     * @param file the text of its file, to find the places of its characters
     * @param begin where its presentation begins in the file, in code points
     * @param end where it ends
     * @param style how it is written
     */
    record Scalar(String value, Location at, FileText file, int begin, int end, Style style) implements Node {

        /** Nothing at all behind a key. */
        boolean empty() {
            return value.isEmpty() && style == Style.PLAIN;
        }

        /** The value with the place of each of its characters. */
        SourceText source() {
            return ScalarPlaces.of(this);
        }

        Located<String> located() {
            return new Located<>(value, at);
        }

        @Override
        public String kind() {
            return empty() ? "nothing" : "a text";
        }
    }

    /** YAML's ways of writing a scalar. */
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        LITERAL,
        FOLDED
    }
}
