package dev.schemaproof.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.catalog.CatalogDifference.Kind;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogComparisonTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("""
            schema: shop
            types:
              OrderStatus: {enum: [open, paid]}
              sku: {domain: text, check: "value ~ '^[A-Z]+$'"}
            entities:
              Customer:
                attributes:
                  id: {type: bigint, identity: always}
                  email: {type: string(80), check: "email like '%@%'"}
                  name: {type: text null, collation: C}
                  joined: {type: timestamptz, default: now()}
                  lower_email: {type: text null, generated: lower(email)}
                key: [id]
                unique: [[email]]
                indexes:
                  by_name: {on: [lower(name), joined desc], include: [email], where: name is not null}
              Order:
                table: order
                attributes:
                  id: uuid
                  customer_id: bigint
                  status: {type: OrderStatus, default: "'open'"}
                  sku: sku
                  price: "decimal(10,2)"
                  tags: "text[] null"
                key: [id]
                references:
                  customer: {entity: Customer, attributes: [customer_id], onDelete: cascade, deferrable: true}
                checks:
                  positive: "price > 0 -- nothing is free"
                indexes:
                  by_tags: {on: [tags], using: gin}
                  by_customer: {on: [customer_id, status desc nulls last]}
            """);

    private static final List<String> SQL = List.of(
            "CREATE TYPE \"OrderStatus\" AS ENUM ('open', 'paid')",
            "CREATE DOMAIN sku AS text CHECK (VALUE ~ '^[A-Z]+$')",
            """
            CREATE TABLE customer (
                id int8 GENERATED ALWAYS AS IDENTITY,
                email varchar(80) NOT NULL UNIQUE CHECK (email LIKE '%@%'),
                name text COLLATE "C",
                joined timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
                lower_email text GENERATED ALWAYS AS (lower(email)) STORED,
                PRIMARY KEY (id))""",
            "CREATE INDEX by_name ON customer (lower(name), joined DESC) INCLUDE (email) WHERE name IS NOT NULL",
            """
            CREATE TABLE "order" (
                id uuid PRIMARY KEY,
                customer_id bigint NOT NULL CONSTRAINT order_customer_fkey
                    REFERENCES customer ON DELETE CASCADE DEFERRABLE,
                status "OrderStatus" NOT NULL DEFAULT 'open',
                sku sku NOT NULL,
                price numeric(10,2) NOT NULL,
                tags text[],
                CONSTRAINT positive CHECK (price > 0))""",
            "CREATE INDEX by_tags ON \"order\" USING gin (tags)",
            "CREATE INDEX by_customer ON \"order\" (customer_id, status DESC NULLS LAST)",
            "CREATE TABLE flyway_schema_history (installed_rank int)",
            "ALTER TABLE customer ALTER joined SET DEFAULT now()");

    @Test
    void findsNothingWhereAllIsAsDeclared() throws SQLException {
        RunningDatabase database = SERVER.database();
        assertThat(differences(database)).isEmpty();
        assertThat(expectedBy(database))
                .satisfies(catalog ->
                        assertThat(CatalogComparison.unprinted(catalog)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        DROP INDEX by_tags | MISSING | index `by_tags` of `order` is missing in the database
        CREATE INDEX more ON customer (email) | EXTRA | index `more` of `customer` is in the database, but not in the model
        ALTER TABLE customer DROP lower_email | MISSING | column `customer.lower_email` is missing in the database
        ALTER TABLE "order" ADD note text | EXTRA | column `order.note` is in the database, but not in the model
        ALTER TABLE "order" ALTER price TYPE numeric(12,2) | DIFFERENT | column `order.price` is of type `numeric(12,2)` in the database, the model says `numeric(10,2)`
        ALTER TABLE customer ALTER name SET NOT NULL | DIFFERENT | column `customer.name` may not be null in the database, the model says that it may
        ALTER TABLE "order" ALTER status SET DEFAULT 'paid' | DIFFERENT | column `order.status` has the default `'paid'::"OrderStatus"` in the database, the model says `'open'::"OrderStatus"`
        ALTER TABLE customer ALTER joined DROP DEFAULT | DIFFERENT | column `customer.joined` has no default in the database, the model says `now()`
        ALTER TABLE customer ALTER id SET GENERATED BY DEFAULT | DIFFERENT | column `customer.id` is numbered by the database by default in the database, the model says that it is always numbered by the database
        ALTER TABLE customer DROP CONSTRAINT customer_email_key | MISSING | unique constraint `customer_email_key` of `customer` is missing in the database
        ALTER TABLE customer DROP CONSTRAINT customer_email_check | MISSING | check `customer_email_check` of `customer` is missing in the database
        ALTER TABLE "order" ADD CHECK (price < 9) | EXTRA | check `order_price_check` of `order` is in the database, but not in the model
        ALTER TABLE "order" DROP CONSTRAINT order_customer_fkey | MISSING | foreign key `order_customer_fkey` of `order` is missing in the database
        ALTER TABLE "order" DROP CONSTRAINT order_pkey | MISSING | the primary key of `order` is missing in the database
        DROP TABLE "order" | MISSING | table `order` is missing in the database
        CREATE TABLE other (a int) | EXTRA | table `other` is in the database, but not in the model
        ALTER TYPE "OrderStatus" ADD VALUE 'sent' | DIFFERENT | enum `OrderStatus` has the labels [open, paid, sent] in the database, the model says [open, paid]
        """)
    void findsWhatIsNotAsDeclared(String change, Kind kind, String sentence) throws SQLException {
        RunningDatabase database = SERVER.database();
        assertThat(differences(database, change)).singleElement().satisfies(difference -> {
            assertThat(difference.sentence()).isEqualTo(sentence);
            assertThat(difference.kind()).isEqualTo(kind);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ALTER TABLE "order" DROP CONSTRAINT positive, ADD CONSTRAINT positive CHECK (price > 1) | check `positive` of `order` is `(price > (1)::numeric)` in the database, the model says `(price > (0)::numeric)`
        DROP INDEX by_customer; CREATE INDEX by_customer ON "order" (customer_id, status DESC) | index `by_customer` of `order` is on (customer_id, status desc) in the database, the model says (customer_id, status desc nulls last)
        DROP INDEX by_name; CREATE INDEX by_name ON customer (lower(name), joined DESC) INCLUDE (email) | index `by_name` of `customer` has no condition in the database, the model says `(name IS NOT NULL)`
        DROP INDEX by_name; CREATE INDEX by_name ON customer (upper(name), joined DESC) INCLUDE (email) WHERE name IS NOT NULL | index `by_name` of `customer` is on ((upper(name)) collate C, joined desc) in the database, the model says ((lower(name)) collate C, joined desc)
        ALTER TABLE "order" DROP CONSTRAINT order_customer_fkey, ADD CONSTRAINT order_customer_fkey FOREIGN KEY (customer_id) REFERENCES customer DEFERRABLE | foreign key `order_customer_fkey` of `order` does no-action on delete in the database, the model says cascade
        ALTER DOMAIN sku ADD CHECK (VALUE <> '') | check `sku_check1` of domain `sku` is in the database, but not in the model
        """)
    void comparesExpressionsInTheDatabasesWords(String change, String sentence) throws SQLException {
        assertThat(differences(SERVER.database(), change)).singleElement().hasToString(sentence);
    }

    @Test
    void comparesByPresenceWhatTheDatabaseCannotPrint() throws SQLException {
        Model model = Models.read("""
                schema: s
                entities:
                  T:
                    attributes:
                      id: {type: int, default: missing_function()}
                    key: [id]
                """);
        RunningDatabase database = SERVER.database();
        execute(database, List.of("CREATE TABLE t (id int PRIMARY KEY DEFAULT 7)"));
        try (Connection connection = database.connect()) {
            Catalog expected = new ExpressionPrinter(connection)
                    .print(ModelCatalog.of(model, model.relationalStore().orElseThrow()));
            assertThat(CatalogComparison.differences(expected, new CatalogReader(connection, "public").read()))
                    .isEmpty();
            assertThat(CatalogComparison.unprinted(expected)).containsExactly("the default of `t.id`");
        }
    }

    private static List<CatalogDifference> differences(RunningDatabase database, String... changes)
            throws SQLException {
        execute(database, SQL);
        execute(database, List.of(changes));
        try (Connection connection = database.connect()) {
            return CatalogComparison.differences(expectedBy(database), new CatalogReader(connection, "public").read());
        }
    }

    private static Catalog expectedBy(RunningDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return new ExpressionPrinter(connection)
                    .print(ModelCatalog.of(MODEL, MODEL.relationalStore().orElseThrow()));
        }
    }

    private static void execute(RunningDatabase database, List<String> statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
