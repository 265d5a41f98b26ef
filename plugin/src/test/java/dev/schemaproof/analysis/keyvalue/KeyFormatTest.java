package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.keyvalue.KeyFormat.Sorting;
import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.ScalarKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "uuid        |                        | 7F9C24E8-3B12-4FEF-91E0-5AD2F1C6B0A1 | 7f9c24e8-3b12-4fef-91e0-5ad2f1c6b0a1",
                "text        |                        | Ann#1                        | Ann#1",
                "text        | lower                  | Ann                          | ann",
                "int         |                        | 042                          | 42",
                "int         | %05d                   | 42                           | 00042",
                "int         | %05d                   | -42                          | -0042",
                "int         | %03d                   | 12345                        | 12345",
                "bigint      | %012d                  | 42                           | 000000000042",
                "decimal     |                        | 1.50                         | 1.5",
                "decimal     |                        | 0.00                         | 0",
                "decimal     |                        | 100                          | 100",
                "double      |                        | 1e3                          | 1000",
                "boolean     |                        | TRUE                         | true",
                "date        |                        | 2024-01-15                   | 2024-01-15",
                "date        | epoch                  | 2024-01-15                   | 1705276800",
                "time        |                        | 08:30                        | 08:30:00.000000",
                "timestamptz |                        | 2024-01-15T08:30:00+02:00    | 2024-01-15T06:30:00.000000Z",
                "timestamptz |                        | 2024-01-15 08:30:00.5+02     | 2024-01-15T06:30:00.500000Z",
                "timestamp   | iso                    | 2024-01-15T08:30:00          | 2024-01-15T08:30:00.000000Z",
                "timestamptz | epoch                  | 2024-01-15T08:30:00.9Z       | 1705307400",
                "timestamptz | yyyy-MM-dd             | 2024-01-15T23:30:00-01:00    | 2024-01-16",
                "timestamptz | yyyy/MM/dd'T'HH        | 2024-01-15T08:30:00Z         | 2024/01/15T08",
                "timestamptz | HHmmssSSS              | 2024-01-15T08:30:00.1239Z    | 083000123",
                "enum        |                        | open                         | open",
                "enum        | lower                  | DONE                         | done",
                "uuid        | shard(10)              | 7f9c24e8-3b12-4fef-91e0-5ad2f1c6b0a1 | 4",
            })
    void writesValues(String type, String notation, String value, String written) {
        var valueType = type(type);
        var format = format(notation);

        assertThat(format.fits(valueType)).isTrue();
        assertThat(format.write(valueType, value)).hasValue(written);
        assertThat(Automaton.of(List.of(format.shape(valueType))).accepts(written))
                .as("%s is one of the texts that the format writes", written)
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int         | x",
                "timestamptz | yesterday",
                "date        | 2024-02-30",
                "time        | 25:00",
                "enum        | unknown",
                "double      | 1e999999999",
            })
    void refusesWhatIsNoValueOfTheType(String type, String value) {
        assertThat(new KeyFormat.Plain().write(type(type), value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "int, lower",
        "text, epoch",
        "text, iso",
        "text, %05d",
        "date, HH",
        "time, yyyy",
        "json,",
        "bytes,",
        "interval,",
        "text, yyyy-MM-dd",
        "decimal, %05d",
    })
    void doesNotFit(String type, String notation) {
        assertThat(format(notation).fits(type(type))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "upper",
        "%d",
        "%0d",
        "%5d",
        "shard",
        "shard(1)",
        "shard(1001)",
        "yyyy-MMM",
        "yy",
        "'T'",
        "SSSSSSS",
        "iso8601"
    })
    void isNoFormat(String notation) {
        assertThat(KeyFormat.read(notation)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "timestamptz |                          | true  | AS_VALUES",
                "timestamptz | iso                      | true  | AS_VALUES",
                "timestamptz | epoch                    | false | OTHERWISE",
                "date        | epoch                    | true  | OTHERWISE",
                "timestamptz | yyyy-MM-dd               | false | COARSER",
                "timestamptz | yyyyMMddHHmmssSSSSSS     | true  | AS_VALUES",
                "timestamptz | yyyyMMddHHmmssSSS        | false | COARSER",
                "timestamptz | dd/MM/yyyy               | false | OTHERWISE",
                "timestamptz | yyyy-dd                  | false | OTHERWISE",
                "date        | yyyyMMdd                 | true  | AS_VALUES",
                "date        | dd.MM.yyyy               | true  | OTHERWISE",
                "time        | HH:mm                    | false | COARSER",
                "int         |                          | true  | OTHERWISE",
                "int         | %010d                    | true  | AS_VALUES",
                "int         | %03d                     | true  | AS_VALUES",
                "text        |                          | true  | AS_VALUES",
                "text        | lower                    | false | OTHERWISE",
                "slug        | lower                    | true  | AS_VALUES",
                "uuid        | lower                    | true  | AS_VALUES",
                "enum        | lower                    | true  | OTHERWISE",
                "labels      | lower                    | false | OTHERWISE",
                "uuid        | shard(4)                 | false | OTHERWISE",
            })
    void knowsWhatIsLostAndHowItSorts(String type, String notation, boolean injective, Sorting sorting) {
        var valueType = type(type);
        var format = format(notation);

        assertThat(format.injective(valueType)).isEqualTo(injective);
        assertThat(format.sorting(valueType)).isEqualTo(sorting);
    }

    @Test
    void paddedNumbersSortAsTheyCount() {
        var format = format("%010d");
        var type = type("int");

        assertThat(List.of("0", "7", "10", "99", "2147483647").stream()
                        .map(value -> format.write(type, value).orElseThrow()))
                .isSorted();
    }

    @Test
    void everyTextOfAShardIsANumberBelowTheCount() {
        var format = format("shard(3)");

        assertThat(Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
                        .map(value -> format.write(type("text"), value).orElseThrow())
                        .distinct())
                .containsExactlyInAnyOrder("0", "1", "2");
    }

    private static KeyFormat format(String notation) {
        return notation == null
                ? new KeyFormat.Plain()
                : KeyFormat.read(notation).orElseThrow();
    }

    private static ValueType type(String name) {
        return switch (name) {
            case "enum" ->
                new ValueType(
                        Kind.ENUMERATION,
                        new DataType.Named("status"),
                        Shape.oneOf(List.of("open", "done")),
                        0,
                        List.of("open", "done"));
            case "labels" ->
                new ValueType(
                        Kind.ENUMERATION,
                        new DataType.Named("status"),
                        Shape.oneOf(List.of("open", "OPEN")),
                        0,
                        List.of("open", "OPEN"));
            case "slug" ->
                new ValueType(
                        Kind.TEXT,
                        new DataType.Scalar(ScalarKind.TEXT),
                        Shape.some(CharacterSet.between('a', 'z')),
                        0,
                        List.of());
            case "decimal" -> KeyValueFixtures.type(new DataType.Decimal(10, 2));
            default -> KeyValueFixtures.type(new DataType.Scalar(ScalarKind.valueOf(name.toUpperCase(Locale.ROOT))));
        };
    }
}
