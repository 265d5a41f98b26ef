package dev.schemaproof.analysis.atomic;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.atomic.NumberedGroup.Counter;
import dev.schemaproof.analysis.atomic.NumberedGroup.Fact;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the repeating groups of one entity by their names.
 *
 * <p>None are: the parts of keys, as the two ends of a relation are often numbered; the lines of an address, which are one
 * text that is printed in lines; coordinates of points; and names in which the number says which standard or how large.
 * Numbers that count begin with 0, 1, or a name without number, and leave none out.
 */
final class NumberedGroups {

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;

    /** The lines of an address are read together, and their order means nothing but where a line ends. */
    private static final Set<String> ADDRESS = Set.of("addr", "address", "line", "street");

    /** Of points and of corners. */
    private static final Set<String> COORDINATES =
            Set.of("x", "y", "z", "lat", "latitude", "lng", "lon", "long", "longitude");

    /** {@code iso_3166_1}, {@code sha1}, {@code utf8}, {@code oauth2}: versions and numbers of standards. */
    private static final Set<String> STANDARDS = Set.of(
            "alpha", "ean", "http", "ip", "ipv", "iso", "md", "mp", "oauth", "sha", "utf", "v", "ver", "version");

    private final Entity entity;
    private final BaseTypes types;
    private final Refutations refutations;
    private final Set<String> identifying;
    private final Set<NameWords> identifyingWords = new HashSet<>();

    /** A fact by its words, the type of its attributes. */
    private record Kind(List<String> before, List<String> behind, DataType type) {}

    private NumberedGroups(Entity entity, BaseTypes types) {
        this.entity = entity;
        this.types = types;
        refutations = Refutations.of(entity);
        identifying = Stream.of(
                        entity.key().stream().map(Located::value),
                        entity.uniques().stream().flatMap(unique -> unique.names().stream()),
                        entity.indexes().values().stream()
                                .filter(index -> index.unique())
                                .flatMap(index -> index.on().stream())
                                .flatMap(part -> part.attribute().stream()))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        identifying.forEach(name -> identifyingWords.add(NameWords.of(name)));
    }

    static Stream<NumberedGroup> in(Entity entity, BaseTypes types) {
        return new NumberedGroups(entity, types).find();
    }

    private Stream<NumberedGroup> find() {
        var numbered = new LinkedHashMap<Kind, SortedMap<Integer, Attribute>>();
        for (var attribute : entity.attributes().values()) {
            var name = attribute.name().value();
            if (name.chars().anyMatch(Character::isDigit)
                    && attribute.generated().isEmpty()
                    && !identifying.contains(name)
                    && !refutations.attributes().contains(name)) {
                NumberedName.of(NameWords.of(name))
                        .filter(words -> !isExempt(words))
                        .ifPresent(words -> numbered.computeIfAbsent(
                                        new Kind(
                                                words.before(),
                                                words.behind(),
                                                types.of(attribute.type().value())),
                                        kind -> new TreeMap<>())
                                .putIfAbsent(words.number(), attribute));
            }
        }
        numbered.forEach(this::addUnnumbered);
        var years = new ArrayList<Map.Entry<List<Integer>, Fact>>();
        var positions = new ArrayList<Map.Entry<List<Integer>, Fact>>();
        numbered.forEach((kind, attributes) -> {
            var run = run(attributes);
            if (run.size() > 1 && !areEnds(run) && refersAlike(run)) {
                var fact =
                        new Fact(new NumberedName(kind.before(), 0, kind.behind()).fact(), List.copyOf(run.values()));
                (isYear(run.firstKey()) ? years : positions).add(Map.entry(List.copyOf(run.keySet()), fact));
            }
        });
        return Stream.concat(grouped(Counter.POSITION, positions), grouped(Counter.YEAR, years));
    }

    private boolean isExempt(NumberedName name) {
        var last = name.before().get(name.before().size() - 1);
        return STANDARDS.contains(last)
                || STANDARDS.contains(name.before().get(0))
                || name.behind().isEmpty() && COORDINATES.contains(last)
                || name.fact().words().stream().anyMatch(ADDRESS::contains)
                || qualifiesKeyPart(name);
    }

    /** {@code entity0_credit} belongs to {@code entity0}, which is one end of a relation. */
    private boolean qualifiesKeyPart(NumberedName name) {
        var words = new ArrayList<>(name.before());
        words.add(String.valueOf(name.number()));
        return !name.behind().isEmpty()
                && identifying.stream()
                        .anyMatch(part -> NameWords.of(part).words().equals(words));
    }

    /** {@code phone} beside {@code phone_2} is the first. */
    private void addUnnumbered(Kind kind, SortedMap<Integer, Attribute> attributes) {
        if (attributes.firstKey() != 2) {
            return;
        }
        var words = new NumberedName(kind.before(), 0, kind.behind()).fact();
        entity.attribute(words.snakeCase()).or(() -> unnumbered(words)).stream()
                .filter(attribute -> attribute.generated().isEmpty())
                .filter(attribute -> !identifying.contains(attribute.name().value()))
                .filter(attribute -> types.of(attribute.type().value()).equals(kind.type()))
                .filter(attribute ->
                        !refutations.attributes().contains(attribute.name().value()))
                .findFirst()
                .ifPresent(attribute -> attributes.put(1, attribute));
    }

    private Optional<Attribute> unnumbered(NameWords words) {
        return entity.attributes().values().stream()
                .filter(attribute -> NameWords.of(attribute.name().value()).equals(words))
                .findFirst();
    }

    /** The numbers that count, from the first one on as long as none is left out. */
    private static SortedMap<Integer, Attribute> run(SortedMap<Integer, Attribute> attributes) {
        var run = new TreeMap<Integer, Attribute>();
        if (attributes.firstKey() <= 1 || isYear(attributes.firstKey())) {
            attributes.forEach((number, attribute) -> {
                if (run.isEmpty() || number == run.lastKey() + 1) {
                    run.put(number, attribute);
                }
            });
        }
        return run;
    }

    /** Only programmers count two ends of something from zero. */
    private static boolean areEnds(SortedMap<Integer, Attribute> run) {
        return run.size() == 2 && run.firstKey() == 0;
    }

    private static boolean isYear(int number) {
        return number >= FIRST_YEAR && number <= LAST_YEAR;
    }

    /**
     * Whether all refer to one entity, or none refers to any. Two references that are the only ones of an entity are the two
     * ends of a relation.
     */
    private boolean refersAlike(Map<Integer, Attribute> run) {
        var references = run.values().stream().map(this::reference).toList();
        var targets = references.stream()
                .map(reference -> reference.map(found -> found.entity().value()))
                .distinct()
                .toList();
        return targets.size() == 1
                && (targets.get(0).isEmpty()
                        || run.size() > 2
                        || entity.references().size() > 2);
    }

    private Optional<Reference> reference(Attribute attribute) {
        return entity.references().values().stream()
                .filter(reference -> reference.names().contains(attribute.name().value()))
                .findFirst();
    }

    /** Facts that are numbered alike and begin with the same word are one group. */
    private Stream<NumberedGroup> grouped(Counter counter, List<Map.Entry<List<Integer>, Fact>> facts) {
        return facts.stream()
                .collect(Collectors.groupingBy(
                        numbered -> Map.entry(
                                numbered.getKey(),
                                numbered.getValue().name().words().get(0)),
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
                .values()
                .stream()
                .map(group -> new NumberedGroup(entity, counter, group));
    }
}
