package dev.schemaproof.analysis.redundancy;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A dependency inside one entity that only the names suggest: a guess, to be confirmed or refuted by the team.
 *
 * @param entity where
 * @param determinant the attribute that seems to determine the other
 * @param attribute the attribute that seems to be determined
 * @param because why it is suspected
 */
public record Hunch(Entity entity, Attribute determinant, Attribute attribute, String because) {

    /** Determinants end like this and determine what begins likewise and ends like one of those. */
    private record Pair(List<String> determinants, List<String> dependents, String because) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair(
                    List.of("zip_code", "zipcode", "zip", "postal_code", "postalcode", "postcode", "post_code"),
                    List.of("city", "town", "state", "province"),
                    "a postal code usually tells the place"),
            new Pair(
                    List.of("country_code", "country_iso", "iso_country"),
                    List.of("country_name", "country"),
                    "a country's code tells its name"),
            new Pair(
                    List.of("state_code", "province_code"),
                    List.of("state", "province"),
                    "a state's code tells its name"),
            new Pair(
                    List.of("currency_code"),
                    List.of("currency_name", "currency_symbol", "currency"),
                    "a currency's code tells its name"),
            new Pair(
                    List.of("currency"),
                    List.of("currency_name", "currency_symbol"),
                    "a currency tells its name and its sign"),
            new Pair(
                    List.of("language_code"), List.of("language_name", "language"), "a language's code tells its name"),
            new Pair(
                    List.of("bic", "swift", "swift_code", "bank_code", "routing_number", "sort_code"),
                    List.of("bank_name", "bank"),
                    "a bank's code tells its name"),
            new Pair(
                    List.of("isbn", "isbn13", "isbn_13"),
                    List.of("title", "book_title", "author", "author_name", "publisher"),
                    "an ISBN tells the edition"),
            new Pair(
                    List.of("iata", "iata_code", "airport_code", "airport"),
                    List.of("airport_name", "airport_city"),
                    "an airport's code tells its name"),
            new Pair(
                    List.of("sku", "ean", "gtin", "upc", "barcode"),
                    List.of("product_name", "product_title", "product_description", "item_name"),
                    "an article's number tells what it is"));

    /** What is called after its identifier: {@code product_id} and {@code product_name}. */
    private static final List<String> IDENTIFIERS = List.of("_id", "_code", "_no", "_number", "_uuid");

    private static final List<String> DESCRIPTIONS = List.of(
            "name",
            "full_name",
            "first_name",
            "last_name",
            "display_name",
            "title",
            "label",
            "description",
            "email",
            "phone",
            "address",
            "username");

    /** Finds the suspicious pairs in an entity, at most one for each attribute. */
    static Stream<Hunch> in(Entity entity, BaseTypes types) {
        var refutations = Refutations.of(entity);
        var dependents = new HashSet<String>();
        return entity.attributes().values().stream()
                .flatMap(determinant -> suspects(entity, determinant).stream())
                .filter(hunch -> isPlainText(hunch.attribute(), types))
                .filter(hunch -> !refutations.refute(
                        Set.of(hunch.determinant().name().value()),
                        hunch.attribute().name().value()))
                .filter(hunch -> dependents.add(hunch.attribute().name().value()));
    }

    private static List<Hunch> suspects(Entity entity, Attribute determinant) {
        var name = determinant.name().value();
        var found = new ArrayList<Hunch>();
        for (var pair : PAIRS) {
            for (var ending : pair.determinants()) {
                if (endsIn(name, ending)) {
                    var stem = name.substring(0, name.length() - ending.length());
                    suspects(entity, determinant, stem, pair.dependents(), dependent -> pair.because(), found);
                    break;
                }
            }
        }
        for (var ending : IDENTIFIERS) {
            if (name.endsWith(ending) && name.length() > ending.length()) {
                suspects(
                        entity,
                        determinant,
                        name.substring(0, name.length() - ending.length() + 1),
                        DESCRIPTIONS,
                        dependent -> "`" + dependent.name() + "` is called after what `" + determinant.name()
                                + "` identifies",
                        found);
            }
        }
        found.removeIf(Hunch::isIdentified);
        return found;
    }

    private static void suspects(
            Entity entity,
            Attribute determinant,
            String stem,
            List<String> endings,
            Function<Attribute, String> because,
            List<Hunch> found) {
        for (var ending : endings) {
            entity.attribute(stem + ending)
                    .map(dependent -> new Hunch(entity, determinant, dependent, because.apply(dependent)))
                    .ifPresent(found::add);
        }
    }

    /** Whether a name consists of these words, or ends in them. */
    private static boolean endsIn(String name, String words) {
        var before = name.length() - words.length();
        return name.endsWith(words) && (before == 0 || name.charAt(before - 1) == '_');
    }

    /** Where the determinant is a reference, its entity would say what it determines. */
    private static boolean isIdentified(Hunch hunch) {
        return hunch.entity().references().values().stream()
                .anyMatch(reference -> reference
                                .names()
                                .contains(hunch.determinant().name().value())
                        || reference.names().contains(hunch.attribute().name().value()));
    }

    private static boolean isPlainText(Attribute attribute, BaseTypes types) {
        return types.isText(attribute.type().value())
                && !(attribute.type().value() instanceof DataType.Array)
                && attribute.generated().isEmpty();
    }
}
