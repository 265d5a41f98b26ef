package dev.schemaproof.catalog;

import dev.schemaproof.Models;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A model that uses nearly everything that the language can say of tables, and the same in SQL. */
final class Shop {

    private static final int FIRST_WITH_VIRTUAL_COLUMNS = 18;

    private static final String YAML = """
            schema: shop
            stores:
              main:
                engine: postgresql
                version: %d
                schemas: {billing: {grants: {app: usage}, description: money}}
                extensions: {btree_gist: {version: "1.7"}}
                roles: {app: {}, reader: {login: true, memberOf: [app]}}
                sequences:
                  order_no_seq: {type: int, start: 1000, cache: 5, cycle: true, ownedBy: Order.no, description: numbers}
                  down: {schema: billing, increment: -1}
            types:
              status: {enum: [open, done], schema: billing, description: state}
              email: {domain: text, checks: {has_at: "value ~ '@'", short: "length(value) < 80"}, required: true, default: "'x@y'"}
              emails: {domain: "email[]", description: several}
              code: {domain: text, collation: C, check: "value <> ''"}
            entities:
              Customer:
                schema: billing
                description: pays
                attributes:
                  id: {type: bigint, identity: {generated: by-default, start: 5, increment: 2}}
                  e_mail: {type: email, personal: true, description: where}
                  all_mails: {type: emails, optional: true}
                  code: {type: code, optional: true}
                  name: {type: string(80), collation: C}
                  born: date null
                  nick: {type: text null, collation: pg_catalog.C}
                key: {on: [id], name: pk_customer, include: [name], storage: {fillfactor: 90}, description: the number}
                unique:
                  one_code: {on: [code], nullsNotDistinct: true, include: [born], storage: {fillfactor: 80}, description: alone}
                  late_name: {on: [name], deferrable: initially-deferred}
                  by_born: {on: [born], where: born is not null, nullsNotDistinct: true}
                storage: {fillfactor: 70, autovacuum_enabled: "off", toast.autovacuum_enabled: "false"}
              Order:
                description: of a customer
                attributes:
                  id: bigint
                  no: {type: int, default: "nextval('order_no_seq')"}
                  at: timestamptz
                  s: {type: status, default: "'open'"}
                  x: {type: int, optional: true, generated: {expression: no * 2, virtual: %b}}
                  during: {native: tstzrange}
                  customer_id: bigint null
                  kind: {type: text, check: "kind <> ''"}
                key: [id]
                unique: [[no, at], [customer_id, id]]
                exclusions:
                  no_overlap:
                    on: [no with =, "during with &&"]
                    include: [s]
                    where: "s = 'open'"
                    deferrable: true
                    storage: {fillfactor: 60}
                    description: once
                references:
                  customer:
                    entity: Customer
                    onDelete: set-default
                    onUpdate: cascade
                    deferrable: initially-deferred
                    description: who pays
                  earlier:
                    entity: Order
                    attributes: [customer_id, id]
                    to: [customer_id, id]
                    match: full
                    name: fk_earlier
                  later:
                    entity: Order
                    attributes: [customer_id, id]
                    to: [customer_id, id]
                    onDelete: {set-null: [customer_id]}
                checks:
                  a: "no > 0 -- counted"
                  b: {condition: no < 100000, noInherit: true, description: few}
                indexes:
                  i1:
                    on: ['kind collate "C" text_pattern_ops desc nulls last', "(no + 1)"]
                    storage: {fillfactor: 70}
                    description: found by
                  i2: {on: ["during range_ops"], using: gist}
                  i3: {on: [no], unique: true, nullsNotDistinct: true, include: [at], where: "s = 'open' and \\"order\\".no > 1"}
                grants: {app: [select, "update(no, s)"], public: select, reader: all, current_user: insert}
                rowSecurity:
                  force: true
                  policies:
                    own: {for: select, to: [app, current_user], using: "no = 1", description: theirs}
                    any: {using: "exists (select from billing.customer c where c.id = customer_id)", check: no > 1, restrictive: true}
              Event:
                attributes:
                  id: bigint
                  at: timestamptz
                  region: text
                key: [id, at, region]
                indexes:
                  by_region: {on: [lower(region)]}
                partition:
                  by: range
                  on: [at]
                  partitions:
                    e1:
                      from: "'2025-01-01'"
                      to: "'2026-01-01'"
                      partition:
                        by: list
                        on: [region]
                        partitions:
                          e1_north: {in: ["'n'", null], storage: {fillfactor: 50}, description: cold}
                          e1_rest: default
                    e2: {from: "'2026-01-01'", to: maxvalue, partition: {by: hash, on: [id], partitions: 2}}
                    rest: default
              Basket:
                attributes: {id: bigint, n: {native: serial}}
                key: [id]
                unlogged: true
              Sales:
                table: sales
                attributes: {customer_id: bigint, total: int}
                description: so far
                key: [customer_id]
                indexes:
                  by_total: {on: [(total + 1)]}
                storage: {fillfactor: 40}
                grants: {app: select}
            denormalizations:
              sales:
                duplicates:
                  into: Sales
                  from: {query: "SELECT o.customer_id, count(*) AS total FROM \\"order\\" o GROUP BY 1 -- all"}
                sync: {by: materialized-view, refresh: {every: 5m, concurrently: true}}
            """;

    private static final List<String> SQL = List.of(
            "CREATE SCHEMA billing",
            "COMMENT ON SCHEMA billing IS 'money'",
            "GRANT USAGE ON SCHEMA billing TO app",
            "CREATE EXTENSION btree_gist VERSION '1.7'",
            "CREATE SEQUENCE order_no_seq AS int START 1000 CACHE 5 CYCLE",
            "COMMENT ON SEQUENCE order_no_seq IS 'numbers'",
            "CREATE SEQUENCE billing.down INCREMENT -1",
            "CREATE TYPE billing.status AS ENUM ('open', 'done')",
            "COMMENT ON TYPE billing.status IS 'state'",
            "CREATE DOMAIN email AS text DEFAULT 'x@y' NOT NULL CONSTRAINT has_at CHECK (VALUE ~ '@')"
                    + " CONSTRAINT short CHECK (length(VALUE) < 80)",
            "CREATE DOMAIN emails AS email[]",
            "COMMENT ON DOMAIN emails IS 'several'",
            "CREATE DOMAIN code AS text COLLATE \"C\" CHECK (VALUE <> '')",
            """
            CREATE TABLE billing.customer (
                id bigint GENERATED BY DEFAULT AS IDENTITY (START 5 INCREMENT 2),
                e_mail email NOT NULL,
                all_mails emails,
                code code,
                name varchar(80) COLLATE "C" NOT NULL,
                born date,
                nick text COLLATE "C",
                CONSTRAINT pk_customer PRIMARY KEY (id) INCLUDE (name) WITH (fillfactor = 90),
                CONSTRAINT one_code UNIQUE NULLS NOT DISTINCT (code) INCLUDE (born) WITH (fillfactor = 80),
                CONSTRAINT late_name UNIQUE (name) DEFERRABLE INITIALLY DEFERRED
            ) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = off)""",
            "COMMENT ON TABLE billing.customer IS 'pays'",
            "COMMENT ON COLUMN billing.customer.e_mail IS 'where (personal data)'",
            "COMMENT ON CONSTRAINT pk_customer ON billing.customer IS 'the number'",
            "COMMENT ON CONSTRAINT one_code ON billing.customer IS 'alone'",
            "CREATE UNIQUE INDEX by_born ON billing.customer (born) NULLS NOT DISTINCT WHERE born IS NOT NULL",
            """
            CREATE TABLE "order" (
                id bigint PRIMARY KEY,
                no int NOT NULL DEFAULT nextval('order_no_seq'),
                at timestamptz NOT NULL,
                s billing.status NOT NULL DEFAULT 'open',
                x int GENERATED ALWAYS AS (no * 2) %s,
                during tstzrange NOT NULL,
                customer_id bigint,
                kind text NOT NULL CHECK (kind <> ''),
                UNIQUE (no, at),
                UNIQUE (customer_id, id),
                CONSTRAINT no_overlap EXCLUDE USING gist (no WITH =, during WITH &&) INCLUDE (s)
                    WITH (fillfactor = 60) WHERE (s = 'open') DEFERRABLE,
                CONSTRAINT order_customer_fkey FOREIGN KEY (customer_id) REFERENCES billing.customer
                    ON DELETE SET DEFAULT ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
                CONSTRAINT fk_earlier FOREIGN KEY (customer_id, id) REFERENCES "order" (customer_id, id) MATCH FULL,
                CONSTRAINT order_later_fkey FOREIGN KEY (customer_id, id) REFERENCES "order" (customer_id, id)
                    ON DELETE SET NULL (customer_id),
                CONSTRAINT a CHECK (no > 0),
                CONSTRAINT b CHECK (no < 100000) NO INHERIT)""",
            "ALTER SEQUENCE order_no_seq OWNED BY \"order\".no",
            "COMMENT ON TABLE \"order\" IS 'of a customer'",
            "COMMENT ON CONSTRAINT no_overlap ON \"order\" IS 'once'",
            "COMMENT ON CONSTRAINT order_customer_fkey ON \"order\" IS 'who pays'",
            "COMMENT ON CONSTRAINT b ON \"order\" IS 'few'",
            "CREATE INDEX i1 ON \"order\" (kind COLLATE \"C\" text_pattern_ops DESC NULLS LAST, (no + 1))"
                    + " WITH (fillfactor = 70)",
            "COMMENT ON INDEX i1 IS 'found by'",
            "CREATE INDEX i2 ON \"order\" USING gist (during)",
            "CREATE UNIQUE INDEX i3 ON \"order\" (no) INCLUDE (at) NULLS NOT DISTINCT WHERE s = 'open' AND no > 1",
            "GRANT SELECT, UPDATE (no, s) ON \"order\" TO app",
            "GRANT SELECT ON \"order\" TO public",
            "GRANT ALL ON \"order\" TO reader",
            "GRANT USAGE ON SEQUENCE order_no_seq TO reader",
            "ALTER TABLE \"order\" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
            "CREATE POLICY own ON \"order\" FOR SELECT TO app, current_user USING (no = 1)",
            "COMMENT ON POLICY own ON \"order\" IS 'theirs'",
            "CREATE POLICY \"any\" ON \"order\" AS RESTRICTIVE"
                    + " USING (EXISTS (SELECT FROM billing.customer c WHERE c.id = customer_id)) WITH CHECK (no > 1)",
            "CREATE TABLE event (id bigint, at timestamptz, region text, PRIMARY KEY (id, at, region))"
                    + " PARTITION BY RANGE (at)",
            "CREATE INDEX by_region ON event (lower(region))",
            "CREATE TABLE e1 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')"
                    + " PARTITION BY LIST (region)",
            "CREATE TABLE e1_north PARTITION OF e1 FOR VALUES IN ('n', NULL) WITH (fillfactor = 50)",
            "COMMENT ON TABLE e1_north IS 'cold'",
            "CREATE TABLE e1_rest PARTITION OF e1 DEFAULT",
            "CREATE TABLE e2 PARTITION OF event FOR VALUES FROM ('2026-01-01') TO (MAXVALUE) PARTITION BY HASH (id)",
            "CREATE TABLE e2_p0 PARTITION OF e2 FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
            "CREATE TABLE e2_p1 PARTITION OF e2 FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
            "CREATE TABLE rest PARTITION OF event DEFAULT",
            "CREATE UNLOGGED TABLE basket (id bigint PRIMARY KEY, n serial NOT NULL)",
            "CREATE MATERIALIZED VIEW sales (customer_id, total) WITH (fillfactor = 40) AS"
                    + " SELECT source.customer_id, source.total::int FROM (SELECT o.customer_id, count(*) AS total"
                    + " FROM \"order\" o GROUP BY o.customer_id) AS source (customer_id, total)",
            "COMMENT ON MATERIALIZED VIEW sales IS 'so far'",
            "CREATE UNIQUE INDEX sales_pkey ON sales (customer_id)",
            "CREATE INDEX by_total ON sales ((total + 1))",
            "GRANT SELECT ON sales TO app");

    private Shop() {}

    static Model model(RunningDatabase database) {
        return Models.read(YAML.formatted(database.majorVersion(), virtual(database)));
    }

    /** Makes all of it; the roles are those of the whole server. */
    static void make(RunningDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE app");
            statement.execute("CREATE ROLE reader LOGIN IN ROLE app");
            for (String sql : SQL) {
                statement.execute(
                        sql.startsWith("CREATE TABLE \"order\"")
                                ? sql.formatted(virtual(database) ? "VIRTUAL" : "STORED")
                                : sql);
            }
        }
    }

    private static boolean virtual(RunningDatabase database) {
        return database.majorVersion() >= FIRST_WITH_VIRTUAL_COLUMNS;
    }
}
