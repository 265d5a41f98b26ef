package dev.schemaproof.prove.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.ProofResult;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads of several entities at once, on rows that are unkind to them: parents without children, words that begin alike, many parents. */
class JoinedReadsProofTest {

    private static final String MODEL = """
            schema: shop
            types:
              handle: {domain: text, check: "value ~ '^[a-z0-9]+$'"}
              name: {enum: [north, south]}
              code: {enum: [a, ab, ac, b]}
            stores:
              edge:
                engine: dynamodb
                tables:
                  shop:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-tenant: {partitionKey: GSI1PK, sortKey: GSI1SK}
                      by-rank: {partitionKey: GSI2PK, sortKey: {name: GSI2SK, type: number}}
                    items:
                      Customer:
                        key: {PK: "C#{handle}", SK: ME}
                        by-tenant: {GSI1PK: "TENANT#{tenant}", GSI1SK: "CUSTOMER#{name}"}
                        by-rank: {GSI2PK: "R#{handle}", GSI2SK: "{rank}"}
                      Order:
                        key: {PK: "C#{customer.handle}", SK: "ORDER#{placed_at}#{id}"}
                        by-tenant: {GSI1PK: "TENANT#{customer.tenant}", GSI1SK: "ORDER#{placed_at}"}
                        by-rank: {GSI2PK: "R#{customer.handle}", GSI2SK: "{total}"}
                      OrderItem:
                        key: {PK: "C#{customer.handle}", SK: "ORDERITEM#{id}"}
                      Address:
                        key: {PK: "C#{customer.handle}", SK: "ADDRESS#{label}"}
                      Project:
                        key: {PK: "ORG#{org}", SK: "P#{code}"}
                      Task:
                        key: {PK: "ORG#{org}", SK: "P#{code}#TASK#{number:%06d}"}
                      Label:
                        key: {PK: "ORG#{project.org}", SK: "P#{code}#TAG#{tag}"}
            entities:
              Customer:
                attributes: {id: uuid, handle: handle, tenant: name, name: text, rank: int, bio: text null}
                key: [id]
                unique: [[handle]]
              Order:
                attributes: {id: uuid, customer_id: uuid, placed_at: timestamptz, total: int, note: text null}
                key: [id]
                references: {customer: {entity: Customer}}
              OrderItem:
                attributes: {id: uuid, customer_id: uuid, sku: text}
                key: [id]
                references: {customer: {entity: Customer}}
              Address:
                attributes: {customer_id: uuid, label: text, city: text}
                key: [customer_id, label]
                references: {customer: {entity: Customer}}
              Project:
                attributes: {org: name, code: code, title: text}
                key: [org, code]
              Task:
                attributes: {org: name, code: code, number: {type: int, check: number >= 0}, text: text}
                key: [org, code, number]
                references: {project: {entity: Project, attributes: [org, code]}}
              Label:
                attributes: {org: name, code: code, tag: text}
                key: [org, code, tag]
                references: {project: {entity: Project, attributes: [org, code]}}
            accessPatterns:
              page: {entity: Customer, find: one, where: [handle = :h], include: {Order: {by: customer, orderBy: [placed_at desc]}, OrderItem: customer, Address: customer}, consistent: true}
              orders: {entity: Customer, find: one, where: [handle = :h], select: [name], include: {Order: {by: customer, select: [total, note]}, OrderItem: {by: customer, select: [id]}}}
              ranked: {entity: Customer, find: one, where: [handle = :h], include: {Order: {by: customer, orderBy: [total]}}}
              tenant: {entity: Customer, find: many, where: [tenant = :t], orderBy: [name], select: [name, bio], include: {Order: {by: customer, orderBy: [placed_at], select: [total]}}}
              project: {entity: Project, find: one, where: [org = :o, code = :c], include: {Task: {by: project, orderBy: [number]}, Label: project}}
            """;

    private static final KeyValueProver.Settings SETTINGS = new KeyValueProver.Settings(60, 80, 20, 11);

    private static List<ProofResult> prove(String yaml, UnaryOperator<Artifact> edit) {
        var facts = new Facts(Models.read(yaml));
        return prove(facts, facts.keyValue().stores().get(0), edit);
    }

    private static List<ProofResult> prove(Facts facts, StoreFacts store, UnaryOperator<Artifact> edit) {
        return new KeyValueProver(
                        facts.model(),
                        store,
                        new KeyValueGenerator().generate(facts).map(edit).toList(),
                        new TableEvaluator(),
                        SETTINGS,
                        Deadline.in(Duration.ofMinutes(2)))
                .prove()
                .results();
    }

    private static ProofResult of(String pattern, List<ProofResult> results) {
        return results.stream()
                .filter(result -> result.subject().equals(pattern))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void answerAsTheRowsAndTheirReferencesDo() {
        assertThat(prove(MODEL, artifact -> artifact))
                .hasSize(6)
                .allSatisfy(result -> assertThat(result.verdict())
                        .as(result.subject() + ": " + result.statement() + result.details())
                        .isEqualTo(Verdict.PROVEN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a request that returns too much, or too little
                "orders | SK BETWEEN :v1 AND :v2 | SK >= :v1 | is refused",
                "orders | PK = :v0 AND SK BETWEEN :v1 AND :v2 | PK = :v0 AND SK <> :v1 | is refused",
                "orders | ^S^ : ^ORDERITEM#~^ | ^S^ : ^ORDER#~^ | of OrderItem, and the rows are",
                "project | ^S^ : ^P#${c}^ | ^S^ : ^P#^ | of none of the entities",
                "project | #TASK#~ | ~ | of none of the entities",
                // items that are told apart wrongly
                "orders | ^beginsWith^ : { ^S^ : ^ORDER#^ } | ^beginsWith^ : { ^S^ : ^ORDER^ } | may be of several entities",
                "page | ^equals^ : { ^S^ : ^ME^ } | ^beginsWith^ : { ^S^ : ^^ } | may be of several entities",
                "page | ^ScanIndexForward^ : false | ^ScanIndexForward^ : true | behind items of",
                "ranked | ^ScanIndexForward^ : true | ^ScanIndexForward^ : false | in place 1",
                // items that are joined wrongly
                "tenant | ^customer_id^ : ^id^ | ^customer_id^ : ^customer_id^ | of Order, and the rows are",
                "tenant | , ^join^ : { ^customer_id^ : ^id^ } | | nothing says which `Order` belongs to which",
                "tenant | ^#n1^ : ^total^ | ^#n1^ : ^rank^ | returns, in place 1",
            })
    void aWrongEntryIsFound(String pattern, String right, String wrong, String statement) {
        var facts = new Facts(Models.read(MODEL));
        var result = of(pattern, prove(facts, facts.keyValue().stores().get(0), artifact -> {
            if (!artifact.path().endsWith("access-patterns.json")) {
                return artifact;
            }
            var line = artifact.text().replaceAll("\\s+", " ").replace('"', '^');
            var from = line.indexOf("^name^ : ^" + pattern + "^, ^operation^");
            var to = line.indexOf("^operation^", from + pattern.length() + 30);
            var entry = line.substring(from, to < 0 ? line.length() : to);
            var edited = entry.replace(right, wrong == null ? "" : wrong);
            assertThat(edited).isNotEqualTo(entry);
            return new Artifact(artifact.path(), line.replace(entry, edited).replace('^', '"'));
        }));
        assertThat(result.verdict()).as(result.statement()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement()).contains(statement == null ? "" : statement);
    }
}
