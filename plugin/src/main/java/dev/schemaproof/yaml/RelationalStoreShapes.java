package dev.schemaproof.yaml;

import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore.Extension;
import dev.schemaproof.model.RelationalStore.Role;
import dev.schemaproof.model.RelationalStore.SchemaPrivilege;
import dev.schemaproof.model.RelationalStore.SqlSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a relational store holds beside tables: SQL schemas, extensions and roles, each list of names or mapping. */
final class RelationalStoreShapes {

    static final Shape<Map<String, SqlSchema>> SCHEMAS =
            new NamesOrMapping<>("schemas", new SchemaShape(), name -> new SqlSchema(name, Map.of(), Optional.empty()));

    static final Shape<Map<String, Extension>> EXTENSIONS = new NamesOrMapping<>(
            "extensions", new ExtensionShape(), name -> new Extension(name, Optional.empty(), Optional.empty()));

    static final Shape<Map<String, Role>> ROLES =
            new NamesOrMapping<>("roles", new RoleShape(), name -> new Role(name, false, List.of(), Optional.empty()));

    private RelationalStoreShapes() {}

    /** What stands for a name of which nothing else is said. */
    private interface Plain<T> {
        T of(Located<String> name);
    }

    /** A list of names, or a mapping from names to what is said of them. */
    private static final class NamesOrMapping<T> implements Shape<Map<String, T>> {

        private final Shape<List<Located<String>>> names = Shapes.list(Scalars.LOCATED);
        private final Shape<Map<String, T>> mapping;
        private final Plain<T> plain;

        NamesOrMapping(String what, Shape<T> value, Plain<T> plain) {
            mapping = Shapes.named(what, value);
            this.plain = plain;
        }

        @Override
        public Optional<Map<String, T>> read(Spot spot, Reading reading) {
            if (!(spot.node() instanceof Node.Sequence)) {
                return mapping.read(spot, reading);
            }
            return names.read(spot, reading).map(list -> {
                var all = new LinkedHashMap<String, T>();
                for (var name : list) {
                    if (all.putIfAbsent(name.value(), plain.of(name)) != null) {
                        reading.report(
                                Flaw.DUPLICATE_NAME,
                                name.at(),
                                "`" + name + "` stands here twice",
                                "keep one of the two");
                    }
                }
                return all;
            });
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("anyOf", List.of(names.schema(definitions), mapping.schema(definitions)));
            return schema;
        }
    }

    private static final class SchemaShape extends ObjectShape<SqlSchema> {

        private record SchemaGrant(Located<String> role, List<SchemaPrivilege> privileges) {}

        private final Key<Map<String, SchemaGrant>> grants = optional(
                "grants",
                Shapes.named("privileges", new SchemaGrantShape()),
                "What roles may do in it",
                like("{app: usage}"));
        private final Key<String> description =
                optional("description", Scalars.TEXT, "What it holds", like("What the accountants see"));

        SchemaShape() {
            super("sqlSchema", "a schema", "{grants: {app: usage}, description: What the accountants see}");
        }

        @Override
        Optional<SqlSchema> build(Fields fields, Reading reading) {
            var byRole = fields.get(grants, Map.of()).values().stream()
                    .collect(Collectors.toMap(
                            SchemaGrant::role,
                            SchemaGrant::privileges,
                            (one, other) -> one,
                            LinkedHashMap<Located<String>, List<SchemaPrivilege>>::new));
            return Optional.of(new SqlSchema(fields.name(), byRole, fields.get(description)));
        }

        private static final class SchemaGrantShape implements Shape<SchemaGrant> {

            private final Shape<List<SchemaPrivilege>> privileges = Shapes.oneOrMore(
                    Scalars.oneOf("a privilege on schemas", List.of(SchemaPrivilege.values()), SchemaPrivilege::word));

            @Override
            public Optional<SchemaGrant> read(Spot spot, Reading reading) {
                return privileges.read(spot, reading).map(list -> new SchemaGrant(spot.name(), new ArrayList<>(list)));
            }

            @Override
            public Map<String, Object> schema(Definitions definitions) {
                return privileges.schema(definitions);
            }
        }
    }

    private static final class ExtensionShape extends ObjectShape<Extension> {

        private final Key<Located<String>> schema = optional(
                "schema",
                Scalars.LOCATED,
                "Where its objects stand, one of the store's `schemas`",
                otherwise("the first on the search path"),
                like("extensions"));
        private final Key<Located<String>> version = optional(
                "version",
                Scalars.LOCATED,
                "The version wanted, where it matters",
                otherwise("the database's default"),
                like("\"1.6\""));

        ExtensionShape() {
            super("extension", "an extension", "{schema: extensions}");
        }

        @Override
        Optional<Extension> build(Fields fields, Reading reading) {
            return Optional.of(new Extension(fields.name(), fields.get(schema), fields.get(version)));
        }
    }

    private static final class RoleShape extends ObjectShape<Role> {

        private final Key<Boolean> login =
                optional("login", Scalars.TRUTH, "Whether it may log in", byDefault("false"));
        private final Key<List<Located<String>>> memberOf =
                optional("memberOf", EntityShape.NAMES, "Roles whose rights it has", like("[readers]"));
        private final Key<String> description =
                optional("description", Scalars.TEXT, "Who acts in it", like("The web application"));

        RoleShape() {
            super("role", "a role", "{login: true, memberOf: [readers]}");
        }

        @Override
        Optional<Role> build(Fields fields, Reading reading) {
            return Optional.of(new Role(
                    fields.name(), fields.get(login, false), fields.get(memberOf, List.of()), fields.get(description)));
        }
    }
}
