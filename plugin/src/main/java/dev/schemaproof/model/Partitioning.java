package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a table, or a partition of it, is divided.
 *
 * @param by the strategy
 * @param on the partition key: attributes or expressions
 * @param partitions by their tables' names
 * @param at the whole of it
 */
public record Partitioning(Located<Strategy> by, List<Index.Part> on, Map<String, Partition> partitions, Location at) {

    public Partitioning {
        on = List.copyOf(on);
        partitions = Copies.ordered(partitions);
    }

    /** Whether a bound stands below or above every value. */
    public static boolean isLimit(SourceText bound) {
        var word = bound.value().strip();
        return word.equalsIgnoreCase("minvalue") || word.equalsIgnoreCase("maxvalue");
    }

    /** What decides into which partition a row goes. */
    public enum Strategy {
        RANGE,
        LIST,
        HASH;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One partition.
     *
     * @param name its table's name
     * @param bound the rows that it takes
     * @param partitioning how it is divided itself
     * @param storage storage parameters
     * @param description what it holds
     */
    public record Partition(
            Located<String> name,
            Bound bound,
            Optional<Partitioning> partitioning,
            Map<String, Located<String>> storage,
            Optional<String> description) {

        public Partition {
            storage = Copies.ordered(storage);
        }
    }

    /** Which rows a partition takes. */
    public sealed interface Bound {

        /** Where it is given. */
        Location at();

        /** The values of the partition key that it names, in order. */
        default List<SourceText> values() {
            return List.of();
        }

        /** From a value of the partition key, inclusive, to another, exclusive; SQL, or {@code minvalue} and {@code maxvalue}. */
        record Range(List<SourceText> from, List<SourceText> to, Location at) implements Bound {

            public Range {
                from = List.copyOf(from);
                to = List.copyOf(to);
            }

            @Override
            public List<SourceText> values() {
                return Stream.concat(from.stream(), to.stream()).toList();
            }
        }

        /** Any of some values of the partition key, SQL; {@code null} is one. */
        record In(List<SourceText> values, Location at) implements Bound {

            public In {
                values = List.copyOf(values);
            }
        }

        /** The rows whose hash leaves this remainder. */
        record Hash(long modulus, long remainder, Location at) implements Bound {}

        /** Whatever no other partition takes. */
        record Default(Location at) implements Bound {}
    }
}
