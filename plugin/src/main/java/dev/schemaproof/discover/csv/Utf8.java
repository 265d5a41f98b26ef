package dev.schemaproof.discover.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files in UTF-8, with or without a byte order mark; other bytes are an error, not a question mark. */
final class Utf8 {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int BUFFER = 1 << 16;

    private Utf8() {}

    static Reader open(Path file) throws IOException {
        var bytes = new PushbackInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), MARK.length);
        try {
            var first = bytes.readNBytes(MARK.length);
            if (!java.util.Arrays.equals(first, MARK)) {
                bytes.unread(first);
            }
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return new InputStreamReader(bytes, decoder);
    }
}
