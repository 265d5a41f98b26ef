package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Contract.Mode;
import dev.schemaproof.template.Templates;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every kind of summary by itself, in every mode that it can have, under as many statements as there is patience for, at READ COMMITTED,
 * REPEATABLE READ and SERIALIZABLE.
 *
 * <p>{@code mvn -pl plugin -Prates test -Dtest=MillionStatementsTest} runs a million for each; the ordinary build runs a few.
 * {@code -Dschemaproof.statements} says how many, {@code -Dschemaproof.seed} with which seed.
 */
class MillionStatementsTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final int STATEMENTS = Integer.getInteger("schemaproof.statements", 600);
    private static final long SEED = Long.getLong("schemaproof.seed", 1);
    private static final int CONNECTIONS = 6;

    private static final String MODEL = """
            schema: s
            entities:
              Box:
                attributes:
                  id: int
                  copy: %1$s
                key: [id]
              Thing:
                attributes:
                  id: int
                  box_id: int?
                  weight: {type: int, optional: true}
                  at: {type: int, optional: true}
                key: [id]
                references: {box: {entity: Box, onDelete: cascade, onUpdate: cascade}}
                indexes: {by_box: {on: [box_id, weight]}}
            denormalizations:
              copy:
                duplicates: {into: Box.copy, from: %2$s}
                sync: {by: trigger, mode: %3$s}
                staleness: {allowed: %4$s, effect: wrong copy, repair: every night}
            """;

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
                    {type: int, default: 0}         | {count: Thing, by: box}
                    {type: int, default: 0}         | {count: Thing, by: box, where: weight > 3}
                    {type: bigint, default: 0}      | {sum: Thing.weight, by: box}
                    {type: int, optional: true}     | {min: Thing.weight, by: box}
                    {type: int, optional: true}     | {max: Thing.weight, by: box}
                    {type: boolean, default: false} | {exists: Thing, by: box}
                    {type: int, optional: true}     | {latest: Thing.weight, by: box, orderBy: at}
                    """)
    void staysExact(String type, String from) throws Exception {
        for (var mode : Mode.values()) {
            if (mode.isFolded() && !type.contains("default: 0")) {
                continue;
            }
            var model = Models.read(MODEL.formatted(
                    type, from, mode.word() + (mode.isFolded() ? ", every: 1s" : ""), mode.isFolded() ? "1m" : "none"));
            var facts = new Facts(model);
            var report = new Prover(List.of(new AppliesCleanly(), new CopiesStayExact()))
                    .prove(new ProofRequest(
                            facts,
                            model.relationalStore().orElseThrow(),
                            new RelationalGenerator(Templates.builtIn())
                                    .generate(facts)
                                    .toList(),
                            SERVER.database(),
                            new ProofSettings(SEED, CONNECTIONS, STATEMENTS / CONNECTIONS, 40),
                            Deadline.in(Duration.ofMinutes(2).plusMillis(20L * STATEMENTS))));
            assertThat(report.results())
                    .hasSize(2)
                    .allSatisfy(result ->
                            assertThat(result.verdict()).as(mode + " " + result).isEqualTo(Verdict.PROVEN));
            System.out.println(
                    mode.word() + " " + from + ": " + report.results().get(1).figures());
        }
    }
}
