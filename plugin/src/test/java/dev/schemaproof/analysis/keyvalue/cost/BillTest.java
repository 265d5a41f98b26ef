package dev.schemaproof.analysis.keyvalue.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.model.KeyValueTable.Billing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices, and what a month costs by them. */
class BillTest {

    private static final Billing ON_DEMAND = new Billing.OnDemand();
    private static final Billing PROVISIONED = new Billing.Provisioned(50, 10);

    private static Bill bill(String... entries) throws UnfitPricesException {
        var prices = new java.util.HashMap<String, String>();
        for (var entry : entries) {
            prices.put(entry.split("=", 2)[0], entry.split("=", 2)[1]);
        }
        return new Bill(Prices.of(prices));
    }

    @Test
    void onDemandEveryUnitIsPaid() throws Exception {
        // 1500 and 20 a second for 730 hours: 3942 million at 0.125, 52.56 million at 0.625
        var bill = bill("onDemandReadPerMillion=0.125", "onDemandWritePerMillion=0.625");
        assertThat(bill.used(ON_DEMAND, 1500, 20).orElseThrow()).isEqualByComparingTo("525.6");
    }

    @Test
    void provisionedEveryHourIsPaid() throws Exception {
        var bill = bill("provisionedReadUnitHour=0.00013", "provisionedWriteUnitHour=0.00065");
        // 730 hours of 50 and 10 units
        assertThat(bill.used(PROVISIONED, 50, 10).orElseThrow()).isEqualByComparingTo("9.49");
    }

    @Test
    void storageIsPaidByTheGigabyteOfTwoToTheThirtieth() throws Exception {
        assertThat(bill("storageGbMonth=0.25").storage(3.0 * (1L << 30)).orElseThrow())
                .isEqualByComparingTo("0.75");
    }

    @Test
    void decimalsAreNotRoundedOnTheWay() throws Exception {
        var bill = bill("onDemandReadPerMillion=0.1", "storageGbMonth=0.1");
        assertThat(bill.used(ON_DEMAND, 0.1, 0).orElseThrow()).isEqualByComparingTo("0.02628");
    }

    @Test
    void whatHasNoPriceHasNoCost() throws Exception {
        var bill = bill("onDemandReadPerMillion=0.125");
        assertThat(bill.used(ON_DEMAND, 1, 0)).isPresent();
        assertThat(bill.used(ON_DEMAND, 1, 1)).isEmpty();
        assertThat(bill.used(PROVISIONED, 1, 1)).isEmpty();
        assertThat(bill.storage(1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            storageGbMonth           | -0.25 | is `-0.25`, but the price of a GB for a month has to be 0 or more
            storageGbMonth           | free  | is `free`, but the price of a GB for a month has to be a number such as `0.25`
            onDemandReadPerMillion   | 0,125 | is `0,125`, but the price of a million read request units has to be a number such as `0.25`
            provisionedWriteUnitHour | 1e3   | is `1e3`, but the price of a write capacity unit for an hour has to be a number such as `0.25`
            provisionedReadUnitHour  | .5    | is `.5`, but the price of a read capacity unit for an hour has to be a number such as `0.25`
            currency                 | euro  | is `euro`, but has to be three capital letters such as `USD`
            storageGBMonth           | 0.25  | is no price: is `storageGbMonth` meant?
            tax                      | 19    | is no price: there are `currency`, `onDemandReadPerMillion`, `onDemandWritePerMillion`, `provisionedReadUnitHour`, `provisionedWriteUnitHour`, `storageGbMonth`
            """)
    void badPricesAreRefused(String key, String text, String message) {
        assertThatThrownBy(() -> Prices.of(Map.of(key, text)))
                .isInstanceOfSatisfying(
                        UnfitPricesException.class,
                        e -> assertThat(e.all()).containsExactly(new UnfitPricesException.Unfit(key, message)));
    }

    @Test
    void allBadPricesAreTold() {
        assertThatThrownBy(() -> Prices.of(Map.of(
                        "tax", "19", "storageGbMonth", "free", "currency", "euro", "onDemandReadPerMillion", "1")))
                .isInstanceOfSatisfying(
                        UnfitPricesException.class,
                        e -> assertThat(e.all())
                                .extracting(UnfitPricesException.Unfit::key)
                                .containsExactly("currency", "storageGbMonth", "tax"));
    }

    @Test
    void samePricesHaveTheSameText() throws Exception {
        assertThat(bill("storageGbMonth=0.25", "currency=USD").prices().text())
                .isEqualTo(
                        bill("currency=USD", "storageGbMonth= 0.25 ").prices().text())
                .isNotEqualTo(
                        bill("currency=USD", "storageGbMonth=0.26").prices().text())
                .isNotEqualTo(
                        bill("currency=EUR", "storageGbMonth=0.25").prices().text());
    }
}
