package dev.schemaproof.analysis.keyvalue;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How many digits the checks leave to a whole number: {@code seq between 0 and 9999}, {@code seq >= 0}, {@code seq < 10000}. From any
 * other condition nothing is concluded.
 */
final class NumberCheck {

    private NumberCheck() {}

    /**
     * The most digits that are left; only numbers with bounds on both sides have fewer than their type allows.
     *
     * @param name the word that stands for the number in the conditions
     * @param most the digits that the type allows
     */
    static int digits(String name, List<String> conditions, int most) {
        var subject = "(?i)\\(?\\s*\"?" + Pattern.quote(name) + "\"?\\s*";
        var low = Optional.<BigInteger>empty();
        var high = Optional.<BigInteger>empty();
        for (var condition : conditions) {
            var between = Pattern.compile(subject + "between\\s+(\\d{1,30})\\s+and\\s+(\\d{1,30})\\s*\\)?")
                    .matcher(condition.strip());
            if (between.matches()) {
                low = Optional.of(new BigInteger(between.group(1)));
                high = Optional.of(new BigInteger(between.group(2)));
                continue;
            }
            for (var term : TextCheck.terms(condition)) {
                var comparison = Pattern.compile(subject + "(<=?|>=?)\\s*(\\d{1,30})\\s*\\)?")
                        .matcher(term);
                if (comparison.matches()) {
                    var bound = new BigInteger(comparison.group(2));
                    switch (comparison.group(1)) {
                        case "<" -> high = Optional.of(bound.subtract(BigInteger.ONE));
                        case "<=" -> high = Optional.of(bound);
                        default -> low = Optional.of(bound);
                    }
                }
            }
        }
        return low.isPresent() && high.isPresent()
                ? Math.min(most, Math.max(1, high.get().abs().toString().length()))
                : most;
    }
}
