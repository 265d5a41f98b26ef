package dev.schemaproof.analysis.type;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.model.DataType;
import dev.schemaproof.sql.SqlExpression.Literal;
import java.math.BigDecimal;
import java.util.Optional;

/** Whether a column can hold what an expression gives. */
public final class Fit {

    /** More digits behind the point are rounded away, and {@code BigDecimal} would need long for huge exponents. */
    private static final int LONGEST_NUMBER = 100;

    private final BaseTypes bases;
    private final TypeSystem types;

    public Fit(BaseTypes bases, TypeSystem types) {
        this.bases = bases;
        this.types = types;
    }

    /**
     * Why it can't.
     *
     * @param summary one sentence in lower case without a full stop
     * @param help the edit to make
     */
    public record Problem(String summary, String help) {}

    /** Why the type can't hold the value, if it surely can't. */
    public Optional<Problem> problem(TypedText text, DataType target) {
        var wanted = types.of(target);
        var given = text.typed().type();
        if (wanted.isEmpty() || given.isEmpty()) {
            return Optional.empty();
        }
        var words = text.text(text.tree().span());
        if (!given.get().isUnknown() && !types.isOpen() && !types.isAssignable(given.get(), wanted.get())) {
            return Optional.of(new Problem(
                    "`" + words + "` is `" + given.get() + "`, and `" + text.name() + "` takes `" + target + "`",
                    types.isString(given.get())
                            ? "cast it: `(" + words + ")::" + wanted.get() + "`"
                            : "write a value of the type `" + target + "`"));
        }
        return text.tree() instanceof Literal literal
                ? size(literal, bases.of(target), text.name(), words, target)
                : Optional.empty();
    }

    private Optional<Problem> size(Literal literal, DataType base, String name, String words, DataType target) {
        if (literal.kind() == Literal.Kind.NUMBER) {
            return number(literal.value()).flatMap(number -> range(number, base, name, words));
        } else if (literal.kind() != Literal.Kind.TEXT || !words.startsWith("'")) {
            return Optional.empty();
        }
        var text = literal.value();
        if (base instanceof DataType.Decimal) {
            return number(text.strip()).flatMap(number -> range(number, base, name, words));
        }
        var most = base instanceof DataType.Varying varying
                ? varying.length()
                : base instanceof DataType.Fixed fixed ? fixed.length() : Integer.MAX_VALUE;
        // Blanks at the end are cut off without a word
        var length = text.stripTrailing().codePointCount(0, text.stripTrailing().length());
        return length <= most
                ? Optional.empty()
                : Optional.of(new Problem(
                        "`" + words + "` has " + length + " characters, and `" + name + "` takes " + most,
                        "shorten it, or widen `" + target + "`"));
    }

    private static Optional<BigDecimal> number(String text) {
        return text.length() <= LONGEST_NUMBER && text.matches("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    private Optional<Problem> range(BigDecimal number, DataType base, String name, String words) {
        if (base instanceof DataType.Decimal decimal) {
            var rounded = number.setScale(decimal.scale(), java.math.RoundingMode.HALF_UP);
            var room = decimal.precision() - decimal.scale();
            return rounded.abs().compareTo(BigDecimal.TEN.pow(room)) < 0
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            "`" + words + "` is too large for `" + name + "`, which is `" + decimal + "`",
                            "`" + decimal + "` has room for " + room + " digits before the point"));
        }
        var type = types.of(base).map(SqlType::name).orElse("");
        return Literals.isWithin(
                        type, number.setScale(0, java.math.RoundingMode.HALF_UP).toBigInteger())
                ? Optional.empty()
                : Optional.of(new Problem(
                        "`" + words + "` is out of the range of `" + name + "`, which is `" + base + "`",
                        Literals.range(type)));
    }
}
