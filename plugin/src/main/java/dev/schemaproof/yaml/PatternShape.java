package dev.schemaproof.yaml;

import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Header;
import dev.schemaproof.model.AccessPattern.Include;
import dev.schemaproof.model.AccessPattern.Order;
import dev.schemaproof.model.AccessPattern.Rate;
import dev.schemaproof.model.AccessPattern.WriteKind;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** An access pattern, as SQL or in the structured form. */
final class PatternShape extends ObjectShape<AccessPattern> {

    private final Key<String> description = optional(
            "description", Scalars.TEXT, "What the query is for", like("The 20 most recent posts of an author"));
    private final Key<Rate> rate =
            optional("rate", Scalars.RATE_OF, "How often it runs", like("2000/s", "5/min", "1/day"));
    private final Key<Located<String>> store = optional(
            "store", Scalars.LOCATED, "The store that answers it", otherwise("its entity's own"), like("edge"));
    private final Key<String> scan = optional(
            "scan",
            Scalars.oneOf("a decision", List.of("allowed"), word -> word),
            "Accepts that everything is read; needs a `reason`",
            like("allowed"));
    private final Key<Located<String>> reason = optional(
            "reason",
            Scalars.REASON,
            "Why a full scan is accepted",
            like("The table never has more than a few hundred rows"));
    private final Key<SourceText> sql = optional(
            "sql",
            Scalars.SOURCE,
            "The statement in the store's own dialect, with :named parameters",
            like("SELECT username FROM users WHERE id = :id"));
    private final Key<Located<String>> entity =
            optional("entity", Scalars.LOCATED, "What it reads or writes, in the structured form", like("User"));
    private final Key<Find> find = optional(
            "find",
            Scalars.oneOf(
                    "a number of results",
                    List.of(Find.values()),
                    value -> value.name().toLowerCase(Locale.ROOT)),
            "Whether one row, many, or their count",
            like("many"));
    private final Key<WriteKind> write = optional(
            "write",
            Scalars.oneOf("a kind of write", List.of(WriteKind.values()), WriteKind::word),
            "What it does to rows",
            like("insert"));
    private final Key<List<Condition>> where = optional(
            "where",
            Shapes.oneOrMore(ConditionText.CONDITION_OF),
            "Conditions that all hold",
            like("[author_id = :author, \"created_at >= :since\"]"));
    private final Key<List<Order>> orderBy =
            optional("orderBy", Shapes.oneOrMore(ConditionText.ORDER_OF), "Its order", like("[created_at desc]"));
    private final Key<List<Located<String>>> select = optional(
            "select",
            Shapes.oneOrMore(Scalars.LOCATED),
            "The attributes it needs",
            otherwise("all"),
            like("[id, body, created_at]"));
    private final Key<Long> limit =
            optional("limit", Scalars.COUNT_OF, "At most so many rows", otherwise("no limit"), like("20"));
    private final Key<Boolean> consistent = optional(
            "consistent",
            Scalars.TRUTH,
            "Whether it has to see every write that was answered before; relational stores always do",
            byDefault("false"),
            like("true"));
    private final Key<Map<String, Include>> include = optional(
            "include",
            Shapes.named("roles", IncludeShape.EITHER),
            "The rows of other entities that refer to those it reads, by the role that does; for DynamoDB",
            like("{Order: customer}"));
    private final Key<List<Located<String>>> set =
            optional("set", Shapes.oneOrMore(Scalars.LOCATED), "The attributes that an update changes", like("[body]"));

    PatternShape() {
        super(
                "accessPattern",
                "an access pattern",
                "{entity: User, find: one, where: [id = :id], select: [username], rate: 3000/s}");
    }

    @Override
    Optional<AccessPattern> build(Fields fields, Reading reading) {
        var before = reading.count();
        checkForm(fields, reading);
        var header = new Header(
                fields.name(),
                fields.get(description),
                fields.get(rate),
                fields.get(store),
                acceptedScan(fields, reading),
                fields.sound() && reading.count() == before);
        if (fields.place(sql).isPresent()) {
            return fields.get(sql).map(statement -> new AccessPattern.Sql(header, statement));
        }
        if (fields.place(write).isPresent()) {
            return fields.get(entity)
                    .flatMap(target -> fields.get(write)
                            .map(kind -> new AccessPattern.Write(
                                    header, target, kind, fields.get(where, List.of()), fields.get(set, List.of()))));
        }
        return fields.get(entity)
                .map(target -> new AccessPattern.Read(
                        header,
                        target,
                        fields.get(find, Find.MANY),
                        fields.get(where, List.of()),
                        fields.get(orderBy, List.of()),
                        fields.get(select, List.of()),
                        fields.get(limit).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                        fields.get(consistent, false),
                        List.copyOf(fields.get(include, Map.of()).values())));
    }

    /** A pattern is SQL, a read or a write: exactly one of them, with the keys that belong to it. */
    private void checkForm(Fields fields, Reading reading) {
        var isSql = fields.place(sql).isPresent();
        var isWrite = fields.place(write).isPresent();
        if (isSql) {
            refuse(
                    fields,
                    reading,
                    "a pattern given as SQL says this in its statement",
                    entity,
                    find,
                    write,
                    where,
                    orderBy,
                    select,
                    limit,
                    consistent,
                    include,
                    set);
        } else if (isWrite) {
            refuse(fields, reading, "a write doesn't read", find, orderBy, select, limit, consistent, include);
            if (fields.get(write)
                    .map(kind -> kind != WriteKind.UPDATE && kind != WriteKind.UPSERT)
                    .orElse(false)) {
                refuse(fields, reading, "only an update or upsert changes attributes", set);
            }
        } else {
            refuse(fields, reading, "only a write changes attributes", set);
            checkInclude(fields, reading);
        }
        if (!isSql && fields.place(entity).isEmpty()) {
            reading.report(
                    Flaw.INCOMPLETE_ELEMENT,
                    fields.name().at(),
                    "an access pattern needs `sql`, or `entity` with `find` or `write`",
                    "write `" + fields.name() + ": {entity: ..., find: many, where: [...]}`, or `sql: SELECT ...`");
        } else if (!isSql && !isWrite && fields.place(find).isEmpty()) {
            reading.report(
                    Flaw.INCOMPLETE_ELEMENT,
                    fields.name().at(),
                    "an access pattern on an entity needs `find` or `write`",
                    "write `find: one`, `find: many` or `find: count`, or `write: insert` and the like");
        }
    }

    /** A request counts the items of all entities alike. */
    private void checkInclude(Fields fields, Reading reading) {
        if (fields.place(include).isPresent()) {
            refuse(fields, reading, "it would count the rows of `include` too", limit);
            if (fields.get(find).filter(Find.COUNT::equals).isPresent()) {
                refuse(fields, reading, "a count returns no rows", include);
            }
        }
    }

    private static void refuse(Fields fields, Reading reading, String why, Key<?>... keys) {
        Stream.of(keys)
                .filter(key -> fields.place(key).isPresent())
                .forEach(key -> reading.report(
                        Flaw.UNKNOWN_KEY,
                        fields.place(key).orElseThrow(),
                        "`" + key.name() + "` doesn't fit here: " + why,
                        "remove `" + key.name() + "`"));
    }

    private Optional<Located<String>> acceptedScan(Fields fields, Reading reading) {
        if (fields.place(scan).isPresent() && fields.place(reason).isEmpty()) {
            reading.report(
                    Flaw.INCOMPLETE_ELEMENT,
                    fields.place(scan).orElseThrow(),
                    "a scan is allowed only with a reason",
                    "add `reason:` beside `scan: allowed`");
        }
        return fields.get(scan).flatMap(allowed -> fields.get(reason));
    }
}
