package dev.schemaproof.discover.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaproof.discover.ReadRows;
import dev.schemaproof.discover.table.UnreadableTableException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV as it is found in the wild: what can be read is, and what can't is named with its line. */
class CsvTableTest {

    private static final String SHOWN = "data/people.csv";

    @TempDir
    private Path directory;

    @Test
    void readsQuotesAndLineBreaksWithinThem() throws Exception {
        assertThat(read("id,name\r\n1,\"Smith, Jo\"\r\n2,\"say \"\"hi\"\"\r\nand go\"\r\n3,x\r\n"))
                .containsExactly("id|name", "2: 1|Smith, Jo", "3: 2|say \"hi\"\r\nand go", "5: 3|x");
    }

    @Test
    void takesAnEmptyValueForNoneUnlessItHasQuotes() throws Exception {
        assertThat(read("a,b\n,\"\"\n")).containsExactly("a|b", "2: <null>|");
    }

    @Test
    void takesAnotherTextForNoneWhenAsked() throws Exception {
        var dialect = new CsvDialect(Optional.empty(), "NULL");

        assertThat(read("a,b\nNULL,\"NULL\"\n,NULLS\n".getBytes(StandardCharsets.UTF_8), dialect))
                .containsExactly("a|b", "2: <null>|NULL", "3: |NULLS");
    }

    @Test
    void skipsAByteOrderMark() throws Exception {
        assertThat(read("\uFEFFid,name\n1,x\n")).containsExactly("id|name", "2: 1|x");
    }

    @Test
    void skipsLinesWithoutAnything() throws Exception {
        assertThat(read("\nid,name\n\n1,x\n\n")).containsExactly("id|name", "4: 1|x");
    }

    @Test
    void needsNoLineBreakAtTheEnd() throws Exception {
        assertThat(read("id,name\n1,x")).containsExactly("id|name", "2: 1|x");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void seesWhichDelimiterIsUsed(String delimiter) throws Exception {
        var text = "id;name\n1;\"a, b; c\"\n2;1,5\n".replace(";", delimiter).replace("b" + delimiter, "b,");

        assertThat(read(text.replace("1,5", "x"))).element(0).isEqualTo("id|name");
    }

    @Test
    void isNotMisledByOtherDelimitersInTexts() throws Exception {
        assertThat(read("id;note\n1;a, b, c, d\n2;e\n3;f, g\n"))
                .containsExactly("id|note", "2: 1|a, b, c, d", "3: 2|e", "4: 3|f, g");
    }

    @Test
    void readsASingleColumn() throws Exception {
        assertThat(read("name\nx\ny\n")).containsExactly("name", "2: x", "3: y");
    }

    @Test
    void takesTheDelimiterThatIsAskedFor() throws Exception {
        var dialect = new CsvDialect(Optional.of(':'), "");

        assertThat(read("a:b\n1,2:3\n".getBytes(StandardCharsets.UTF_8), dialect))
                .containsExactly("a|b", "2: 1,2|3");
    }

    @Test
    void readsAHeaderWithoutRows() throws Exception {
        assertThat(read("id,name\n")).containsExactly("id|name");
    }

    @Test
    void readsNoMoreThanIsWanted() throws Exception {
        var rows = new ReadRows(2);
        new CsvTable(file("a\n1\n2\n3\n".getBytes(StandardCharsets.UTF_8)), SHOWN, CsvDialect.usual()).read(rows);

        assertThat(rows.lines()).containsExactly("a", "2: 1", "3: 2");
    }

    @Test
    void isNamedAfterItsFile() {
        assertThat(new CsvTable(Path.of("x", "order_lines.2024.csv"), SHOWN, CsvDialect.usual()).tableName())
                .isEqualTo("order_lines");
    }

    @Test
    void namesEveryRaggedRow() {
        assertThat(flaws("id,name\n1\n2,x\n3,y,z\n\n4,\"two\nlines\",5\n"))
                .containsExactly(
                        SHOWN + ":2: this record has 1 value, but there are 2 columns",
                        SHOWN + ":4: this record has 3 values, but there are 2 columns",
                        SHOWN + ":6: this record has 3 values, but there are 2 columns");
    }

    @Test
    void countsRaggedRowsBeyondTheFirstTwenty() {
        assertThat(flaws("id,name\n" + "1\n".repeat(25)))
                .hasSize(21)
                .endsWith(
                        SHOWN + ":21: this record has 1 value, but there are 2 columns",
                        SHOWN + ": 5 more records are like that");
    }

    @Test
    void needsDifferentNamesForAllColumns() {
        assertThat(flaws("id,name,,id, name\n1,2,3,4,5\n"))
                .containsExactly(
                        SHOWN + ":1: column 3 has no name",
                        SHOWN + ":1: columns 1 and 4 have the same name, `id`",
                        SHOWN + ":1: columns 2 and 5 have the same name, `name`");
    }

    @Test
    void needsAHeader() {
        assertThat(flaws(""))
                .containsExactly(SHOWN + ":1: the file is empty, but its first line has to name the columns");
        assertThat(flaws("\n\n"))
                .containsExactly(SHOWN + ":1: the file is empty, but its first line has to name the columns");
    }

    @Test
    void namesTheLineOfAQuoteThatIsNeverClosed() {
        assertThat(flaws("id,name\n1\n2,\"x\n3,y\n"))
                .containsExactly(
                        SHOWN + ":2: this record has 1 value, but there are 2 columns",
                        SHOWN + ":3: a quote in this record is never closed");
    }

    @Test
    void namesTheLineOfAValueThatDoesNotEnd() {
        assertThat(flaws("id,name\n1,\"" + "x\n".repeat(CsvTable.LONGEST_VALUE)))
                .containsExactly(SHOWN
                        + ":2: a value in this record is longer than 4194304 characters; a quote may not be closed");
    }

    @Test
    void namesTheLineOfAQuoteInAQuotedValue() {
        assertThat(flaws("id,name\n1,\"x\"y\"\n2,z\n"))
                .containsExactly(SHOWN + ":2: a quoted value in this record goes on behind its closing quote;"
                        + " a quote within a value is written twice");
    }

    @Test
    void namesTheLineAndByteThatAreNoUtf8() {
        var text = "id,name\n" + "1,x\n".repeat(50_000) + "2,Jos\u00e9\n3,y\n";

        assertThat(flaws(text, StandardCharsets.ISO_8859_1))
                .containsExactly(
                        SHOWN + ":50002: this is not UTF-8: the byte 0xE9 can't stand here; save the file as UTF-8");
        assertThat(flaws("id,name\n1,x\n", StandardCharsets.UTF_16))
                .containsExactly(SHOWN + ":1: this is not UTF-8: the file is in UTF-16; save it as UTF-8");
    }

    @Test
    void saysThatThereIsNoFile() {
        var e = catchThrowableOfType(
                UnreadableTableException.class,
                () -> new CsvTable(directory.resolve("none.csv"), SHOWN, CsvDialect.usual()).read(new ReadRows()));

        assertThat(e.flaws()).containsExactly(SHOWN + ": can't be read: there is no such file");
    }

    private List<String> read(String text) throws Exception {
        return read(text.getBytes(StandardCharsets.UTF_8), CsvDialect.usual());
    }

    private List<String> read(byte[] bytes, CsvDialect dialect) throws Exception {
        var rows = new ReadRows();
        new CsvTable(file(bytes), SHOWN, dialect).read(rows);
        return rows.lines();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("people.csv"), bytes);
    }

    private List<String> flaws(String text) {
        return flaws(text, StandardCharsets.UTF_8);
    }

    private List<String> flaws(String text, Charset charset) {
        return catchThrowableOfType(
                        UnreadableTableException.class, () -> read(text.getBytes(charset), CsvDialect.usual()))
                .flaws();
    }
}
