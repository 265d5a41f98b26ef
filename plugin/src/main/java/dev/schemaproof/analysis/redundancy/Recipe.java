package dev.schemaproof.analysis.redundancy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names that tell how one attribute follows from others. All names may have the same words before them: {@code
 * line_total} with {@code line_price} and {@code line_quantity}.
 *
 * @param results names of what follows
 * @param inputs for each input the names that it may have, likeliest first
 * @param kind the types of all of them
 * @param formula how the result is computed, with {@code $1} for the first input; empty where names don't tell enough
 * @param because why
 */
record Recipe(List<String> results, List<List<String>> inputs, Kind kind, Optional<String> formula, String because) {

    /** What types a result and its inputs have. */
    enum Kind {
        NUMBERS,
        TEXTS,
        /** A number or a span of time that follows from days or times. */
        TIMES
    }

    private static final List<String> PRICE = List.of(
            "unit_price",
            "price",
            "price_each",
            "unit_cost",
            "price_per_unit",
            "cost_per_unit",
            "hourly_rate",
            "rate",
            "cost");
    private static final List<String> QUANTITY =
            List.of("quantity", "qty", "quantity_ordered", "units", "pieces", "hours");
    private static final List<String> TAX = List.of("tax", "tax_amount", "tax_total", "vat", "vat_amount", "sales_tax");
    private static final List<String> NET = List.of("net", "net_amount", "net_price", "net_total", "amount_net");
    private static final List<String> START = List.of(
            "started_at",
            "start_at",
            "starts_at",
            "start_time",
            "start_date",
            "start",
            "began_at",
            "begin_at",
            "begin",
            "opened_at",
            "check_in",
            "clock_in");
    private static final List<String> END = List.of(
            "ended_at",
            "end_at",
            "ends_at",
            "end_time",
            "end_date",
            "end",
            "finished_at",
            "completed_at",
            "closed_at",
            "check_out",
            "clock_out",
            "stopped_at");

    private static final List<Recipe> ALL = List.of(
            new Recipe(
                    List.of(
                            "total",
                            "line_total",
                            "total_price",
                            "total_amount",
                            "total_cost",
                            "extended_price",
                            "line_amount",
                            "subtotal",
                            "sub_total"),
                    List.of(PRICE, QUANTITY),
                    Kind.NUMBERS,
                    Optional.of("$1 * $2"),
                    "it is called as the product of the two would be"),
            new Recipe(
                    List.of("gross", "gross_amount", "gross_price", "gross_total", "amount_gross"),
                    List.of(NET, TAX),
                    Kind.NUMBERS,
                    Optional.of("$1 + $2"),
                    "a gross amount is the net amount and the tax"),
            new Recipe(
                    List.of("total", "total_amount", "total_price", "grand_total"),
                    List.of(List.of("subtotal", "sub_total", "net", "net_amount", "net_total"), TAX),
                    Kind.NUMBERS,
                    Optional.of("$1 + $2"),
                    "it is called as the sum of the two would be"),
            new Recipe(
                    List.of("final_price", "sale_price", "discounted_price", "net_price", "price_after_discount"),
                    List.of(
                            List.of("price", "list_price", "base_price", "original_price", "unit_price"),
                            List.of("discount_amount")),
                    Kind.NUMBERS,
                    Optional.of("$1 - $2"),
                    "it is called as the price without the discount would be"),
            new Recipe(
                    List.of("final_price", "sale_price", "discounted_price", "net_price", "price_after_discount"),
                    List.of(
                            List.of("price", "list_price", "base_price", "original_price", "unit_price"),
                            List.of("discount", "discount_percent", "discount_pct", "discount_rate")),
                    Kind.NUMBERS,
                    Optional.empty(),
                    "it is called as the price without the discount would be"),
            new Recipe(
                    List.of("area"),
                    List.of(List.of("width", "breadth"), List.of("height", "length", "depth")),
                    Kind.NUMBERS,
                    Optional.of("$1 * $2"),
                    "an area is the product of two lengths"),
            new Recipe(
                    List.of("volume"),
                    List.of(List.of("width", "breadth"), List.of("height"), List.of("length", "depth")),
                    Kind.NUMBERS,
                    Optional.of("$1 * $2 * $3"),
                    "a volume is the product of three lengths"),
            new Recipe(
                    List.of("bmi", "body_mass_index"),
                    List.of(List.of("weight", "weight_kg"), List.of("height", "height_m", "height_cm")),
                    Kind.NUMBERS,
                    Optional.empty(),
                    "a body mass index follows from weight and height"),
            new Recipe(
                    List.of("full_name", "fullname", "complete_name"),
                    List.of(
                            List.of("first_name", "firstname", "given_name", "forename"),
                            List.of("last_name", "lastname", "surname", "family_name")),
                    Kind.TEXTS,
                    Optional.of("$1 || ' ' || $2"),
                    "a full name is made of its parts"),
            new Recipe(
                    List.of("age", "age_years"),
                    List.of(List.of(
                            "birth_date", "birthdate", "date_of_birth", "dob", "birthday", "born_on", "born_at")),
                    Kind.TIMES,
                    Optional.empty(),
                    "an age follows from the day of birth, and is another one each year"),
            new Recipe(
                    List.of(
                            "duration",
                            "duration_seconds",
                            "duration_minutes",
                            "duration_hours",
                            "duration_ms",
                            "duration_days",
                            "elapsed",
                            "elapsed_time",
                            "elapsed_seconds"),
                    List.of(START, END),
                    Kind.TIMES,
                    Optional.of("$2 - $1"),
                    "a duration follows from its begin and its end"));

    /** By the last word of a result's name, as most names are none. */
    private static final Map<String, List<Recipe>> BY_LAST_WORD = byLastWord();

    private static Map<String, List<Recipe>> byLastWord() {
        var recipes = new HashMap<String, List<Recipe>>();
        for (var recipe : ALL) {
            recipe.results().stream()
                    .map(Recipe::lastWord)
                    .distinct()
                    .forEach(word -> recipes.computeIfAbsent(word, first -> new ArrayList<>())
                            .add(recipe));
        }
        return recipes;
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf('_') + 1);
    }

    /** Those by which an attribute of this name could be computed. */
    static List<Recipe> of(String name) {
        return BY_LAST_WORD.getOrDefault(lastWord(name), List.of());
    }
}
