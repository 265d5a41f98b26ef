package dev.schemaproof.prove.data;

import dev.schemaproof.model.DataType;
import dev.schemaproof.model.ScalarKind;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that conditions mention. A row is most telling on either side of them. */
final class Hints {

    private static final Pattern LITERAL = Pattern.compile(
            "'((?:[^']|'')*+)'|\"(?:[^\"]|\"\")*+\"|(?<![\\p{L}\\p{N}_$.])(-?\\d+(?:\\.\\d+)?)(?![\\p{L}\\p{N}_])");

    private Hints() {}

    /** The values that fit the type. */
    static List<String> in(List<String> conditions, DataType type) {
        Set<String> found = new LinkedHashSet<>();
        for (String condition : conditions) {
            Matcher matcher = LITERAL.matcher(condition);
            while (matcher.find()) {
                if (matcher.group(1) != null && isText(type)) {
                    found.add(matcher.group(1).replace("''", "'"));
                } else if (matcher.group(2) != null && isNumber(type)) {
                    BigDecimal number = new BigDecimal(matcher.group(2));
                    boolean whole = !(type instanceof DataType.Decimal) && number.scale() <= 0;
                    for (int step = -1; step <= 1; step++) {
                        BigDecimal near = number.add(BigDecimal.valueOf(step));
                        found.add(whole ? near.toBigInteger().toString() : near.toPlainString());
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    private static boolean isText(DataType type) {
        return type instanceof DataType.Varying
                || type instanceof DataType.Fixed
                || type.equals(new DataType.Scalar(ScalarKind.TEXT));
    }

    private static boolean isNumber(DataType type) {
        return type instanceof DataType.Decimal
                || type instanceof DataType.Scalar scalar
                        && switch (scalar.kind()) {
                            case SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> true;
                            default -> false;
                        };
    }
}
