package dev.schemaproof.yaml;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file in UTF-8, without their breaks. Each is made when it is asked for: of a large model's lines findings
 * show a few, and all of them would take more memory than the model.
 */
final class Lines extends AbstractList<String> implements RandomAccess {

    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private final byte[] bytes;
    private final int[] starts;

    /** The line that was made last, as the findings of a line follow each other, and it may be as long as the file. */
    private volatile @Nullable Line last;

    private record Line(int index, String text) {}

    /**
     * @param bytes not copied, nor to be written to
     */
    Lines(byte[] bytes) {
        this.bytes = bytes;
        var found = new int[16];
        var lines = 1;
        found[0] = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        for (var i = found[0]; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r' && !(i + 1 < bytes.length && bytes[i + 1] == '\n')) {
                if (lines == found.length) {
                    found = Arrays.copyOf(found, 2 * lines);
                }
                found[lines++] = i + 1;
            }
        }
        starts = Arrays.copyOf(found, lines);
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    @Override
    public String get(int index) {
        var line = last;
        if (line == null || line.index() != index) {
            line = new Line(index, made(index));
            last = line;
        }
        return line.text();
    }

    private String made(int index) {
        var start = starts[Objects.checkIndex(index, starts.length)];
        var end = index + 1 < starts.length ? starts[index + 1] : bytes.length;
        while (end > start && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    @Override
    public int size() {
        return starts.length;
    }
}
