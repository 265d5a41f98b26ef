package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Sources;
import dev.schemaproof.model.Located;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the files of a model into one model, with every flaw in them. */
public final class ModelReader {

    /** The largest file that is read: 9 MB. SnakeYAML's own limit of 3 MB is raised to it. */
    public static final int MAX_FILE_SIZE = 9_000_000;

    private static final FileShape SHAPE = new FileShape();

    private ModelReader() {}

    /**
     * Reads and merges the files.
     *
     * @param directory the model's directory, for what is wrong with the model as a whole
     * @param files its files, in any order
     */
    public static ReadResult read(String directory, List<SourceFile> files) {
        var findings = new ArrayList<Finding>();
        var lines = new TreeMap<String, List<String>>();
        var merger = new Merger(findings);
        var complete = true;
        // Side by side, as no file needs to know another
        for (var file :
                sorted(files).parallelStream().map(ModelReader::readFile).toList()) {
            findings.addAll(file.findings());
            file.lines().ifPresent(text -> lines.put(file.path(), text));
            file.part().ifPresent(merger::add);
            complete &= file.complete();
        }
        if (files.isEmpty()) {
            findings.add(Flaw.EMPTY_MODEL
                    .at(Location.startOf(directory), "model", "the model directory holds no `.yaml` or `.yml` file")
                    .withHelp("add a file with `schema:` and `entities:`, or remove the directory"));
        }
        var start = lines.isEmpty() ? directory : lines.firstKey();
        var model = merger.merge(Location.startOf(start), findings.isEmpty());
        return new ReadResult(
                complete ? model : Optional.empty(),
                findings.stream().sorted().distinct().toList(),
                new Sources(lines));
    }

    private static List<SourceFile> sorted(List<SourceFile> files) {
        return files.stream().sorted(Comparator.comparing(SourceFile::path)).toList();
    }

    private static Optional<FileText> text(SourceFile file, List<Finding> findings) {
        var start = Location.startOf(file.path());
        if (file.bytes().length > MAX_FILE_SIZE) {
            findings.add(
                    Flaw.FILE_TOO_LARGE
                            .at(start, file.path(), "this file is larger than 9 MB")
                            .withHelp(
                                    "split it: all files of the directory are one model, so each entity can have a file of its own"));
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(file.bytes());
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            var text = decoder.decode(bytes).toString();
            return Optional.of(FileText.of(file.path(), text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            var before = new String(file.bytes(), 0, bytes.position(), StandardCharsets.UTF_8);
            var readable = FileText.of(file.path(), before);
            findings.add(Flaw.NOT_UTF8
                    .at(
                            readable.locate(readable.codePoints().length, readable.codePoints().length + 1),
                            file.path(),
                            "the byte 0x%02X here is no UTF-8".formatted(file.bytes()[bytes.position()]))
                    .withHelp("save the file as UTF-8"));
            return Optional.empty();
        }
    }

    /**
     * What came out of one file.
     *
     * @param lines its text, if it is one
     * @param part what it says
     * @param complete whether everything in it has come into the part, with flaws or without
     */
    private record FileRead(
            String path,
            Optional<List<String>> lines,
            Optional<FileShape.Part> part,
            List<Finding> findings,
            boolean complete) {}

    private static FileRead readFile(SourceFile file) {
        var findings = new ArrayList<Finding>();
        var text = text(file, findings);
        if (text.isEmpty()) {
            return new FileRead(file.path(), Optional.empty(), Optional.empty(), findings, false);
        }
        var lines = Optional.<List<String>>of(new Lines(file.bytes()));
        var root = TreeReader.read(text.get(), findings::add);
        if (root.isEmpty()) {
            return new FileRead(file.path(), lines, Optional.empty(), findings, findings.isEmpty());
        }
        var reading = new Reading(findings);
        var name = new Located<>(file.path(), Location.startOf(file.path()));
        var part = SHAPE.read(new Spot(name, root.get()), reading);
        return new FileRead(file.path(), lines, part, findings, !reading.lost());
    }

    /** The ids of everything that reading can find; such findings are beyond any decision of the team. */
    public static Set<RuleId> flaws() {
        return Stream.of(Flaw.values()).map(Flaw::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The JSON Schema (draft 2020-12) of the language, made from the same description that files are read by. */
    public static Map<String, Object> jsonSchema() {
        return LanguageSchema.WHOLE;
    }

    /** Made when it is first asked for, and then kept, as it is long and always the same. */
    private static final class LanguageSchema {

        static final Map<String, Object> WHOLE = Collections.unmodifiableMap(whole());

        private static Map<String, Object> whole() {
            var definitions = new Definitions();
            var root = SHAPE.schema(definitions);
            var schema = new LinkedHashMap<String, Object>();
            schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
            schema.put("title", "Schemaproof model");
            schema.put("description", "Entities, access patterns and denormalization contracts");
            schema.putAll(root);
            schema.put("$defs", definitions.all());
            return schema;
        }
    }
}
