package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** The examples of "Read and write operations" and "Using Global Secondary Indexes in DynamoDB" in DynamoDB's developer guide. */
class CapacityUnitsTest {

    private static final double KB = 1024;

    @Test
    void anItemIsReadInStepsOfFourKilobytes() {
        assertThat(CapacityUnits.read(3.5 * KB, true)).isEqualTo(1);
        assertThat(CapacityUnits.read(3 * KB, true)).isEqualTo(1);
        assertThat(CapacityUnits.read(10 * KB, true)).isEqualTo(3);
        assertThat(CapacityUnits.read(8 * KB, true)).isEqualTo(2);
    }

    @Test
    void halfIsPaidForWhatMayBeStale() {
        assertThat(CapacityUnits.read(8 * KB, false)).isEqualTo(1);
        assertThat(CapacityUnits.read(80 * KB, false)).isEqualTo(10);
        // An index entry of 2000 bytes, eight times
        assertThat(CapacityUnits.read(8 * 2000, false)).isEqualTo(2);
    }

    @Test
    void whatAQueryReadsIsRoundedOnce() {
        assertThat(CapacityUnits.read(40.8 * KB, true)).isEqualTo(44 / 4);
        assertThat(CapacityUnits.read(1500 * 64, true)).isEqualTo(96 / 4);
    }

    @Test
    void whatFindsNothingCostsOneStep() {
        assertThat(CapacityUnits.read(0, true)).isEqualTo(1);
        assertThat(CapacityUnits.read(0, false)).isEqualTo(0.5);
    }

    @Test
    void anItemIsWrittenInStepsOfOneKilobyte() {
        assertThat(CapacityUnits.write(512)).isEqualTo(1);
        assertThat(CapacityUnits.write(1024)).isEqualTo(1);
        assertThat(CapacityUnits.write(1.6 * KB)).isEqualTo(2);
        assertThat(CapacityUnits.write(3 * KB)).isEqualTo(3);
    }

    @Test
    void aPageEndsAtOneMegabyte() {
        assertThat(CapacityUnits.pages(0)).isEqualTo(1);
        assertThat(CapacityUnits.pages(1024 * KB)).isEqualTo(1);
        assertThat(CapacityUnits.pages(1024 * KB + 1)).isEqualTo(2);
    }

    @Property
    void moreBytesNeverCostLess(
            @ForAll @DoubleRange(max = 1e9) double bytes, @ForAll @DoubleRange(max = 1e6) double more) {
        assertThat(CapacityUnits.read(bytes + more, true)).isGreaterThanOrEqualTo(CapacityUnits.read(bytes, true));
        assertThat(CapacityUnits.write(bytes + more)).isGreaterThanOrEqualTo(CapacityUnits.write(bytes));
        assertThat(CapacityUnits.read(bytes, true)).isEqualTo(2 * CapacityUnits.read(bytes, false));
    }
}
