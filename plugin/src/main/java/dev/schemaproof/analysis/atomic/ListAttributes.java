package dev.schemaproof.analysis.atomic;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.atomic.ListAttribute.Form;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.analysis.word.Plural;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.SourceText;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the lists in attributes of one entity by their types, names, defaults and checks.
 *
 * <p>None are: JSON without a hint at a list, which may be one document; numbers that only make sense together, such as
 * vectors; and texts whose names are plural although they are prose.
 */
final class ListAttributes {

    /** What a text with such a last word holds is said by the word itself. */
    private static final Set<String> LISTS = Set.of("array", "csv", "list", "lists", "set");

    /** What a list of keys is called last. */
    private static final Set<String> KEYS = Set.of("codes", "guids", "ids", "keys", "refs", "uuids");

    /** Plurals that name countable facts, and no prose, settings or amounts. */
    private static final Set<String> COUNTABLE = Set.of(
            "actors",
            "addresses",
            "aliases",
            "allergies",
            "answers",
            "artists",
            "attachments",
            "attendees",
            "authors",
            "awards",
            "brands",
            "categories",
            "certificates",
            "children",
            "choices",
            "cities",
            "colors",
            "colours",
            "contacts",
            "contributors",
            "countries",
            "courses",
            "creators",
            "degrees",
            "departments",
            "diseases",
            "documents",
            "editors",
            "emails",
            "employees",
            "entries",
            "events",
            "files",
            "followers",
            "friends",
            "genres",
            "groups",
            "guests",
            "hashtags",
            "hobbies",
            "hosts",
            "images",
            "ingredients",
            "interests",
            "invitees",
            "items",
            "keywords",
            "languages",
            "lines",
            "medications",
            "members",
            "mentions",
            "milestones",
            "names",
            "nicknames",
            "numbers",
            "orders",
            "owners",
            "parents",
            "participants",
            "passengers",
            "payments",
            "permissions",
            "phones",
            "photos",
            "pictures",
            "platforms",
            "players",
            "products",
            "projects",
            "questions",
            "receipts",
            "recipients",
            "referees",
            "reviewers",
            "reviews",
            "rights",
            "roles",
            "rows",
            "scopes",
            "seats",
            "shipments",
            "siblings",
            "sizes",
            "skills",
            "speakers",
            "sponsors",
            "steps",
            "students",
            "subjects",
            "subscribers",
            "symptoms",
            "synonyms",
            "tags",
            "tasks",
            "teachers",
            "teams",
            "tickets",
            "tracks",
            "urls",
            "users",
            "variants",
            "vehicles",
            "videos",
            "visitors",
            "votes",
            "watchers",
            "winners",
            "writers");

    /** How a document is written, not what is in it. */
    private static final Set<String> DOCUMENTS = Set.of("data", "json", "jsonb");

    private static final Pattern SEPARATED = Pattern.compile(
            "\\b(comma|semicolon|pipe|space|newline|tab)[- ](separated|delimited)|\\bseparated by\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SEPARATORS = Pattern.compile("\\w+([,;|]\\s*\\w+)+");

    /** A pattern in which a group begins or ends with a separator and is repeated, or a function that takes lists apart. */
    private static final Pattern SPLITTING = Pattern.compile("\\([,;|].*\\)[*+]|[,;|](\\s|\\\\s)?[*?]?\\)[*+?]"
            + "|(string_to_array|regexp_split_to_array|split_part)\\s*\\(");

    /** Shorter texts hold no list worth the name. */
    private static final int SHORTEST = 10;

    private final Entity entity;
    private final BaseTypes types;
    private final ListedEntities listed;

    private ListAttributes(Entity entity, BaseTypes types, ListedEntities listed) {
        this.entity = entity;
        this.types = types;
        this.listed = listed;
    }

    static Stream<ListAttribute> in(Entity entity, BaseTypes types, ListedEntities listed) {
        var refutations = Refutations.of(entity);
        var lists = new ListAttributes(entity, types, listed);
        return entity.attributes().values().stream()
                .filter(attribute -> attribute.generated().isEmpty())
                .filter(attribute ->
                        !refutations.attributes().contains(attribute.name().value()))
                .filter(attribute ->
                        !entity.keyNames().contains(attribute.name().value()))
                .flatMap(attribute -> lists.list(attribute).stream());
    }

    private Optional<ListAttribute> list(Attribute attribute) {
        var type = types.of(attribute.type().value());
        if (type instanceof DataType.Array array) {
            return array(attribute, array.element());
        } else if (isJson(type)) {
            return json(attribute);
        }
        return types.isText(type)
                        && !(type instanceof DataType.Varying varying && varying.length() < SHORTEST)
                        && !(type instanceof DataType.Fixed)
                ? delimited(attribute)
                : Optional.empty();
    }

    private static boolean isJson(DataType type) {
        return type.equals(new DataType.Scalar(ScalarKind.JSON))
                || type instanceof DataType.Native verbatim
                        && Set.of("json", "jsonb")
                                .contains(verbatim.text().strip().toLowerCase(Locale.ROOT));
    }

    private Optional<ListAttribute> array(Attribute attribute, DataType element) {
        var name = NameWords.of(attribute.name().value());
        var keys = listed.byKeys(name, element);
        if (keys.isPresent()) {
            return found(
                    attribute,
                    Form.ARRAY,
                    Optional.of(element),
                    keys,
                    true,
                    "`" + attribute.name() + "` is called after the keys of `"
                            + keys.get().name() + "` and has their type");
        }
        if (isJson(element)) {
            return found(
                    attribute, Form.ARRAY, Optional.empty(), listed.byName(name), false, "each element is a document");
        }
        // Numbers without a plural are a vector, a path, a histogram: one value
        return types.isNumber(element) && !(types.isInteger(element) && Plural.is(name.last()))
                ? Optional.empty()
                : found(attribute, Form.ARRAY, Optional.of(element), Optional.empty(), false, "its type is an array");
    }

    private Optional<ListAttribute> json(Attribute attribute) {
        var name = withoutForm(NameWords.of(attribute.name().value()));
        var initial = attribute.defaultValue().map(ListAttributes::literal).orElse("");
        var keys = listed.byKeys(name);
        if (keys.isPresent()) {
            return found(
                    attribute,
                    Form.JSON,
                    Optional.empty(),
                    keys,
                    true,
                    "`" + attribute.name() + "` is called after the keys of `"
                            + keys.get().name() + "`");
        }
        var of = listed.byName(name);
        if (initial.startsWith("{")) {
            return Optional.empty();
        } else if (initial.startsWith("[")) {
            return found(attribute, Form.JSON, Optional.empty(), of, false, "its default is a list");
        } else if (checks(attribute).anyMatch(check -> check.contains("'array'"))) {
            return found(attribute, Form.JSON, Optional.empty(), of, false, "a check wants a list");
        } else if (of.isPresent() && Plural.is(name.last())) {
            return found(
                    attribute,
                    Form.JSON,
                    Optional.empty(),
                    of,
                    false,
                    "`" + attribute.name() + "` is called after rows of `"
                            + of.get().name() + "`");
        }
        return COUNTABLE.contains(name.last())
                ? found(
                        attribute,
                        Form.JSON,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        "`" + name.last() + "` are several")
                : Optional.empty();
    }

    private Optional<ListAttribute> delimited(Attribute attribute) {
        var name = NameWords.of(attribute.name().value());
        var because = delimiterHint(attribute);
        var keys = listed.byKeys(name);
        if (because.isEmpty() && keys.isPresent()) {
            because = Optional.of("`" + attribute.name() + "` is called after the keys of `"
                    + keys.get().name() + "`");
        }
        if (because.isEmpty() && (LISTS.contains(name.last()) || KEYS.contains(name.last())) && name.size() > 1) {
            because = Optional.of("its name ends with `" + name.last() + "`");
        }
        if (because.isEmpty() && COUNTABLE.contains(name.last())) {
            because = Optional.of("`" + name.last() + "` are several");
        }
        return because.flatMap(reason -> found(
                attribute,
                Form.DELIMITED,
                Optional.of(attribute.type().value()),
                keys.or(() -> listed.byName(withoutForm(name))),
                keys.isPresent(),
                reason));
    }

    private Optional<ListAttribute> found(
            Attribute attribute,
            Form form,
            Optional<DataType> element,
            Optional<Entity> of,
            boolean refers,
            String because) {
        return Optional.of(new ListAttribute(
                entity,
                attribute,
                form,
                element,
                of.filter(other -> !other.name().equals(entity.name()) || refers),
                refers,
                because));
    }

    private static NameWords withoutForm(NameWords name) {
        return name.size() > 1 && (LISTS.contains(name.last()) || DOCUMENTS.contains(name.last()))
                ? name.before(1)
                : name;
    }

    /** A hint at separators in what is said about the attribute, apart from its name. */
    private Optional<String> delimiterHint(Attribute attribute) {
        if (attribute
                .description()
                .filter(text -> SEPARATED.matcher(text).find())
                .isPresent()) {
            return Optional.of("its description speaks of separators");
        }
        if (attribute
                .defaultValue()
                .map(ListAttributes::literal)
                .filter(text -> SEPARATORS.matcher(text).matches())
                .isPresent()) {
            return Optional.of("its default has separators");
        }
        return checks(attribute).anyMatch(check -> SPLITTING.matcher(check).find())
                ? Optional.of("a check looks at separators")
                : Optional.empty();
    }

    /** The checks that name the attribute. */
    private Stream<String> checks(Attribute attribute) {
        return Stream.concat(
                        attribute.check().stream(),
                        entity.checks().values().stream().map(check -> check.expression()))
                .map(SourceText::value)
                .filter(text -> text.contains(attribute.column().value()))
                .filter(text -> Pattern.compile(
                                "(?<!\\w)" + Pattern.quote(attribute.column().value()) + "(?!\\w)")
                        .matcher(text)
                        .find());
    }

    /** The text of a constant, or nothing. */
    private static String literal(SourceText value) {
        var text = value.value().strip();
        var end = text.indexOf('\'', 1);
        return text.startsWith("'") && end > 0 ? text.substring(1, end).strip() : "";
    }

    static boolean isKeyWord(String word) {
        return KEYS.contains(word);
    }
}
