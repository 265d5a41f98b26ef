package dev.schemaproof.output;

import dev.schemaproof.output.PlacedJson.SyntaxException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object of a JSON file that has to have certain members. Whatever is wrong with it is said at its place. */
public final class PlacedObject {

    private final PlacedJson json;
    private final String what;
    private final Map<String, PlacedJson> members;

    private PlacedObject(PlacedJson json, String what, Map<String, PlacedJson> members) {
        this.json = json;
        this.what = what;
        this.members = members;
    }

    /**
     * The object.
     *
     * @param what what it is, to begin a sentence with
     * @throws SyntaxException when it is none
     */
    public static PlacedObject of(PlacedJson json, String what) throws SyntaxException {
        var members = json.members();
        if (members.isEmpty()) {
            throw json.flaw(what + " is an object in braces");
        }
        return new PlacedObject(json, what, members.get());
    }

    /**
     * Says which members there may be.
     *
     * @throws SyntaxException when it has others
     */
    public PlacedObject only(List<String> keys) throws SyntaxException {
        for (var member : members.entrySet()) {
            if (!keys.contains(member.getKey())) {
                throw member.getValue().flaw(what + " has no `" + member.getKey() + "`");
            }
        }
        return this;
    }

    /**
     * Says which version of its format it has to have.
     *
     * @throws SyntaxException when it has another or none
     */
    public PlacedObject version(int version) throws SyntaxException {
        var found = members.get("version");
        if (found == null
                || !(found.value() instanceof BigDecimal number)
                || number.compareTo(BigDecimal.valueOf(version)) != 0) {
            throw at(found).flaw(what + " needs `\"version\": " + version + "`");
        }
        return this;
    }

    /**
     * The items of a list.
     *
     * @throws SyntaxException when there is no list of that name
     */
    public List<PlacedJson> list(String key) throws SyntaxException {
        var found = members.get(key);
        if (found == null || !(found.value() instanceof List<?> items)) {
            throw at(found).flaw(what + " needs a list `" + key + "`");
        }
        return items.stream().map(PlacedJson.class::cast).toList();
    }

    /**
     * A text.
     *
     * @throws SyntaxException when there is no text of that name
     */
    public String text(String key) throws SyntaxException {
        var found = members.get(key);
        if (found != null && found.value() instanceof String text) {
            return text;
        }
        throw at(found).flaw(what + " needs a text `" + key + "`");
    }

    /**
     * A number that is not negative.
     *
     * @throws SyntaxException when there is no such number of that name
     */
    public BigDecimal number(String key) throws SyntaxException {
        var found = members.get(key);
        if (found != null && found.value() instanceof BigDecimal number && number.signum() >= 0) {
            return number;
        }
        throw at(found).flaw(what + " needs a number `" + key + "`");
    }

    /**
     * A number from 0 that need not be there.
     *
     * @throws SyntaxException when something else is there
     */
    public Optional<BigDecimal> numberIfAny(String key) throws SyntaxException {
        return members.containsKey(key) ? Optional.of(number(key)) : Optional.empty();
    }

    /**
     * A whole number from 1 that need not be there.
     *
     * @throws SyntaxException when something else is there
     */
    public Optional<Integer> count(String key) throws SyntaxException {
        var found = members.get(key);
        if (found == null) {
            return Optional.empty();
        }
        if (found.value() instanceof BigDecimal number
                && number.stripTrailingZeros().scale() <= 0
                && number.signum() > 0
                && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            return Optional.of(number.intValueExact());
        }
        throw found.flaw("`" + key + "` is a whole number from 1");
    }

    private PlacedJson at(@Nullable PlacedJson member) {
        return member == null ? json : member;
    }
}
