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

    @Test
    void keepsSumsAndWhetherThereIsARow() throws Exception {
        assertProven("""
                schema: s
                entities:
                  Account:
                    attributes:
                      id: int
                      balance: {type: "decimal(14,2)", default: 0}
                      units: {type: bigint, default: 0, optional: true}
                      overdrawn: {type: boolean, default: false}
                      entries: {type: int, default: 0}
                    key: [id]
                  Entry:
                    attributes:
                      id: {type: bigint, identity: always}
                      account_id: int?
                      amount: {type: "decimal(8,2)", optional: true}
                      units: smallint
                      open: boolean
                    key: [id]
                    references: {account: {entity: Account, onDelete: cascade, onUpdate: cascade}}
                    indexes: {by_account: {on: [account_id]}}
                denormalizations:
                  balance:
                    duplicates: {into: Account.balance, from: {sum: Entry.amount, by: account}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong money, repair: every night}
                  units:
                    duplicates: {into: Account.units, from: {sum: Entry.units, by: account, where: open}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong stock, repair: every night}
                  overdrawn:
                    duplicates: {into: Account.overdrawn, from: {exists: Entry, by: account, where: amount < 0 and open}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: no letter is sent, repair: every night}
                  entries:
                    duplicates: {into: Account.entries, from: {count: Entry, by: account}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong number, repair: every night}
                """, "`Account.balance`", "`Account.units`", "`Account.overdrawn`", "`Account.entries`");
    }

    @Test
    void keepsTheLeastTheGreatestAndTheLatest() throws Exception {
        assertProven("""
                schema: s
                types: {mood: {enum: [calm, tense]}}
                entities:
                  Room:
                    table: room s
                    attributes:
                      house: int
                      "No": int
                      warmest: {type: "decimal(4,1)", optional: true}
                      coldest: {type: "decimal(4,1)", optional: true}
                      last_seen: {type: timestamptz, optional: true}
                      last_note: {type: string(20), optional: true}
                      mood: {type: mood, optional: true}
                    key: [house, "No"]
                  Reading:
                    attributes:
                      id: int
                      house: int
                      room: int
                      warmth: {type: "decimal(4,1)", optional: true}
                      at: {type: timestamptz, optional: true}
                      note: {type: string(20), optional: true}
                      mood: mood
                      trusted: boolean
                    key: [id]
                    references:
                      room: {entity: Room, attributes: [house, room], onDelete: cascade, onUpdate: cascade}
                    indexes: {by_room: {on: [house, room, warmth]}}
                denormalizations:
                  warmest:
                    duplicates: {into: Room.warmest, from: {max: Reading.warmth, by: room, where: trusted}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong heating, repair: every night}
                  coldest:
                    duplicates: {into: Room.coldest, from: {min: Reading.warmth, by: room}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong heating, repair: every night}
                  seen:
                    duplicates: {into: Room.last_seen, from: {max: Reading.at, by: room}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong alarm, repair: every night}
                  note:
                    duplicates: {into: Room.last_note, from: {latest: Reading.note, by: room, orderBy: at}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong note, repair: every night}
                  mood:
                    duplicates: {into: Room.mood, from: {max: Reading.mood, by: room}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong music, repair: every night}
                """, "`Room.warmest`", "`Room.coldest`", "`Room.last_seen`", "`Room.last_note`", "`Room.mood`");
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
