package dev.schemaproof.analysis.cure;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.cure.LooseEnd.Kind;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalTable;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Makes the entities of a decomposition: the one that is taken apart, and the homes of its parts. */
final class Separation {

    private final EntityDependencies dependencies;
    private final Entity entity;
    private final Parting parting;
    private final EntityNames names;
    private final BaseTypes types;
    private final Set<String> gone;
    private final Draft after;
    private final List<Place> places = new ArrayList<>();
    private final List<LooseEnd> looseEnds = new ArrayList<>();

    /** A home in the making. */
    record Place(
            Part part,
            Draft draft,
            Optional<Entity> before,
            Map<String, String> names,
            List<String> key,
            Set<String> added,
            String role) {

        /** Whether the attributes stand there under their own names, so that what is said about them can be said there. */
        boolean takes(Set<String> attributes) {
            return attributes.stream().allMatch(name -> name.equals(names.get(name)));
        }

        String entityName() {
            return draft.entityName();
        }
    }

    Separation(Entity entity, EntityDependencies dependencies, Parting parting, EntityNames names, BaseTypes types) {
        this.entity = entity;
        this.dependencies = dependencies;
        this.parting = parting;
        this.names = names;
        this.types = types;
        gone = parting.gone();
        after = new Draft(entity);
    }

    Entity entity() {
        return entity;
    }

    Set<String> gone() {
        return gone;
    }

    Draft after() {
        return after;
    }

    List<Place> places() {
        return places;
    }

    List<LooseEnd> looseEnds() {
        return looseEnds;
    }

    void loose(Kind kind, String name, List<String> attributes) {
        looseEnds.add(new LooseEnd(kind, name, attributes));
    }

    /** Attributes, keys and the references that hold it together; what else an entity has comes by {@link Belongings}. */
    void separate() {
        for (var part : parting.parts()) {
            place(part);
        }
        after.attributes.keySet().removeAll(gone);
        rekey();
        optionalDeterminants();
    }

    private void place(Part part) {
        var owner = part.owner() < 0 ? after : places.get(part.owner()).draft();
        var determinant = part.owner() < 0
                ? part.determinant()
                : part.determinant().stream()
                        .map(name -> places.get(part.owner()).names().getOrDefault(name, name))
                        .toList();
        var existing = part.owner() < 0
                ? names.existing(entity, after.references, determinant)
                : names.existing(entity, Map.of(), part.determinant());
        var place = existing.map(found -> existing(part, found)).orElseGet(() -> created(part));
        var role = existing.flatMap(EntityNames.Existing::role)
                .map(reference -> reference.role().value())
                .orElseGet(() -> refer(owner, determinant, place, part));
        places.add(new Place(part, place.draft(), place.before(), place.names(), place.key(), place.added(), role));
    }

    private Place created(Part part) {
        var others = places.stream().map(Place::entityName).toList();
        var name = names.unused(entity, part.determinant(), others);
        var table = PostgresNames.fit(RelationalTable.nameFor(name));
        var draft = Draft.beside(entity, name, table, rows(part));
        var called = new LinkedHashMap<String, String>();
        for (var attribute : inOrder(part)) {
            var own = attribute.name().value();
            called.put(own, own);
            draft.attributes.put(own, part.determinant().contains(own) ? asKey(attribute) : attribute);
        }
        draft.key.addAll(draft.named(part.determinant()));
        for (var alternative : part.alternatives()) {
            if (called.keySet().containsAll(alternative)) {
                draft.uniques.add(new UniqueKey(
                        Optional.empty(),
                        draft.named(alternative),
                        KeyDesign.plain(),
                        entity.name().at()));
            }
        }
        return new Place(part, draft, Optional.empty(), called, part.determinant(), called.keySet(), "");
    }

    /** The key first, then what it determines, as declared. */
    private List<Attribute> inOrder(Part part) {
        var attributes = new ArrayList<Attribute>();
        part.determinant().forEach(name -> entity.attribute(name).ifPresent(attributes::add));
        entity.attributes().values().stream()
                .filter(attribute -> part.moved().contains(attribute.name().value()))
                .forEach(attributes::add);
        return attributes;
    }

    private OptionalLong rows(Part part) {
        var one = part.determinant().size() == 1
                ? entity.attribute(part.determinant().get(0))
                : Optional.<Attribute>empty();
        return one.map(attribute -> attribute.values().distinct()).orElseGet(OptionalLong::empty);
    }

    private Place existing(Part part, EntityNames.Existing found) {
        var draft = new Draft(found.entity());
        var called = new LinkedHashMap<String, String>();
        for (var i = 0; i < part.determinant().size(); i++) {
            called.put(part.determinant().get(i), found.key().get(i));
        }
        var added = new LinkedHashSet<String>();
        for (var name : part.moved()) {
            var attribute = entity.attribute(name).orElseThrow();
            var there = found.entity().attribute(name);
            // Where a reference led there before, it would be a copy of this if it were the same
            if (there.isPresent()
                    && found.role().isEmpty()
                    && types.same(there.get().type().value(), attribute.type().value())) {
                called.put(name, name);
            } else {
                var free = there.isEmpty()
                        ? name
                        : EntityNames.unlike(
                                entity.table() + "_" + name,
                                taken -> found.entity().attribute(taken).isPresent());
                called.put(name, free);
                added.add(free);
                draft.attributes.put(free, free.equals(name) ? attribute : renamed(attribute, free));
            }
        }
        var required = draft.attributes.values().stream()
                .filter(attribute ->
                        !attribute.optional() && attribute.generated().isEmpty())
                .map(attribute -> attribute.name().value())
                .filter(added::contains)
                .toList();
        if (!required.isEmpty()) {
            loose(Kind.UNREFERRED_ROWS, found.entity().name().value(), required);
        }
        return new Place(part, draft, Optional.of(found.entity()), called, found.key(), added, "");
    }

    private static Attribute asKey(Attribute attribute) {
        return new Attribute(
                attribute.name(),
                attribute.column(),
                attribute.type(),
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                attribute.collation(),
                attribute.description(),
                attribute.personal(),
                Optional.empty(),
                new Attribute.Values(
                        OptionalLong.empty(),
                        OptionalDouble.empty(),
                        attribute.values().width(),
                        Map.of()));
    }

    private static Attribute renamed(Attribute attribute, String name) {
        var located = new Located<>(name, attribute.name().at());
        return new Attribute(
                located,
                located,
                attribute.type(),
                attribute.optional(),
                attribute.defaultValue(),
                attribute.generated(),
                attribute.virtual(),
                attribute.identity(),
                attribute.collation(),
                attribute.description(),
                attribute.personal(),
                attribute.check(),
                attribute.values());
    }

    private static Attribute required(Attribute attribute) {
        return new Attribute(
                attribute.name(),
                attribute.column(),
                attribute.type(),
                false,
                attribute.defaultValue(),
                attribute.generated(),
                attribute.virtual(),
                attribute.identity(),
                attribute.collation(),
                attribute.description(),
                attribute.personal(),
                attribute.check(),
                attribute.values());
    }

    private String refer(Draft owner, List<String> determinant, Place place, Part part) {
        var wanted = EntityNames.role(part.determinant(), place.entityName());
        var role = EntityNames.unlike(
                wanted,
                name -> owner.references.containsKey(name)
                        || owner.attributes.containsKey(name) && !determinant.equals(List.of(name)));
        owner.references.put(
                role,
                new Reference(
                        owner.named(role),
                        owner.named(place.entityName()),
                        owner.named(determinant),
                        List.of(),
                        Reference.Action.NO_ACTION,
                        List.of(),
                        Reference.Action.NO_ACTION,
                        Reference.Match.SIMPLE,
                        Deferral.NOT_DEFERRABLE,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty()));
        index(owner, determinant);
        return role;
    }

    /** An index by which the rows that refer to one are found, where nothing else begins like that. */
    private void index(Draft owner, List<String> attributes) {
        var columns = new HashSet<>(attributes);
        var led = new ArrayList<List<String>>();
        led.add(Usage.values(owner.key));
        owner.uniques.forEach(unique -> led.add(unique.names()));
        owner.indexes.values().stream()
                .filter(index ->
                        index.method() == Index.Method.BTREE && index.where().isEmpty())
                .forEach(index -> led.add(index.on().stream()
                        .map(part -> part.attribute().orElse(""))
                        .toList()));
        if (led.stream()
                .filter(names -> names.stream().noneMatch(gone::contains))
                .anyMatch(path -> path.size() >= attributes.size()
                        && new HashSet<>(path.subList(0, attributes.size())).equals(columns))) {
            return;
        }
        var name = names.unusedIndex(
                entity, PostgresNames.fit("idx_" + owner.entity().table() + "_" + String.join("_", attributes)));
        owner.indexes.put(
                name,
                new Index(
                        owner.named(name),
                        attributes.stream()
                                .map(attribute -> new Index.Part(
                                        SourceText.of(attribute, entity.name().at()),
                                        false,
                                        false,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))
                                .toList(),
                        Index.Method.BTREE,
                        false,
                        List.of(),
                        Optional.empty(),
                        false,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** What goes out of the primary key is replaced by what determines it. */
    private void rekey() {
        if (entity.keyNames().stream().noneMatch(gone::contains)) {
            return;
        }
        var key = replaced(entity.keyNames());
        after.key.clear();
        after.key.addAll(after.named(key));
        key.forEach(name -> after.attributes.computeIfPresent(name, (same, attribute) -> required(attribute)));
    }

    /** A least key of what stays that follows from a key, by what determines the attributes that go. */
    List<String> replaced(List<String> key) {
        var replaced = new LinkedHashSet<String>();
        for (var name : key) {
            if (gone.contains(name)) {
                replaced.addAll(parting.parts().get(0).determinant());
            } else {
                replaced.add(name);
            }
        }
        return dependencies
                .setOf(replaced)
                .map(set -> dependencies.namesOf(dependencies
                        .dependencies()
                        .reduce(set, dependencies.dependencies().all())))
                .orElse(List.copyOf(replaced));
    }

    /** Rows without a determinant refer to nothing, and so lose what is moved. */
    private void optionalDeterminants() {
        for (var part : parting.parts()) {
            var optional = part.determinant().stream()
                    .filter(name ->
                            entity.attribute(name).filter(Attribute::optional).isPresent())
                    .toList();
            if (!optional.isEmpty()) {
                loose(Kind.OPTIONAL_DETERMINANT, entity.name().value(), optional);
            }
        }
    }

    /** The homes as they are now. */
    List<Home> homes() {
        var homes = new ArrayList<Home>();
        for (var place : places) {
            var part = place.part();
            homes.add(new Home(
                    place.draft().entity(),
                    place.before(),
                    part.owner() < 0
                            ? entity.name().value()
                            : places.get(part.owner()).entityName(),
                    place.role(),
                    new HashMap<>(place.names()),
                    part.determinant(),
                    part.moved()));
        }
        return homes;
    }
}
