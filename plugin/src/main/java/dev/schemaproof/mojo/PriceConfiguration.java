package dev.schemaproof.mojo;

import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.analysis.keyvalue.cost.UnfitPricesException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/**
 * The parameter {@code prices}: elements in a POM, or one text such as {@code currency=USD, storageGbMonth=0.25} in a property. Maven fills the
 * fields by their names, and hands a text to {@link #set}.
 */
public final class PriceConfiguration {

    private static final String PARAMETER = "`schema.prices`";

    private @Nullable String currency;
    private @Nullable String onDemandReadPerMillion;
    private @Nullable String onDemandWritePerMillion;
    private @Nullable String provisionedReadUnitHour;
    private @Nullable String provisionedWriteUnitHour;
    private @Nullable String storageGbMonth;
    private String text = "";

    /** All prices in one text. */
    public void set(String prices) {
        text = prices;
    }

    /**
     * The prices of a parameter that may not be given.
     *
     * @throws MojoFailureException with a line for each that is wrong
     */
    static Prices of(@Nullable PriceConfiguration given) throws MojoFailureException {
        if (given == null) {
            return Prices.NONE;
        }
        var wrong = new ArrayList<String>();
        var prices = Prices.NONE;
        try {
            prices = Prices.of(given.entries(wrong));
        } catch (UnfitPricesException e) {
            e.all().forEach(unfit -> wrong.add("`" + unfit.key() + "` of " + PARAMETER + " " + unfit.message()));
        }
        if (!wrong.isEmpty()) {
            throw new MojoFailureException(String.join("\n", wrong));
        }
        return prices;
    }

    private Map<String, String> entries(List<String> wrong) {
        var entries = new HashMap<String, String>();
        put("currency", currency, entries);
        put("onDemandReadPerMillion", onDemandReadPerMillion, entries);
        put("onDemandWritePerMillion", onDemandWritePerMillion, entries);
        put("provisionedReadUnitHour", provisionedReadUnitHour, entries);
        put("provisionedWriteUnitHour", provisionedWriteUnitHour, entries);
        put("storageGbMonth", storageGbMonth, entries);
        for (var part : text.isBlank() ? new String[0] : text.strip().split("[,;\\s]+", -1)) {
            var pair = part.split("=", 2);
            if (pair.length < 2) {
                wrong.add("`" + part + "` of " + PARAMETER
                        + " is no price: write such as `currency=USD, storageGbMonth=0.25`");
            } else if (entries.put(pair[0], pair[1]) != null) {
                wrong.add("`" + pair[0] + "` of " + PARAMETER + " is given twice");
            }
        }
        return entries;
    }

    private static void put(String key, @Nullable String value, Map<String, String> entries) {
        if (value != null) {
            entries.put(key, value);
        }
    }
}
