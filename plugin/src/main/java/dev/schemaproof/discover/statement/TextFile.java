package dev.schemaproof.discover.statement;

import dev.schemaproof.discover.table.UnreadableTableException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts in UTF-8, with or without a byte order mark. */
final class TextFile {

    private TextFile() {}

    static String read(Path file, String shown) throws UnreadableTableException {
        try {
            var text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableTableException(shown + ": this is not UTF-8; save it as UTF-8");
        } catch (IOException e) {
            throw new UnreadableTableException(
                    shown + ": can't be read: " + (Files.exists(file) ? e.getMessage() : "there is no such file"));
        }
    }
}
