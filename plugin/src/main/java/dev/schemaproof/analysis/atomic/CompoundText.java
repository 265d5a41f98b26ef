package dev.schemaproof.analysis.atomic;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text that holds several facts at once, shown by its name: {@code city_state}, {@code name_and_address}.
 *
 * @param entity where
 * @param attribute the text
 * @param parts names for the facts, in order
 */
public record CompoundText(Entity entity, Attribute attribute, List<String> parts) {

    /** Facts that follow each other in a name where one attribute holds both. */
    private static final List<List<String>> ADJACENT = List.of(
            List.of("street", "city", "state", "zip"),
            List.of("city", "state", "country"),
            List.of("city", "state", "zip"),
            List.of("street", "city"),
            List.of("city", "state"),
            List.of("city", "country"),
            List.of("city", "zip"),
            List.of("zip", "city"),
            List.of("state", "zip"),
            List.of("zip", "state"),
            List.of("lat", "lng"),
            List.of("lat", "lon"),
            List.of("lat", "long"),
            List.of("lng", "lat"),
            List.of("lon", "lat"),
            List.of("latitude", "longitude"),
            List.of("longitude", "latitude"),
            List.of("first", "last", "name"),
            List.of("last", "first", "name"),
            List.of("name", "address"),
            List.of("name", "email"),
            List.of("name", "phone"),
            List.of("phone", "email"),
            List.of("email", "phone"));

    private static final Set<String> LAST =
            ADJACENT.stream().map(facts -> facts.get(facts.size() - 1)).collect(Collectors.toUnmodifiableSet());

    /** Single words that mean two. */
    private static final Set<String> JOINED = Set.of("latlng", "latlon", "latlong", "lnglat", "lonlat");

    /** Single facts; others are often joined to name one thing, as in {@code terms_and_conditions}. */
    private static final Set<String> FACTS = Set.of(
            "address",
            "age",
            "amount",
            "area",
            "author",
            "birthday",
            "birthdate",
            "brand",
            "city",
            "code",
            "color",
            "colour",
            "company",
            "country",
            "currency",
            "date",
            "day",
            "department",
            "email",
            "fax",
            "gender",
            "height",
            "lat",
            "latitude",
            "length",
            "lng",
            "lon",
            "longitude",
            "make",
            "mobile",
            "model",
            "month",
            "name",
            "number",
            "phone",
            "place",
            "position",
            "postcode",
            "price",
            "province",
            "publisher",
            "quantity",
            "role",
            "salary",
            "size",
            "state",
            "street",
            "surname",
            "telephone",
            "time",
            "title",
            "town",
            "type",
            "unit",
            "weight",
            "width",
            "year",
            "zip",
            "zipcode");

    public CompoundText {
        parts = List.copyOf(parts);
    }

    static Stream<CompoundText> in(Entity entity, BaseTypes types) {
        var refutations = Refutations.of(entity);
        return entity.attributes().values().stream()
                .filter(attribute -> types.isText(attribute.type().value()))
                .filter(attribute -> attribute.generated().isEmpty())
                .filter(attribute ->
                        !refutations.attributes().contains(attribute.name().value()))
                .flatMap(attribute -> parts(NameWords.of(attribute.name().value())).stream()
                        .filter(parts -> parts.stream().noneMatch(entity.attributes()::containsKey))
                        .map(parts -> new CompoundText(entity, attribute, parts)));
    }

    private static Optional<List<String>> parts(NameWords name) {
        return joined(name).or(() -> adjacent(name));
    }

    private static Optional<List<String>> joined(NameWords name) {
        var words = name.words();
        if (JOINED.contains(name.last())) {
            var parts =
                    name.last().startsWith("lat") ? List.of("latitude", "longitude") : List.of("longitude", "latitude");
            return Optional.of(prefixed(name.before(1), parts));
        }
        var between = words.indexOf("and");
        if (between <= 0 || between == words.size() - 1) {
            return Optional.empty();
        }
        var one = new NameWords(words.subList(0, between));
        var other = new NameWords(words.subList(between + 1, words.size()));
        return FACTS.contains(one.last()) && FACTS.contains(other.last())
                ? Optional.of(List.of(one.snakeCase(), other.snakeCase()))
                : Optional.empty();
    }

    private static Optional<List<String>> adjacent(NameWords name) {
        return (LAST.contains(name.last()) ? ADJACENT.stream() : Stream.<List<String>>empty())
                .filter(name::endWith)
                .findFirst()
                .map(facts -> {
                    var parts = facts.get(facts.size() - 1).equals("name")
                            ? facts.subList(0, facts.size() - 1).stream()
                                    .map(fact -> fact + "_name")
                                    .toList()
                            : facts;
                    return prefixed(name.before(facts.size()), parts);
                });
    }

    private static List<String> prefixed(NameWords prefix, List<String> parts) {
        return parts.stream()
                .map(part -> {
                    var words = new ArrayList<>(prefix.words());
                    words.add(part);
                    return String.join("_", words);
                })
                .toList();
    }
}
