package dev.schemaproof.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A CSV file like those that are exported from a denormalized table of order lines: 15 columns, of which the order decides on
 * customer and day, the customer on name, zip code, city and country, and the product on its name, category and price.
 */
final class SyntheticTable {

    static final String HEADER = "order_id,line,ordered_on,customer_id,customer_name,zip_code,city,country,"
            + "product_id,product_name,category,unit_price,quantity,total,note";

    private static final int LINES_PER_ORDER = 4;
    private static final int ROWS_PER_CUSTOMER = 40;
    private static final int PRODUCTS = 5_000;
    private static final int CATEGORIES = 40;
    private static final int CITIES = 2_000;
    private static final int ZIP_CODES_PER_CITY = 5;
    private static final int COUNTRIES = 20;
    private static final int DAYS = 700;

    private SyntheticTable() {}

    static void write(Path file, int rows) throws IOException {
        var random = new Random(20240101);
        var customers = Math.max(1, rows / ROWS_PER_CUSTOMER);
        try (var text = Files.newBufferedWriter(file)) {
            text.append(HEADER).append('\n');
            for (var row = 0; row < rows; row++) {
                var order = row / LINES_PER_ORDER;
                line(text, order, row % LINES_PER_ORDER + 1, mix(order, 1, customers), random);
            }
        }
    }

    private static void line(Writer text, int order, int line, int customer, Random random) throws IOException {
        var zip = mix(customer, 2, CITIES * ZIP_CODES_PER_CITY);
        var city = zip / ZIP_CODES_PER_CITY;
        var product = random.nextInt(PRODUCTS);
        var cents = 100 + mix(product, 3, 20_000);
        var quantity = 1 + random.nextInt(9);
        text.append(String.valueOf(100_000 + order)).append(',');
        text.append(String.valueOf(line)).append(',');
        text.append(String.valueOf(java.time.LocalDate.of(2023, 1, 1).plusDays(mix(order, 4, DAYS))))
                .append(',');
        text.append("C").append(String.valueOf(customer)).append(',');
        text.append("Customer ")
                .append(String.valueOf(mix(customer, 5, 400_000)))
                .append(',');
        text.append(String.valueOf(10_000 + zip)).append(',');
        text.append("City ").append(String.valueOf(city)).append(',');
        text.append("Country ").append(String.valueOf(mix(city, 6, COUNTRIES))).append(',');
        text.append(String.valueOf(product)).append(',');
        text.append("\"Product, ")
                .append(String.valueOf(mix(product, 7, 100_000)))
                .append("\",");
        text.append("Category ")
                .append(String.valueOf(mix(product, 8, CATEGORIES)))
                .append(',');
        text.append(money(cents)).append(',');
        text.append(String.valueOf(quantity)).append(',');
        text.append(money(cents * quantity)).append(',');
        text.append(random.nextInt(10) == 0 ? "note " + random.nextInt(50) : "").append('\n');
    }

    private static String money(int cents) {
        return cents / 100 + "." + cents / 10 % 10 + cents % 10;
    }

    /** A number below a limit that a number decides on, another one for each salt. */
    private static int mix(int number, int salt, int limit) {
        var mixed = (number + 1L) * 0x9E3779B97F4A7C15L + salt * 0xC2B2AE3D27D4EB4FL;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 31;
        return (int) ((mixed >>> 1) % limit);
    }
}
