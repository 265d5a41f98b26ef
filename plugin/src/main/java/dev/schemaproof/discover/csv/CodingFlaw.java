package dev.schemaproof.discover.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The first byte of a file that is not UTF-8.
 *
 * @param line where it is, from 1
 * @param octet the byte
 * @param wide whether the file begins as one in UTF-16 does
 */
record CodingFlaw(long line, byte octet, boolean wide) {

    private static final int BUFFER = 1 << 16;

    /** Looks for it once more: a reader tells neither line nor byte. */
    static CodingFlaw in(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            var bytes = ByteBuffer.allocate(BUFFER);
            var chars = CharBuffer.allocate(BUFFER);
            var line = 1L;
            var wide = false;
            for (var begin = true; ; begin = false) {
                var end = channel.read(bytes) < 0;
                bytes.flip();
                if (begin && bytes.remaining() > 1) {
                    var mark = bytes.getShort(0) & 0xFFFF;
                    wide = mark == 0xFFFE || mark == 0xFEFF;
                }
                var result = decoder.decode(bytes, chars, end);
                chars.flip();
                line += chars.chars().filter(c -> c == '\n').count();
                chars.clear();
                if (result.isError()) {
                    return new CodingFlaw(line, bytes.get(bytes.position()), wide);
                }
                if (end) {
                    throw new IOException("it has changed while it was read");
                }
                bytes.compact();
            }
        }
    }

    /** The flaw, for the user. */
    String in(String file) {
        return file + ":" + line + ": this is not UTF-8: "
                + (wide
                        ? "the file is in UTF-16; save it as UTF-8"
                        : "the byte 0x"
                                + HexFormat.of().toHexDigits(octet).toUpperCase(Locale.ROOT)
                                + " can't stand here; save the file as UTF-8");
    }
}
