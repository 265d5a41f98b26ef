package dev.schemaproof.generate.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.analysis.keyvalue.Resolution.Refused;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.Term;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One read at a time that includes other entities: the request that serves it, and by what items are told apart; or why there is none. */
class JoinedRequestsTest {

    private static final String MODEL = """
            schema: shop
            stores:
              edge:
                engine: dynamodb
                tables:
                  shop:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-tenant: {partitionKey: GSI1PK, sortKey: GSI1SK}
                      by-day: {partitionKey: GSI2PK, sortKey: GSI2SK, project: [total, customer_id]}
                      by-clerk: {partitionKey: GSI3PK}
                      by-rank: {partitionKey: GSI4PK, sortKey: {name: GSI4SK, type: number}}
                    items:
                      Customer:
                        key: {PK: "CUSTOMER#{id}", SK: PROFILE}
                        by-tenant: {GSI1PK: "TENANT#{tenant}", GSI1SK: "CUSTOMER#{name}"}
                        by-day: {GSI2PK: "CUSTOMER#{id}", GSI2SK: "{since}"}
                        by-clerk: {GSI3PK: "{clerk}"}
                        by-rank: {GSI4PK: "RANK#{id}", GSI4SK: "{rank}"}
                      Order:
                        key: {PK: "CUSTOMER#{customer_id}", SK: "ORDER#{placed_at}#{id}"}
                        by-tenant: {GSI1PK: "TENANT#{customer.tenant}", GSI1SK: "ORDER#{id}"}
                        by-day: {GSI2PK: "CUSTOMER#{customer_id}", GSI2SK: "{placed_at}"}
                        by-rank: {GSI4PK: "RANK#{customer_id}", GSI4SK: "{total}"}
                      Address:
                        key: {PK: "CUSTOMER#{customer_id}", SK: "ADDRESS#{label}"}
                      Wish:
                        key: {PK: "CUSTOMER#{customer_id}", SK: "WISH#{id}"}
                      OrderNote:
                        key: {PK: "CUSTOMER#{customer_id}", SK: "ORDERNOTE#{id}"}
                      Ticket:
                        key: {PK: "TICKET#{id}", SK: TICKET}
                      Project:
                        key: {PK: "ORG#{org}", SK: "P#{code}"}
                      Task:
                        key: {PK: "ORG#{org}", SK: "P#{code}#TASK#{number:%06d}"}
                      Label:
                        key: {PK: "ORG#{project.org}", SK: "P#{code}#TAG#{tag}"}
                      Room:
                        key: {PK: "HOUSE#{house}", SK: "R#{name}"}
                      Door:
                        key: {PK: "HOUSE#{room.house}", SK: "R#{room.name}#D#{id}"}
            types:
              code: {domain: text, check: "value ~ '^[a-z0-9]+$'"}
            entities:
              Customer:
                attributes: {id: uuid, tenant: text, name: text, clerk: text, since: timestamptz, rank: int}
                key: [id]
              Order:
                attributes: {id: uuid, customer_id: uuid, editor_id: uuid null, placed_at: timestamptz, total: int}
                key: [id]
                references: {customer: {entity: Customer}, editor: {entity: Customer}}
              Address:
                attributes: {customer_id: uuid, label: text, city: text}
                key: [customer_id, label]
                references: {customer: {entity: Customer}}
              Wish:
                attributes: {id: uuid, customer_id: uuid, better_id: uuid null}
                key: [id]
                references: {customer: {entity: Customer}, better: {entity: Wish}}
              OrderNote:
                attributes: {id: uuid, customer_id: uuid, text: text}
                key: [id]
                references: {customer: {entity: Customer}}
              Ticket:
                attributes: {id: uuid, customer_id: uuid}
                key: [id]
                references: {customer: {entity: Customer}}
              Project:
                attributes: {org: code, code: code, title: text}
                key: [org, code]
              Task:
                attributes: {org: code, code: code, number: int}
                key: [org, code, number]
                references: {project: {entity: Project, attributes: [org, code]}}
              Label:
                attributes: {org: code, code: code, tag: text}
                key: [org, code, tag]
                references: {project: {entity: Project, attributes: [org, code]}}
              Room:
                attributes: {id: uuid, house: uuid, name: text}
                key: [id]
                unique: [[house, name]]
              Door:
                attributes: {id: uuid, room_id: uuid}
                key: [id]
                references: {room: {entity: Room}}
            accessPatterns:
              p: {PATTERN}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a range, as the partition holds more than is wanted
                "entity: Customer, find: one, where: [id = :c], include: {Order: customer, OrderNote: customer} | Query PK = CUSTOMER#${c} AND SK BETWEEN ORDER# AND PROFILE | Order: SK begins ORDER#, OrderNote: SK begins ORDERNOTE#, Customer: SK = PROFILE",
                "entity: Customer, find: one, where: [id = :c], include: {Order: {by: customer, orderBy: [placed_at desc]}, OrderNote: customer} | Query PK = CUSTOMER#${c} AND SK BETWEEN ORDER# AND PROFILE backward | Customer: SK = PROFILE, OrderNote: SK begins ORDERNOTE#, Order: SK begins ORDER#",
                "entity: Customer, find: one, where: [id = :c], include: {Wish: customer} | Query PK = CUSTOMER#${c} AND SK BETWEEN PROFILE AND WISH#~ | Customer: SK = PROFILE, Wish: SK begins WISH#",
                // an index that holds nothing else
                "entity: Customer, find: one, where: [id = :c], include: {Order: customer} | Query by-rank GSI4PK = RANK#${c} | Customer: SK = PROFILE, Order: SK begins ORDER#",
                // all that is there
                "entity: Customer, find: one, where: [id = :c], include: {Order: customer, OrderNote: customer, Wish: customer, Address: customer}, consistent: true | Query PK = CUSTOMER#${c} | Address: SK begins ADDRESS#, Order: SK begins ORDER#, OrderNote: SK begins ORDERNOTE#, Customer: SK = PROFILE, Wish: SK begins WISH#",
                // what is selected, and what tells it apart
                "entity: Customer, find: one, where: [id = :c], select: [name], include: {Wish: {by: customer, select: [id]}} | Query PK = CUSTOMER#${c} AND SK BETWEEN PROFILE AND WISH#~ -> name, id, SK | Customer: SK = PROFILE, Wish: SK begins WISH#",
                // several that are referred to
                "entity: Customer, find: many, where: [tenant = :t], orderBy: [name], include: {Order: customer} | Query by-tenant GSI1PK = TENANT#${t} forward | Customer: GSI1SK begins CUSTOMER#, Order: GSI1SK begins ORDER# customer_id=id",
                "entity: Customer, find: many, where: [tenant = :t], select: [name], include: {Order: {by: customer, select: [total]}} | Query by-tenant GSI1PK = TENANT#${t} -> name, total, GSI1SK, customer_id, id | Customer: GSI1SK begins CUSTOMER#, Order: GSI1SK begins ORDER# customer_id=id",
                // numbers tell nothing apart, and the table's key does
                "entity: Customer, find: one, where: [id = :c], select: [id], include: {Order: {by: customer, select: [total], orderBy: [total]}} | Query by-rank GSI4PK = RANK#${c} -> id, total, SK forward | Customer: SK = PROFILE, Order: SK begins ORDER#",
                // a common beginning that the conditions give, where `c` begins `c1` too
                "entity: Project, find: one, where: [org = :o, code = :c], include: {Task: project, Label: project} | Query PK = ORG#${o} AND SK BETWEEN P#${c} AND P#${c}#TASK#~ | Project: SK = P#${c}, Label: SK begins P#${c}#TAG#, Task: SK begins P#${c}#TASK#",
            })
    void isServedBy(String pattern, String request, String marks) {
        assertThat(resolve(pattern)).isInstanceOfSatisfying(Served.class, served -> {
            assertThat(RequestLine.of(served)).isEqualTo(request);
            assertThat(marks(served)).isEqualTo(marks);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // another item collection
                "entity: Customer, find: one, where: [id = :c], include: {Ticket: customer} | SCATTERED | `Customer` and `Ticket` share no item collection: `PK` is `CUSTOMER#{id}` for `Customer` and `TICKET#{id}` for `Ticket` | write at the item `Ticket`: `key: {PK: \"CUSTOMER#{customer_id}\", SK: \"TICKET#{id}\"}`",
                "entity: Customer, find: one, where: [id = :c], include: {Wish: customer, Order: editor} | SCATTERED | `Customer` and `Order` share no item collection: `PK` is `CUSTOMER#{id}` for `Customer` and `CUSTOMER#{customer_id}` for `Order` | `key: {PK: \"CUSTOMER#{editor_id}\", SK: \"ORDER#{id}\"}`",
                "entity: Customer, find: one, where: [clerk = :c], include: {Order: customer} | SCATTERED | index `by-clerk` holds no `Order` | `by-clerk: {GSI3PK: \"{customer.clerk}\"}`",
                // no item collection at all
                "entity: Customer, find: one, where: [name = :c], include: {Wish: customer} | SCANNED | no key of `Customer` follows from the conditions | the table's key needs `id`",
                "entity: Customer, find: one, where: [name = :c], include: {Wish: customer}, scan: allowed, reason: rare | SCANNED | no key of `Customer` follows from the conditions | the table's key needs `id`",
                // no such references
                "entity: Customer, find: one, where: [id = :c], include: {Door: room} | SCATTERED | `Door.room` doesn't refer to `Customer` | `Door` has no reference to it",
                "entity: Wish, find: one, where: [customer_id = :c, id = :w], include: {Wish: better} | SCATTERED | can't include rows of its own | a pattern of their own",
                // what stands in between
                "entity: Customer, find: one, where: [id = :c], include: {Address: customer} | LEAKING | would return items of `Order` too, such as `SK` `ORDER# | or include `Order` too",
                "entity: Project, find: one, where: [org = :o, code = :c], include: {Task: project} | LEAKING | would return items of `Label` too, such as `SK` `P#1#TAG#a` | or include `Label` too",
                // what can't be told apart
                "entity: Project, find: many, where: [org = :o], include: {Task: project, Label: project} | LEAKING | couldn't tell the items of `Project` and `Task` and `Label` apart | begin with a word of its own",
                // what a filter can't drop
                "entity: Customer, find: one, where: [id = :c, rank > 3], include: {Wish: customer} | SCATTERED | doesn't decide `rank >` | take the condition out",
                "entity: Customer, find: many, where: [tenant = :t, name = :n], include: {Order: customer} | SCATTERED | doesn't decide `name =` | begin with `{name}`",
                "entity: Room, find: one, where: [house = :h, name = :n], include: {Door: room} | SCATTERED | doesn't decide `name =` | a delimiter that it can't hold",
                "entity: Customer, find: one, where: [tenant = :t], include: {Order: customer} | SCATTERED | takes the first of several | write `find: many`",
                // what single reads can't have either
                "entity: Customer, find: many, where: [tenant = :t], consistent: true, include: {Order: customer} | INCONSISTENT | only index `by-tenant` serves `p` | take `consistent` out",
                "entity: Customer, find: many, where: [tenant = :t], orderBy: [rank], include: {Order: customer} | UNORDERED | nothing sorts `Customer` by `rank` | ",
                "entity: Customer, find: many, where: [tenant = :t], orderBy: [name], include: {Order: {by: customer, orderBy: [id desc]}} | UNORDERED | one query reads in one direction | ask for one direction",
                "entity: Customer, find: one, where: [id = :c], include: {Wish: {by: customer, select: [customer.name]}} | UNSTORED | don't hold `customer.name` | ",
            })
    void isRefused(String pattern, Flaw flaw, String summary, String help) {
        assertThat(resolve(pattern)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.flaw()).isEqualTo(flaw);
            assertThat(refused.summary()).contains(summary);
            assertThat(refused.help().orElse("")).contains(help == null ? "" : help);
        });
    }

    @Test
    void saysInTheFileWhatIsOfWhichEntity() {
        var facts = new Facts(Models.read(MODEL.replace(
                "PATTERN", "entity: Customer, find: many, where: [tenant = :t], include: {Order: customer}")));
        var file = new KeyValueGenerator()
                .generate(facts)
                .filter(artifact -> artifact.path().endsWith("access-patterns.json"))
                .findFirst()
                .orElseThrow();
        assertThat(file.text().replaceAll("\\s+", " "))
                .contains("\"items\" : [ "
                        + "{ \"entity\" : \"Customer\", \"attribute\" : \"GSI1SK\", \"beginsWith\" : { \"S\" : \"CUSTOMER#\" } }, "
                        + "{ \"entity\" : \"Order\", \"attribute\" : \"GSI1SK\", \"beginsWith\" : { \"S\" : \"ORDER#\" },"
                        + " \"by\" : \"customer\", \"join\" : { \"customer_id\" : \"id\" } } ]");
    }

    private static String marks(Served served) {
        return served.shares().stream()
                .map(share -> {
                    var value = share.mark().values().get(0);
                    return share.item().name() + ": " + share.mark().attribute()
                            + (share.mark().comparison() == Term.Comparison.EQUAL ? " = " : " begins ")
                            + Expressions.value(value).get("S")
                            + share.join().entrySet().stream()
                                    .map(pair -> " " + pair)
                                    .collect(Collectors.joining());
                })
                .collect(Collectors.joining(", "));
    }

    private static Resolution resolve(String pattern) {
        var facts = new Facts(Models.read(MODEL.replace("PATTERN", pattern)));
        return facts.keyValue().stores().get(0).resolutions().get(0);
    }
}
