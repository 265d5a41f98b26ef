package dev.schemaproof.catalog;

import dev.schemaproof.analysis.type.ExtensionPlaces;
import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.Constraints;
import dev.schemaproof.catalog.CatalogTable.Exclusion;
import dev.schemaproof.catalog.CatalogTable.ForeignKey;
import dev.schemaproof.catalog.CatalogTable.Identity;
import dev.schemaproof.catalog.CatalogTable.Key;
import dev.schemaproof.catalog.CatalogTable.Part;
import dev.schemaproof.catalog.CatalogTable.Policy;
import dev.schemaproof.catalog.CatalogTable.Security;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Grant;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RelationalTable;
import dev.schemaproof.model.RowSecurity;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table, or the materialized view, that an entity asks for. */
final class ModelTable {

    static final String EVERYBODY = "public";

    private static final int FIRST_WITH_MAINTAIN = 17;

    private final Model model;
    private final RelationalStore store;
    private final Entity entity;
    private final RelationalTable design;
    private final Optional<SourceText> query;
    private final ModelCopies copies;

    /** @param query what a materialized view shows */
    ModelTable(Model model, RelationalStore store, Entity entity, Optional<SourceText> query) {
        this.model = model;
        this.store = store;
        this.entity = entity;
        this.design = entity.relational();
        this.query = query;
        copies = new ModelCopies(model, store, entity);
    }

    CatalogTable table() {
        List<CatalogTable.Index> indexes = new ArrayList<>();
        if (query.isPresent()) {
            keys().forEach(key -> indexes.add(index(key)));
        }
        entity.indexes().values().forEach(index -> indexes.add(index(index)));
        return new CatalogTable(
                ModelCatalog.name(design.schema(), design.name()),
                query.map(sql -> new ModelQuery(model, store, entity).of(sql)),
                entity.attributes().values().stream().map(this::column).toList(),
                query.isPresent() ? Constraints.none() : constraints(),
                indexes,
                design.partitioning().map(division -> new ModelPartitions(store, entity).of(division)),
                security(),
                // Of a partitioned table, its partitions alone store anything
                design.unlogged() && design.partitioning().isEmpty(),
                design.partitioning().isPresent() ? Map.of() : settings(design.storage()),
                ModelCatalog.comment(entity.description()),
                List.of());
    }

    private Column column(Attribute attribute) {
        Optional<ScalarKind> serial = ModelSequences.serial(attribute);
        Expression type = serial.map(kind -> Expression.written(TypeNames.word(kind)))
                .orElseGet(() -> new TypeNames(model)
                        .written(new ExtensionPlaces(store)
                                .placed(attribute.type().value())));
        Optional<String> comment = comment(attribute);
        String name = attribute.column().value();
        if (query.isPresent()) {
            return new Column(
                    name,
                    type,
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Identity.NONE,
                    Optional.empty(),
                    attribute.collation().map(Located::value),
                    comment);
        }
        return new Column(
                name,
                type,
                attribute.optional()
                        && !entity.keyNames().contains(attribute.name().value()),
                serial.map(kind -> nextOf(ModelSequences.serialName(entity, attribute)))
                        .or(() -> attribute.defaultValue().map(ModelCatalog::written)),
                attribute.generated().map(ModelCatalog::written),
                attribute.virtual(),
                attribute
                        .identity()
                        .map(identity -> switch (identity.numbering()) {
                            case ALWAYS -> Identity.ALWAYS;
                            case BY_DEFAULT -> Identity.BY_DEFAULT;
                            case SERIAL -> Identity.NONE;
                        })
                        .orElse(Identity.NONE),
                attribute
                        .identity()
                        .filter(identity -> !attribute.isSerial())
                        .map(identity -> ModelSequences.counting(identity.options(), type.text())),
                attribute.collation().map(Located::value),
                comment);
    }

    private static Expression nextOf(CatalogName sequence) {
        String name = sequence.schema()
                        .map(schema -> Identifiers.quoted(schema) + ".")
                        .orElse("")
                + Identifiers.quoted(sequence.name());
        return Expression.written("nextval('" + name.replace("'", "''") + "'::regclass)");
    }

    /** Personal data is marked as such, so that it can be found in a database whose model is not at hand. */
    private static Optional<String> comment(Attribute attribute) {
        Optional<String> text = ModelCatalog.comment(attribute.description());
        return attribute.personal()
                ? Optional.of(text.map(given -> given + " (personal data)").orElse("personal data"))
                : text;
    }

    private Constraints constraints() {
        List<Check> checks = new ArrayList<>();
        for (Attribute attribute : entity.attributes().values()) {
            attribute
                    .check()
                    .ifPresent(check -> checks.add(new Check(
                            Optional.of(PostgresNames.check(
                                    entity.table().value(), attribute.column().value())),
                            ModelCatalog.written(check),
                            false,
                            true,
                            Optional.empty())));
        }
        checks.addAll(ModelCatalog.checks(entity.checks().values()));
        return new Constraints(
                primaryKey(),
                Stream.concat(entity.uniques().stream().map(this::unique), copies.keys())
                        .toList(),
                Stream.concat(
                                entity.references().values().stream()
                                        .flatMap(reference -> foreignKey(reference).stream()),
                                copies.foreignKeys())
                        .toList(),
                checks,
                design.exclusions().values().stream().map(this::exclusion).toList());
    }

    private List<Key> keys() {
        List<Key> keys = new ArrayList<>(primaryKey().stream().toList());
        entity.uniques().forEach(unique -> keys.add(unique(unique)));
        return keys;
    }

    private Optional<Key> primaryKey() {
        return entity.key().isEmpty()
                ? Optional.empty()
                : Optional.of(key(
                        design.primaryKey()
                                .map(Located::value)
                                .orElseGet(() ->
                                        PostgresNames.primaryKey(entity.table().value())),
                        entity.keyNames(),
                        design.keyDesign()));
    }

    private Key unique(UniqueKey unique) {
        return key(
                unique.name()
                        .map(Located::value)
                        .orElseGet(() -> PostgresNames.unique(entity.table().value(), columns(unique.names()))),
                unique.names(),
                unique.design());
    }

    private Key key(String name, List<String> attributes, KeyDesign keyDesign) {
        return new Key(
                name,
                columns(attributes),
                locatedColumns(keyDesign.include()),
                keyDesign.nullsNotDistinct(),
                false,
                keyDesign.deferral(),
                settings(keyDesign.storage()),
                ModelCatalog.comment(keyDesign.description()));
    }

    private Optional<ForeignKey> foreignKey(Reference reference) {
        // A foreign key cannot lead into another database
        return model.entity(reference.entity().value())
                .filter(target ->
                        model.storeOf(target).name().value().equals(store.name().value()))
                .map(target -> new ForeignKey(
                        reference
                                .name()
                                .map(Located::value)
                                .orElseGet(() -> PostgresNames.foreignKey(
                                        entity.table().value(), reference.role().value())),
                        columns(reference.names()),
                        ModelCatalog.name(target.relational().schema(), target.table()),
                        reference.referredNames(target).stream()
                                .map(name -> columnName(target, name))
                                .toList(),
                        reference.onDelete().word(),
                        locatedColumns(reference.setOnDelete()),
                        reference.onUpdate().word(),
                        reference.match().word(),
                        reference.deferral(),
                        false,
                        true,
                        ModelCatalog.comment(reference.description())));
    }

    private Exclusion exclusion(dev.schemaproof.model.Exclusion exclusion) {
        return new Exclusion(
                new CatalogTable.Index(
                        exclusion.name().value(),
                        exclusion.method().word(),
                        false,
                        exclusion.elements().stream()
                                .map(element -> part(entity, element.part()))
                                .toList(),
                        locatedColumns(exclusion.include()),
                        exclusion.where().map(ModelCatalog::written),
                        false,
                        settings(exclusion.storage()),
                        true,
                        Optional.empty()),
                exclusion.elements().stream()
                        .map(element -> element.operator().value())
                        .toList(),
                exclusion.deferral(),
                ModelCatalog.comment(exclusion.description()));
    }

    private CatalogTable.Index index(Index index) {
        return new CatalogTable.Index(
                index.name().value(),
                index.method().word(),
                index.unique(),
                index.on().stream().map(part -> part(entity, part)).toList(),
                locatedColumns(index.include()),
                index.where().map(ModelCatalog::written),
                index.nullsNotDistinct(),
                settings(index.storage()),
                true,
                ModelCatalog.comment(index.description()));
    }

    /** A materialized view can have no constraints; a unique index keeps its key. */
    private static CatalogTable.Index index(Key key) {
        return new CatalogTable.Index(
                key.name(),
                Index.Method.BTREE.word(),
                true,
                key.columns().stream()
                        .map(column -> new Part(
                                Optional.of(column),
                                Optional.empty(),
                                false,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                List.of()))
                        .toList(),
                key.include(),
                Optional.empty(),
                key.nullsNotDistinct(),
                key.storage(),
                true,
                key.comment());
    }

    static Part part(Entity entity, Index.Part part) {
        return new Part(
                part.attribute().map(name -> columnName(entity, name)),
                part.expression() ? Optional.of(ModelCatalog.written(part.text())) : Optional.empty(),
                part.descending(),
                part.nullsStandFirst(),
                part.collation().map(Located::value),
                part.operatorClass().map(Located::value),
                part.classOptions()
                        .map(options -> List.of(inParentheses(options.value())))
                        .orElse(List.of()));
    }

    /** What stands between the parentheses, as one text until the database has taken it apart. */
    private static String inParentheses(String options) {
        return options.strip().substring(1, options.strip().length() - 1);
    }

    private Security security() {
        Map<String, Set<String>> grants = new HashMap<>();
        for (Grant grant : design.grants()) {
            if (ModelCatalog.isOwner(grant.role().value())) {
                continue;
            }
            Set<String> privileges = grants.computeIfAbsent(grant.role().value(), role -> new HashSet<>());
            grant.privileges().forEach(permission -> privileges.addAll(privileges(permission)));
        }
        return new Security(
                design.rowSecurity().isPresent(),
                design.rowSecurity().filter(RowSecurity::forced).isPresent(),
                design.rowSecurity()
                        .map(security -> security.policies().values().stream()
                                .map(ModelTable::policy)
                                .toList())
                        .orElse(List.of()),
                new Grants(grants));
    }

    private static Policy policy(RowSecurity.Policy policy) {
        return new Policy(
                policy.name().value(),
                policy.command().word(),
                policy.restrictive(),
                roles(policy),
                policy.using().map(ModelCatalog::written),
                policy.check().map(ModelCatalog::written),
                ModelCatalog.comment(policy.description()));
    }

    /** Beside everybody, others are not kept. */
    private static Set<String> roles(RowSecurity.Policy policy) {
        Set<String> roles = policy.roles().stream().map(Located::value).collect(Collectors.toSet());
        return roles.isEmpty() || roles.contains(EVERYBODY) ? Set.of(EVERYBODY) : roles;
    }

    /** What a privilege comes to: {@code all} is the sum of all that the version knows. */
    private List<String> privileges(Grant.Permission permission) {
        boolean ofColumns = !permission.attributes().isEmpty();
        Set<Grant.Privilege> granted = permission.privilege().value() == Grant.Privilege.ALL
                ? EnumSet.complementOf(EnumSet.of(Grant.Privilege.ALL))
                : EnumSet.of(permission.privilege().value());
        return granted.stream()
                .filter(privilege -> !ofColumns || privilege.ofColumns())
                .filter(privilege -> privilege != Grant.Privilege.MAINTAIN || store.version() >= FIRST_WITH_MAINTAIN)
                .flatMap(privilege -> ofColumns
                        ? locatedColumns(permission.attributes()).stream()
                                .map(column -> privilege.word() + "(" + column + ")")
                        : List.of(privilege.word()).stream())
                .toList();
    }

    static Map<String, String> settings(Map<String, Located<String>> given) {
        Map<String, String> settings = new HashMap<>();
        given.forEach((name, value) -> settings.put(name, value.value()));
        return settings;
    }

    private List<String> columns(List<String> attributes) {
        return attributes.stream().map(name -> columnName(entity, name)).toList();
    }

    private List<String> locatedColumns(List<Located<String>> attributes) {
        return attributes.stream().map(name -> columnName(entity, name.value())).toList();
    }

    static String columnName(Entity entity, String attribute) {
        return entity.attribute(attribute).map(found -> found.column().value()).orElse(attribute);
    }
}
