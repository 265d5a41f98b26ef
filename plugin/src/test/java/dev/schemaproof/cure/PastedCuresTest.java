package dev.schemaproof.cure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decomposition that a finding shows removes it, breaks nothing, and comes to a database that is proven. */
class PastedCuresTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    /** More rounds than any case has breaches. */
    private static final int ROUNDS = 12;

    static Stream<CureCase> cases() {
        return CureCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachRemovesItsFinding(CureCase given) throws Exception {
        var model = Pasted.read(given.yaml());
        var breaches = CureCase.breaches(model);
        assertThat(breaches).isNotEmpty();
        for (var breach : breaches) {
            var help = howTo(breach, breaches);
            var cured = Pasted.read(Pasted.into(given.yaml(), help));
            assertThat(briefly(CureCase.findings(cured)))
                    .as("after %s by\n%s", breach.summary(), help)
                    .doesNotContain(briefly(breach));
            assertThat(errors(cured))
                    .as("errors after %s by\n%s", breach.summary(), help)
                    .isSubsetOf(errors(model));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allTogetherLeaveADatabaseThatIsProven(CureCase given) throws Exception {
        var yaml = given.yaml();
        var breaches = CureCase.breaches(Pasted.read(yaml));
        for (var round = 0; !breaches.isEmpty(); round++) {
            assertThat(round).isLessThan(ROUNDS);
            yaml = Pasted.into(yaml, howTo(breaches.get(0), breaches));
            breaches = CureCase.breaches(Pasted.read(yaml));
        }
        var model = Pasted.read(yaml);
        assertThat(errors(model)).as(yaml).isEmpty();
        Proven.on(SERVER, model, yaml);
    }

    /** The help itself, or that of the finding with which it goes along. */
    private static String howTo(Finding breach, List<Finding> all) {
        var help = breach.help().orElseThrow();
        if (Pasted.showsHow(help)) {
            return help;
        }
        var entity = breach.subject().substring(0, breach.subject().lastIndexOf('.') + 1);
        return all.stream()
                .filter(other -> other.subject().equals(entity + Pasted.leader(help)))
                .map(other -> other.help().orElseThrow())
                .filter(Pasted::showsHow)
                .findFirst()
                .orElseThrow(() -> new AssertionError(help));
    }

    private static List<String> errors(Model model) {
        return CureCase.findings(model).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(PastedCuresTest::briefly)
                .toList();
    }

    private static List<String> briefly(List<Finding> findings) {
        return findings.stream().map(PastedCuresTest::briefly).collect(Collectors.toList());
    }

    private static String briefly(Finding finding) {
        return finding.rule() + " " + finding.subject();
    }
}
