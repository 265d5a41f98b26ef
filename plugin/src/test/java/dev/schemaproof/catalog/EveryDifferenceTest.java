package dev.schemaproof.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every property that a model can give is compared: one change, one difference. */
class EveryDifferenceTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static RunningDatabase database;
    private static Model model;
    private static Catalog expected;

    @BeforeAll
    static void make() throws SQLException {
        database = SERVER.database();
        model = Shop.model(database);
        Shop.make(database);
        try (Connection connection = database.connect()) {
            expected = new ExpressionPrinter(connection)
                    .print(ModelCatalog.of(model, model.relationalStore().orElseThrow()));
        }
    }

    @Test
    void findsNothingWhereAllIsAsDeclared() throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(CatalogComparison.differences(expected, read(connection)))
                    .isEmpty();
        }
        assertThat(CatalogComparison.unprinted(expected)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        REVOKE USAGE ON SCHEMA billing FROM app | schema `billing` grants `app` nothing in the database, the model says usage
        COMMENT ON SCHEMA billing IS 'coins' | schema `billing` has the comment `coins` in the database, the model says `money`
        ALTER EXTENSION btree_gist UPDATE | extension `btree_gist` has version `1.8` in the database, the model says `1.7`
        ALTER ROLE reader NOLOGIN | role `reader` has no login in the database, the model says that it has one
        REVOKE app FROM reader | role `reader` is not a member of `app` in the database, the model says that it is
        CREATE TYPE billing.more AS ENUM () | enum `billing.more` is in the database, but not in the model
        ALTER TYPE billing.status RENAME VALUE 'done' TO 'paid' | enum `billing.status` has the labels [open, paid] in the database, the model says [open, done]
        COMMENT ON TYPE billing.status IS NULL | enum `billing.status` has no comment in the database, the model says `state`
        CREATE DOMAIN billing.email AS text | domain `billing.email` is in the database, but not in the model
        ALTER DOMAIN email DROP NOT NULL | domain `email` may be null in the database, the model says that it may not
        ALTER DOMAIN email SET DEFAULT 'z' | domain `email` has the default `'z'::text` in the database, the model says `'x@y'::text`
        ALTER DOMAIN email DROP CONSTRAINT has_at | check `has_at` of domain `email` is missing in the database
        ALTER DOMAIN email RENAME CONSTRAINT short TO long | check `short` of domain `email` is called `long` in the database, the model says `short`
        ALTER DOMAIN code DROP CONSTRAINT code_check; ALTER DOMAIN code ADD CHECK (VALUE <> 'x') | check `(VALUE <> ''::text)` of domain `code` is `(VALUE <> 'x'::text)` in the database, the model says `(VALUE <> ''::text)`
        COMMENT ON CONSTRAINT short ON DOMAIN email IS 'brief' | check `short` of domain `email` has the comment `brief` in the database, the model says none
        ALTER DOMAIN code DROP CONSTRAINT code_check; ALTER DOMAIN code ADD CONSTRAINT code_check CHECK (VALUE <> '') NOT VALID | check `(VALUE <> ''::text)` of domain `code` is not known to hold for all rows in the database, the model says that it is
        COMMENT ON DOMAIN emails IS 'many' | domain `emails` has the comment `many` in the database, the model says `several`
        ALTER SEQUENCE order_no_seq AS bigint MAXVALUE 2147483647 | sequence `order_no_seq` is of type `bigint` in the database, the model says `integer`
        ALTER SEQUENCE order_no_seq START 2000 | sequence `order_no_seq` starts with 2000 in the database, the model says 1000
        ALTER SEQUENCE order_no_seq INCREMENT 3 | sequence `order_no_seq` counts in steps of 3 in the database, the model says 1
        ALTER SEQUENCE order_no_seq MINVALUE -7 | sequence `order_no_seq` has the least number -7 in the database, the model says 1
        ALTER SEQUENCE order_no_seq MAXVALUE 7000 | sequence `order_no_seq` has the greatest number 7000 in the database, the model says 2147483647
        ALTER SEQUENCE order_no_seq CACHE 1 | sequence `order_no_seq` has the cache size 1 in the database, the model says 5
        ALTER SEQUENCE order_no_seq NO CYCLE | sequence `order_no_seq` does not begin anew at its end in the database, the model says that it does
        ALTER SEQUENCE order_no_seq OWNED BY NONE | sequence `order_no_seq` is owned by no column in the database, the model says `order.no`
        COMMENT ON SEQUENCE order_no_seq IS 'counts' | sequence `order_no_seq` has the comment `counts` in the database, the model says `numbers`
        DROP SEQUENCE billing.down | sequence `billing.down` is missing in the database
        REVOKE USAGE ON SEQUENCE order_no_seq FROM reader | sequence `order_no_seq` grants `reader` nothing in the database, the model says usage
        CREATE SEQUENCE more | sequence `more` is in the database, but not in the model
        CREATE TABLE billing.more (id int) | table `billing.more` is in the database, but not in the model
        ALTER TABLE basket SET LOGGED | table `basket` is logged in the database, the model says unlogged
        ALTER TABLE e1_north SET UNLOGGED | partition `e1_north` of `event` is unlogged in the database, the model says logged
        ALTER TABLE billing.customer SET (fillfactor = 71) | table `billing.customer` has the storage parameter `fillfactor=71` in the database, the model says `70`
        ALTER TABLE billing.customer RESET (toast.autovacuum_enabled) | table `billing.customer` has no storage parameter `toast.autovacuum_enabled` in the database, the model says `false`
        ALTER TABLE basket SET (fillfactor = 70) | table `basket` has the storage parameter `fillfactor=70` in the database, the model says nothing of it
        COMMENT ON TABLE "order" IS 'of nobody' | table `order` has the comment `of nobody` in the database, the model says `of a customer`
        COMMENT ON COLUMN billing.customer.e_mail IS 'where' | column `billing.customer.e_mail` has the comment `where` in the database, the model says `where (personal data)`
        ALTER TABLE billing.customer ALTER id SET START 6 | the sequence of column `billing.customer.id` starts with 6 in the database, the model says 5
        ALTER TABLE billing.customer ALTER id SET GENERATED ALWAYS | column `billing.customer.id` is always numbered by the database in the database, the model says that it is numbered by the database by default
        ALTER TABLE billing.customer ALTER nick TYPE text COLLATE "default" | column `billing.customer.nick` is collated as its type is in the database, the model says `C`
        ALTER TABLE billing.customer ALTER all_mails TYPE email[] | column `billing.customer.all_mails` is of type `email[]` in the database, the model says `emails`
        ALTER TABLE "order" ALTER s DROP DEFAULT | column `order.s` has no default in the database, the model says `'open'::billing.status`
        ALTER TABLE "order" ALTER no SET DEFAULT nextval('billing.down') | column `order.no` has the default `nextval('billing.down'::regclass)` in the database, the model says `nextval('order_no_seq'::regclass)`
        ALTER TABLE "order" DROP x, ADD x int GENERATED ALWAYS AS (no * 3) VIRTUAL | column `order.x` has the generating expression `(no * 3)` in the database, the model says `(no * 2)`
        ALTER TABLE "order" DROP x, ADD x int GENERATED ALWAYS AS (no * 2) STORED | column `order.x` is stored in the database, the model says that it is computed when it is read
        ALTER TABLE billing.customer RENAME CONSTRAINT pk_customer TO customer_pkey | the primary key of `billing.customer` is called `customer_pkey` in the database, the model says `pk_customer`
        ALTER INDEX billing.pk_customer RESET (fillfactor) | the primary key of `billing.customer` has no storage parameter `fillfactor` in the database, the model says `90`
        COMMENT ON CONSTRAINT pk_customer ON billing.customer IS NULL | the primary key of `billing.customer` has no comment in the database, the model says `the number`
        ALTER TABLE billing.customer DROP CONSTRAINT one_code, ADD CONSTRAINT one_code UNIQUE (code) INCLUDE (born) WITH (fillfactor = 80); COMMENT ON CONSTRAINT one_code ON billing.customer IS 'alone' | unique constraint `one_code` of `billing.customer` counts nulls as different in the database, the model says as equal
        ALTER TABLE billing.customer DROP CONSTRAINT one_code, ADD CONSTRAINT one_code UNIQUE NULLS NOT DISTINCT (code) WITH (fillfactor = 80); COMMENT ON CONSTRAINT one_code ON billing.customer IS 'alone' | unique constraint `one_code` of `billing.customer` includes () in the database, the model says (born)
        ALTER TABLE billing.customer DROP CONSTRAINT late_name, ADD CONSTRAINT late_name UNIQUE (name) DEFERRABLE | unique constraint `late_name` of `billing.customer` is initially immediate in the database, the model says initially deferred
        ALTER TABLE billing.customer DROP CONSTRAINT late_name, ADD CONSTRAINT late_name UNIQUE (name, id) DEFERRABLE INITIALLY DEFERRED | unique constraint `late_name` of `billing.customer` is on (name, id) in the database, the model says (name)
        ALTER TABLE billing.customer RENAME CONSTRAINT late_name TO early_name | unique constraint `late_name` of `billing.customer` is called `early_name` in the database, the model says `late_name`
        ALTER TABLE "order" DROP CONSTRAINT order_no_at_key | unique constraint `order_no_at_key` of `order` is missing in the database
        ALTER TABLE "order" DROP CONSTRAINT b, ADD CONSTRAINT b CHECK (no < 100000); COMMENT ON CONSTRAINT b ON "order" IS 'few' | check `b` of `order` holds for what inherits from the table too in the database, the model says for the table alone
        ALTER TABLE "order" DROP CONSTRAINT a, ADD CONSTRAINT a CHECK (no > 0) NOT VALID | check `a` of `order` is not known to hold for all rows in the database, the model says that it is
        ALTER TABLE "order" ALTER CONSTRAINT order_customer_fkey NOT ENFORCED | foreign key `order_customer_fkey` of `order` is not known to hold for all rows in the database, the model says that it is
        COMMENT ON CONSTRAINT a ON "order" IS 'some' | check `a` of `order` has the comment `some` in the database, the model says none
        ALTER TABLE "order" RENAME CONSTRAINT order_kind_check TO kinds | check `order_kind_check` of `order` is called `kinds` in the database, the model says `order_kind_check`
        ALTER TABLE "order" DROP CONSTRAINT no_overlap | exclusion constraint `no_overlap` of `order` is missing in the database
        ALTER TABLE "order" DROP CONSTRAINT no_overlap, ADD CONSTRAINT no_overlap EXCLUDE USING gist (no WITH =, during WITH =) INCLUDE (s) WITH (fillfactor = 60) WHERE (s = 'open') DEFERRABLE; COMMENT ON CONSTRAINT no_overlap ON "order" IS 'once' | exclusion constraint `no_overlap` of `order` compares (no with =, during with =) in the database, the model says (no with =, during with &&)
        ALTER TABLE "order" DROP CONSTRAINT no_overlap, ADD CONSTRAINT no_overlap EXCLUDE USING gist (no WITH =, during WITH &&) INCLUDE (s) WITH (fillfactor = 60) WHERE (s = 'done') DEFERRABLE; COMMENT ON CONSTRAINT no_overlap ON "order" IS 'once' | exclusion constraint `no_overlap` of `order` has the condition `(s = 'done'::billing.status)` in the database, the model says `(s = 'open'::billing.status)`
        ALTER TABLE "order" DROP CONSTRAINT no_overlap, ADD CONSTRAINT no_overlap EXCLUDE USING gist (no WITH =, during WITH &&) WITH (fillfactor = 60) WHERE (s = 'open') DEFERRABLE; COMMENT ON CONSTRAINT no_overlap ON "order" IS 'once' | exclusion constraint `no_overlap` of `order` includes () in the database, the model says (s)
        ALTER TABLE "order" DROP CONSTRAINT no_overlap, ADD CONSTRAINT no_overlap EXCLUDE USING gist (no WITH =, during WITH &&) INCLUDE (s) WITH (fillfactor = 60) WHERE (s = 'open'); COMMENT ON CONSTRAINT no_overlap ON "order" IS 'once' | exclusion constraint `no_overlap` of `order` is not deferrable in the database, the model says initially immediate
        ALTER INDEX no_overlap SET (fillfactor = 61) | exclusion constraint `no_overlap` of `order` has the storage parameter `fillfactor=61` in the database, the model says `60`
        COMMENT ON CONSTRAINT no_overlap ON "order" IS 'twice' | exclusion constraint `no_overlap` of `order` has the comment `twice` in the database, the model says `once`
        ALTER TABLE "order" RENAME CONSTRAINT no_overlap TO overlap | exclusion constraint `no_overlap` of `order` is called `overlap` in the database, the model says `no_overlap`
        ALTER TABLE "order" ALTER CONSTRAINT order_customer_fkey DEFERRABLE INITIALLY IMMEDIATE | foreign key `order_customer_fkey` of `order` is initially immediate in the database, the model says initially deferred
        ALTER TABLE "order" DROP CONSTRAINT fk_earlier, ADD CONSTRAINT fk_earlier FOREIGN KEY (customer_id, id) REFERENCES "order" (customer_id, id) | foreign key `fk_earlier` of `order` matches simple in the database, the model says full
        ALTER TABLE "order" DROP CONSTRAINT order_later_fkey, ADD CONSTRAINT order_later_fkey FOREIGN KEY (customer_id, id) REFERENCES "order" (customer_id, id) ON DELETE SET NULL | foreign key `order_later_fkey` of `order` does set-null on delete in the database, the model says set-null (customer_id)
        ALTER TABLE "order" DROP CONSTRAINT order_later_fkey, ADD CONSTRAINT order_later_fkey FOREIGN KEY (customer_id, id) REFERENCES "order" (customer_id, id) ON DELETE SET NULL (customer_id) ON UPDATE RESTRICT | foreign key `order_later_fkey` of `order` does restrict on update in the database, the model says no-action
        ALTER TABLE "order" DROP CONSTRAINT order_customer_fkey, ADD CONSTRAINT order_customer_fkey FOREIGN KEY (no) REFERENCES billing.customer ON DELETE SET DEFAULT ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; COMMENT ON CONSTRAINT order_customer_fkey ON "order" IS 'who pays' | foreign key `order_customer_fkey` of `order` leads from (no) to `billing.customer` (id) in the database, the model says from (customer_id) to `billing.customer` (id)
        COMMENT ON CONSTRAINT order_customer_fkey ON "order" IS 'who' | foreign key `order_customer_fkey` of `order` has the comment `who` in the database, the model says `who pays`
        ALTER INDEX i1 SET (fillfactor = 71) | index `i1` of `order` has the storage parameter `fillfactor=71` in the database, the model says `70`
        COMMENT ON INDEX i1 IS 'lost' | index `i1` of `order` has the comment `lost` in the database, the model says `found by`
        ALTER INDEX i1 RENAME TO i9 | index `i1` of `order` is called `i9` in the database, the model says `i1`
        DROP INDEX i1; CREATE INDEX i1 ON "order" (kind text_pattern_ops DESC NULLS LAST, (no + 1)) WITH (fillfactor = 70); COMMENT ON INDEX i1 IS 'found by' | index `i1` of `order` is on (kind text_pattern_ops desc nulls last, (no + 1)) in the database, the model says (kind collate C text_pattern_ops desc nulls last, (no + 1))
        DROP INDEX i1; CREATE INDEX i1 ON "order" (kind COLLATE "C" DESC NULLS LAST, (no + 1)) WITH (fillfactor = 70); COMMENT ON INDEX i1 IS 'found by' | index `i1` of `order` is on (kind collate C desc nulls last, (no + 1)) in the database, the model says (kind collate C text_pattern_ops desc nulls last, (no + 1))
        DROP INDEX i1; CREATE INDEX i1 ON "order" (kind COLLATE "C" text_pattern_ops DESC NULLS LAST, (no + 2)) WITH (fillfactor = 70); COMMENT ON INDEX i1 IS 'found by' | index `i1` of `order` is on (kind collate C text_pattern_ops desc nulls last, (no + 2)) in the database, the model says (kind collate C text_pattern_ops desc nulls last, (no + 1))
        DROP INDEX i2; CREATE INDEX i2 ON "order" USING spgist (during) | index `i2` of `order` is of method spgist in the database, the model says gist
        DROP INDEX i3; CREATE UNIQUE INDEX i3 ON "order" (no) INCLUDE (at) WHERE s = 'open' AND no > 1 | index `i3` of `order` counts nulls as different in the database, the model says as equal
        DROP INDEX i3; CREATE INDEX i3 ON "order" (no) INCLUDE (at) WHERE s = 'open' AND no > 1 | index `i3` of `order` is not unique in the database, the model says that it is
        DROP INDEX i3; CREATE UNIQUE INDEX i3 ON "order" (no) INCLUDE (kind) NULLS NOT DISTINCT WHERE s = 'open' AND no > 1 | index `i3` of `order` includes (kind) in the database, the model says (at)
        DROP INDEX i3; CREATE UNIQUE INDEX i3 ON "order" (no) INCLUDE (at) NULLS NOT DISTINCT WHERE s = 'open' AND no > 2 | index `i3` of `order` has the condition `((s = 'open'::billing.status) AND (no > 2))` in the database, the model says `((s = 'open'::billing.status) AND (no > 1))`
        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i2'::regclass | index `i2` of `order` is not valid in the database, the model says that it is
        REVOKE UPDATE (no) ON "order" FROM app | table `order` grants `app` select, update(s) in the database, the model says select, update(no), update(s)
        GRANT INSERT ON "order" TO public | table `order` grants `public` insert, select in the database, the model says select
        REVOKE MAINTAIN ON "order" FROM reader | table `order` grants `reader` delete, insert, references, select, trigger, truncate, update in the database, the model says delete, insert, maintain, references, select, trigger, truncate, update
        GRANT SELECT ON "order" TO app WITH GRANT OPTION | table `order` grants `app` select with grant option, update(no), update(s) in the database, the model says select, update(no), update(s)
        GRANT DELETE ON basket TO app | table `basket` grants `app` delete in the database, the model says nothing
        ALTER TABLE "order" DISABLE ROW LEVEL SECURITY | table `order` has no row security in the database, the model says that it has
        ALTER TABLE "order" NO FORCE ROW LEVEL SECURITY | table `order` spares its owner row security in the database, the model says that it forces it
        ALTER TABLE basket ENABLE ROW LEVEL SECURITY | table `basket` has row security in the database, the model says that it has none
        DROP POLICY own ON "order" | policy `own` of `order` is missing in the database
        ALTER POLICY own ON "order" TO reader | policy `own` of `order` concerns reader in the database, the model says app, postgres
        ALTER POLICY own ON "order" USING (no = 2) | policy `own` of `order` has the condition on rows that are seen `(no = 2)` in the database, the model says `(no = 1)`
        ALTER POLICY "any" ON "order" WITH CHECK (no > 2) | policy `any` of `order` has the condition on rows that are written `(no > 2)` in the database, the model says `(no > 1)`
        DROP POLICY own ON "order"; CREATE POLICY own ON "order" FOR DELETE TO app, current_user USING (no = 1); COMMENT ON POLICY own ON "order" IS 'theirs' | policy `own` of `order` is for delete in the database, the model says select
        DROP POLICY own ON "order"; CREATE POLICY own ON "order" AS RESTRICTIVE FOR SELECT TO app, current_user USING (no = 1); COMMENT ON POLICY own ON "order" IS 'theirs' | policy `own` of `order` is restrictive in the database, the model says that it is not
        COMMENT ON POLICY own ON "order" IS 'ours' | policy `own` of `order` has the comment `ours` in the database, the model says `theirs`
        ALTER TABLE event DETACH PARTITION rest; DROP TABLE rest | partition `rest` of `event` is missing in the database
        DROP TABLE e2_p1 | partition `e2_p1` of `event` is missing in the database
        CREATE TABLE more PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') | partition `more` of `event` is in the database, but not in the model
        ALTER TABLE e1 DETACH PARTITION e1_north; ALTER TABLE e1 ATTACH PARTITION e1_north FOR VALUES IN ('n') | partition `e1_north` of `event` is `FOR VALUES IN ('n')` in the database, the model says `FOR VALUES IN ('n', NULL)`
        ALTER TABLE e1_north RESET (fillfactor) | partition `e1_north` of `event` has no storage parameter `fillfactor` in the database, the model says `50`
        COMMENT ON TABLE e1_north IS 'warm' | partition `e1_north` of `event` has the comment `warm` in the database, the model says `cold`
        DROP MATERIALIZED VIEW sales | materialized view `sales` is missing in the database
        ALTER MATERIALIZED VIEW sales SET (fillfactor = 41) | materialized view `sales` has the storage parameter `fillfactor=41` in the database, the model says `40`
        COMMENT ON MATERIALIZED VIEW sales IS NULL | materialized view `sales` has no comment in the database, the model says `so far`
        COMMENT ON COLUMN sales.total IS 'all' | column `sales.total` has the comment `all` in the database, the model says none
        DROP INDEX sales_pkey | index `sales_pkey` of `sales` is missing in the database
        DROP INDEX by_total; CREATE INDEX by_total ON sales ((total + 2)) | index `by_total` of `sales` is on ((total + 2)) in the database, the model says ((total + 1))
        REVOKE SELECT ON sales FROM app | materialized view `sales` grants `app` nothing in the database, the model says select
        """)
    void findsTheOneThatIsNotAsDeclared(String change, String sentence) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(change);
            assertThat(CatalogComparison.differences(expected, read(connection)))
                    .singleElement()
                    .hasToString(sentence);
            connection.rollback();
        }
    }

    /** What has moved to another schema is another thing. */
    @Test
    void tellsWhatStandsInAnotherSchema() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE basket SET SCHEMA billing");
            assertThat(CatalogComparison.differences(expected, read(connection)))
                    .extracting(CatalogDifference::sentence)
                    .contains(
                            "table `basket` is missing in the database",
                            "table `billing.basket` is in the database, but not in the model");
            connection.rollback();
        }
    }

    @Test
    void tellsWhatAnExtensionTookAway() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DROP EXTENSION btree_gist CASCADE");
            assertThat(CatalogComparison.differences(expected, read(connection)))
                    .extracting(CatalogDifference::sentence)
                    .containsExactly(
                            "extension `btree_gist` is missing in the database",
                            "exclusion constraint `no_overlap` of `order` is missing in the database");
            connection.rollback();
        }
    }

    private static Catalog read(Connection connection) throws SQLException {
        return new CatalogReader(
                        connection,
                        "public",
                        model.relationalStore().orElseThrow().schemas().keySet())
                .read();
    }
}
