package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import org.junit.jupiter.api.Test;

class UninheritedCheckTest {

    @Test
    void findsWordsThatMeanNothingInADomain() {
        var found = Findings.in("""
                schema: s
                types:
                  email:
                    domain: text
                    checks:
                      has-at: {condition: value ~ '@', noInherit: true}
                      short: {condition: length(value) < 99}
                entities:
                  A: {attributes: {id: int, mail: email}, key: [id], checks: {c: {condition: id > 0, noInherit: true}}}
                """).stream()
                .filter(finding -> finding.rule().value().equals("uninherited-check"))
                .toList();

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.at()).hasToString("src/main/schema/model.yaml:6:7");
            assertThat(finding.summary())
                    .isEqualTo("check `has-at` has `noInherit: true`, but nothing inherits from domain `email`");
        });
    }
}
