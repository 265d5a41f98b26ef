package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.analysis.keyvalue.cost.UnfitPricesException.Unfit;
import dev.schemaproof.diagnostic.NearestName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the user pays. None are built in, as they differ by region and change.
 *
 * @param currency three letters such as {@code USD}
 * @param amounts in that currency; what isn't there isn't known
 */
public record Prices(Optional<String> currency, Map<Price, BigDecimal> amounts) {

    /** No price is known. */
    public static final Prices NONE = new Prices(Optional.empty(), Map.of());

    /** The key of the currency. */
    public static final String CURRENCY = "currency";

    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,12})?");

    public Prices {
        var copy = new EnumMap<Price, BigDecimal>(Price.class);
        copy.putAll(amounts);
        amounts = Collections.unmodifiableMap(copy);
    }

    /**
     * Of a configuration.
     *
     * @param entries texts by {@link Price#key()} and {@link #CURRENCY}
     * @throws UnfitPricesException when keys are none, or texts no prices
     */
    public static Prices of(Map<String, String> entries) throws UnfitPricesException {
        Optional<String> currency = Optional.empty();
        Map<Price, BigDecimal> amounts = new EnumMap<>(Price.class);
        var unfit = new ArrayList<Unfit>();
        for (var entry : new TreeMap<>(entries).entrySet()) {
            var key = entry.getKey();
            var text = entry.getValue().strip();
            var price = Price.named(key);
            if (key.equals(CURRENCY) && CODE.matcher(text).matches()) {
                currency = Optional.of(text);
            } else if (key.equals(CURRENCY)) {
                unfit.add(new Unfit(key, "is `" + text + "`, but has to be three capital letters such as `USD`"));
            } else if (price.isEmpty()) {
                unfit.add(unknown(key));
            } else if (AMOUNT.matcher(text).matches()) {
                amounts.put(price.get(), new BigDecimal(text));
            } else {
                unfit.add(noAmount(price.get(), text));
            }
        }
        if (!unfit.isEmpty()) {
            throw new UnfitPricesException(unfit);
        }
        return new Prices(currency, amounts);
    }

    private static Unfit noAmount(Price price, String text) {
        return new Unfit(
                price.key(),
                "is `" + text + "`, but the price of " + price.of() + " has to be "
                        + (text.startsWith("-") ? "0 or more" : "a number such as `0.25`"));
    }

    private static Unfit unknown(String key) {
        var known = new ArrayList<>(List.of(CURRENCY));
        Stream.of(Price.values()).map(Price::key).forEach(known::add);
        return new Unfit(
                key,
                "is no price: "
                        + NearestName.of(key, known)
                                .map(nearest -> "is `" + nearest + "` meant?")
                                .orElseGet(() -> "there are `" + String.join("`, `", known) + "`"));
    }

    /** The price, where it is known. */
    public Optional<BigDecimal> of(Price price) {
        return Optional.ofNullable(amounts.get(price));
    }

    /** Whether any is known. */
    public boolean any() {
        return !amounts.isEmpty();
    }

    /** All of them as a text that is the same for the same prices. */
    public String text() {
        var text = new StringBuilder(currency.orElse(""));
        amounts.forEach((price, amount) ->
                text.append(' ').append(price.key()).append('=').append(amount.toPlainString()));
        return text.toString();
    }
}
