package dev.schemaproof.analysis.atomic;

import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Attributes that number the values of one fact: {@code phone_1}, {@code phone_2}.
 *
 * @param entity where
 * @param counter what the numbers are
 * @param facts the facts that are repeated; several where they are numbered alike, such as {@code phone_1} and {@code
 *     phone_type_1}
 */
public record NumberedGroup(Entity entity, Counter counter, List<Fact> facts) {

    public NumberedGroup {
        facts = List.copyOf(facts);
    }

    /** What the numbers in the names count. */
    public enum Counter {
        POSITION,
        YEAR
    }

    /**
     * A fact that is repeated.
     *
     * @param name its name without the number
     * @param attributes one for each number, ascending
     */
    public record Fact(NameWords name, List<Attribute> attributes) {

        public Fact {
            attributes = List.copyOf(attributes);
        }

        /** The type of all of them. */
        public DataType type() {
            return attributes.get(0).type().value();
        }
    }

    /** The first attribute of the first fact. */
    public Attribute first() {
        return facts.get(0).attributes().get(0);
    }

    /** All attributes, fact by fact. */
    public Stream<Attribute> attributes() {
        return facts.stream().flatMap(fact -> fact.attributes().stream());
    }

    /** What all facts are about: the words that their names have in common at the beginning. */
    public NameWords topic() {
        var common = new ArrayList<>(facts.get(0).name().words());
        for (var fact : facts) {
            var words = fact.name().words();
            var same = 0;
            while (same < Math.min(common.size(), words.size())
                    && common.get(same).equals(words.get(same))) {
                same++;
            }
            common.subList(same, common.size()).clear();
        }
        return new NameWords(common);
    }
}
