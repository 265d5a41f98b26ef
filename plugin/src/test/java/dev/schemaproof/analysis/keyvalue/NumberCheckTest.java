package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seq between 0 and 9999             | 4",
                "(seq between 1 and 10000)          | 5",
                "seq >= 0 and seq < 1000            | 3",
                "seq > 0 AND \"seq\" <= 1000        | 4",
                "seq < 1000                         | 10",
                "seq >= 0                           | 10",
                "seq between 0 and 99999999999999   | 10",
                "seq between 0 and 99 or seq = 1000 | 10",
                "other between 0 and 9              | 10",
                "seq between 0 and 0                | 1",
            })
    void tellsHowManyDigitsAreLeft(String condition, int digits) {
        assertThat(NumberCheck.digits("seq", List.of(condition), 10)).isEqualTo(digits);
    }
}
