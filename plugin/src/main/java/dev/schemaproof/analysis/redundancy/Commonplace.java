package dev.schemaproof.analysis.redundancy;

import dev.schemaproof.model.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names that so many entities have for a fact of their own that sharing one shows nothing: a post and its comment both
 * have a {@code body} and a {@code created_at}.
 */
final class Commonplace {

    /** Whole names. */
    private static final Set<String> NAMES = Set.of(
            "active",
            "amount",
            "archived",
            "attributes",
            "balance",
            "begin",
            "body",
            "caption",
            "category",
            "class",
            "code",
            "color",
            "colour",
            "comment",
            "comments",
            "config",
            "content",
            "cost",
            "currency",
            "data",
            "date",
            "day",
            "deleted",
            "description",
            "details",
            "discount",
            "duration",
            "enabled",
            "end",
            "ends",
            "finish",
            "flags",
            "format",
            "from",
            "hash",
            "height",
            "hidden",
            "icon",
            "id",
            "image",
            "key",
            "kind",
            "label",
            "language",
            "length",
            "level",
            "link",
            "locale",
            "location",
            "locked",
            "message",
            "metadata",
            "name",
            "note",
            "notes",
            "number",
            "options",
            "ordinal",
            "path",
            "payload",
            "phase",
            "photo",
            "picture",
            "position",
            "price",
            "priority",
            "properties",
            "public",
            "quantity",
            "rank",
            "rate",
            "rating",
            "reason",
            "reference",
            "remark",
            "remarks",
            "revision",
            "role",
            "score",
            "sequence",
            "settings",
            "size",
            "slug",
            "source",
            "stage",
            "start",
            "starts",
            "state",
            "status",
            "subject",
            "subtotal",
            "summary",
            "tags",
            "tax",
            "text",
            "time",
            "timezone",
            "title",
            "to",
            "token",
            "total",
            "type",
            "unit",
            "until",
            "uri",
            "url",
            "uuid",
            "value",
            "version",
            "visible",
            "weight",
            "width",
            "year");

    /** Last words of compound names. */
    private static final Set<String> ENDINGS = Set.of(
            "amount",
            "at",
            "by",
            "cost",
            "count",
            "date",
            "flag",
            "hash",
            "id",
            "key",
            "kind",
            "number",
            "on",
            "order",
            "price",
            "quantity",
            "state",
            "status",
            "time",
            "total",
            "type",
            "until",
            "uuid",
            "version");

    /** First words of compound names. */
    private static final Set<String> BEGINNINGS = Set.of("can", "has", "is", "should", "was");

    /**
     * So many entities with an attribute of one name make it a habit of this model: in published schemas each such name
     * ({@code last_updated}, {@code edits_pending}, {@code additional_info}) turned out to be a fact of the row itself.
     */
    private static final int HABIT = 5;

    private final Set<String> habits;

    private Commonplace(Set<String> habits) {
        this.habits = habits;
    }

    /** The names that show nothing in a model of these entities. */
    static Commonplace in(List<Entity> entities) {
        var frequencies = new HashMap<String, Integer>();
        entities.forEach(
                entity -> entity.attributes().keySet().forEach(name -> frequencies.merge(name, 1, Integer::sum)));
        return new Commonplace(frequencies.entrySet().stream()
                .filter(name -> name.getValue() >= HABIT)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet()));
    }

    boolean is(String name) {
        if (habits.contains(name)) {
            return true;
        }
        var first = name.indexOf('_');
        if (first < 0) {
            return NAMES.contains(name);
        }
        return ENDINGS.contains(name.substring(name.lastIndexOf('_') + 1))
                || BEGINNINGS.contains(name.substring(0, first));
    }
}
