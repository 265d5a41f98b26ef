package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.template.Templates;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is generated for contracts of every kind holds what the proofs ask of it. */
class GeneratedTriggersTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @Test
    void keepsCountsUnderConditionsOfOptionalReferencesAndNumberedKeys() throws Exception {
        assertProven("""
                schema: s
                types: {status: {enum: [open, done]}}
                entities:
                  Project:
                    attributes:
                      id: {type: bigint, identity: always}
                      open_count: {type: int, default: 0}
                      task_count: {type: bigint, default: 0}
                    key: [id]
                  Task:
                    attributes:
                      id: {type: bigint, identity: always}
                      project_id: {type: bigint, optional: true}
                      status: status
                      weight: int
                    key: [id]
                    references: {project: {entity: Project, onDelete: set-null}}
                    checks: {weighty: weight between 1 and 9}
                    indexes: {by_project: {on: [project_id]}}
                denormalizations:
                  open-tasks:
                    duplicates:
                      into: Project.open_count
                      from: {count: Task, by: project, where: status = 'open' and weight > 3}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong numbers on the board, repair: every night}
                  tasks:
                    duplicates: {into: Project.task_count, from: {count: Task, by: project}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong numbers on the board, repair: every night}
                """, "`Project.open_count`", "`Project.task_count`");
    }

    @Test
    void keepsCountsOfCompositeKeysAndNamesThatNeedQuotes() throws Exception {
        assertProven("""
                schema: s
                entities:
                  Tenant: {attributes: {id: int}, key: [id]}
                  Order:
                    table: order
                    attributes:
                      tenant_id: int
                      "No": int
                      count: {type: smallint, default: 0}
                      buyer: string(12)
                    key: [tenant_id, "No"]
                    unique: [[tenant_id, buyer]]
                    references: {tenant: {entity: Tenant, onDelete: cascade}}
                  Line:
                    attributes: {tenant_id: int, "order": int, n: int, amount: "decimal(6,2)"}
                    key: [tenant_id, "order", n]
                    references:
                      order: {entity: Order, attributes: [tenant_id, "order"], onDelete: cascade, onUpdate: cascade}
                denormalizations:
                  lines:
                    duplicates: {into: Order.count, from: {count: Line, by: order}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong numbers on the order, repair: every night}
                """, "`Order.count`");
    }

    @Test
    void keepsCountsOfRowsOfTheSameTable() throws Exception {
        assertProven("""
                schema: s
                entities:
                  Category:
                    attributes:
                      id: uuid
                      parent_id: {type: uuid, optional: true}
                      child_count: {type: int, default: 0}
                    key: [id]
                    references: {parent: {entity: Category, onDelete: cascade}}
                    indexes: {by_parent: {on: [parent_id]}}
                denormalizations:
                  children:
                    duplicates: {into: Category.child_count, from: {count: Category, by: parent}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong numbers in the tree, repair: every night}
                """, "`Category.child_count`");
    }

    @Test
    void keepsCountsOfSeveralTablesInOne() throws Exception {
        assertProven("""
                schema: s
                entities:
                  Post:
                    attributes:
                      id: int
                      slug: string(8)
                      like_count: {type: int, default: 0}
                      comment_count: {type: int, default: 0}
                    key: [id]
                    unique: [[slug]]
                  Like:
                    table: likes
                    attributes: {post_id: int, who: smallint}
                    key: [post_id, who]
                    references: {post: {entity: Post, onDelete: cascade}}
                  Comment:
                    attributes: {id: {type: int, identity: by-default}, post_id: int, body: text}
                    key: [id]
                    references: {post: {entity: Post, onDelete: cascade}}
                    indexes: {by_post: {on: [post_id]}}
                denormalizations:
                  likes:
                    duplicates: {into: Post.like_count, from: {count: Like, by: post}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong numbers below the post, repair: every night}
                  comments:
                    duplicates: {into: Post.comment_count, from: {count: Comment, by: post}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong numbers below the post, repair: every night}
                """, "`Post.like_count`", "`Post.comment_count`");
    }

    private static void assertProven(String yaml, String... copies) throws Exception {
        Model model = Models.read(yaml);
        Facts facts = new Facts(model);
        var results = new Prover(List.of(new AppliesCleanly(), new CatalogMatches(), new CopiesStayExact()))
                .prove(new ProofRequest(
                        facts,
                        model.relationalStore().orElseThrow(),
                        new RelationalGenerator(Templates.builtIn())
                                .generate(facts)
                                .toList(),
                        SERVER.database(),
                        new ProofSettings(3, 4, 250, 40),
                        Deadline.in(Duration.ofMinutes(2))))
                .results();

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
        assertThat(results.subList(2, results.size()))
                .extracting(ProofResult::statement)
                .containsExactly(Arrays.stream(copies)
                        .map(copy -> copy + " is exact after 1,000 statements from 4 connections (0 drift)")
                        .toArray(String[]::new));
    }
}
