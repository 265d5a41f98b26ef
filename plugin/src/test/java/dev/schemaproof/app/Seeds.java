package dev.schemaproof.app;

import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The models that stand in this repository: examples, golden cases, and those of every page of the manual. */
final class Seeds {

    private static final Pattern BLOCK = Pattern.compile("```yaml[^\n]*\n(.*?)```", Pattern.DOTALL);

    private Seeds() {}

    static List<List<SourceFile>> all() {
        try {
            var seeds = new ArrayList<List<SourceFile>>();
            for (var root : List.of(Path.of("../it"), Path.of("src/test/cases"), Path.of("../archetype/src"))) {
                for (var folder : below(root).filter(Files::isDirectory).toList()) {
                    var files = files(folder);
                    if (!files.isEmpty()) {
                        seeds.add(files);
                    }
                }
            }
            var pages = below(Path.of("../docs")).filter(file -> file.toString().endsWith(".md"));
            for (var page :
                    Stream.concat(pages, Stream.of(Path.of("../README.md"))).toList()) {
                BLOCK.matcher(Files.readString(page))
                        .results()
                        .forEach(block -> seeds.add(List.of(new SourceFile(
                                "src/main/schema/model.yaml", block.group(1).getBytes(StandardCharsets.UTF_8)))));
            }
            return List.copyOf(seeds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> below(Path root) throws IOException {
        try (var walk = Files.walk(root)) {
            return walk.filter(path -> !path.toString().contains("target")).sorted().toList().stream();
        }
    }

    private static List<SourceFile> files(Path folder) throws IOException {
        var files = new ArrayList<SourceFile>();
        try (var list = Files.list(folder)) {
            for (var file : list.sorted().toList()) {
                if (file.toString().matches(".*[/\\\\](model|schema)[/\\\\][^/\\\\]*\\.ya?ml")) {
                    files.add(new SourceFile("src/main/schema/" + file.getFileName(), Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }
}
