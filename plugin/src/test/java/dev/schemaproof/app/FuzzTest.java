package dev.schemaproof.app;

import dev.schemaproof.yaml.ModelReader;
import dev.schemaproof.yaml.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever the files hold, validation ends with findings that can be shown, and generation with texts: never with an
 * exception, never not at all. {@code mvn -pl plugin -Pfuzz test} tries 100,000 inputs, a quarter for each property; the
 * ordinary build is content with fewer. What was ever found stands in {@link OnceBrokenTest}.
 */
class FuzzTest {

    private static final List<List<SourceFile>> SEEDS = Seeds.all();

    private static final List<List<SourceFile>> SOUND = SEEDS.stream()
            .filter(files ->
                    ModelReader.read("src/main/schema", files).findings().isEmpty())
            .toList();

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void damagedModels(@ForAll("damaged") List<SourceFile> files) throws Exception {
        Examination.of(files);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void modelsThatMeanNothing(@ForAll("random") String text) throws Exception {
        Examination.of(List.of(file(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void textsThatAreNoModels(@ForAll("text") byte[] text) throws Exception {
        Examination.of(List.of(file(text)));
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void changedModels(@ForAll("changed") List<SourceFile> files) throws Exception {
        Examination.of(files);
    }

    @Provide
    Arbitrary<List<SourceFile>> changed() {
        var seed = Arbitraries.integers().between(0, SOUND.size() - 1);
        var which = Arbitraries.integers().between(0, 1_000);
        var place = Arbitraries.integers().between(0, 1_000_000).withoutEdgeCases();
        var changes = Combinators.combine(
                        Arbitraries.of(TreeMutation.Kind.class), place, place, Arbitraries.of(HostileTexts.ALL))
                .as(TreeMutation::new);
        return Combinators.combine(seed, which, changes.list().ofMinSize(1).ofMaxSize(3))
                .as((index, file, mutations) -> changed(SOUND.get(index), file, mutations));
    }

    private static List<SourceFile> changed(List<SourceFile> files, int which, List<TreeMutation> mutations) {
        var changed = new ArrayList<>(files);
        var index = which % files.size();
        var tree = TreeMutation.tree(files.get(index).bytes());
        for (var mutation : mutations) {
            tree = mutation.apply(tree);
        }
        changed.set(index, new SourceFile(files.get(index).path(), TreeMutation.text(tree)));
        return changed;
    }

    @Provide
    Arbitrary<List<SourceFile>> damaged() {
        var seed = Arbitraries.integers().between(0, SEEDS.size() - 1);
        var which = Arbitraries.integers().between(0, 1_000);
        return Combinators.combine(seed, which, mutations().list().ofMinSize(1).ofMaxSize(5))
                .as((index, file, mutations) -> damaged(SEEDS.get(index), file, mutations));
    }

    private static List<SourceFile> damaged(List<SourceFile> files, int which, List<Mutation> mutations) {
        var damaged = new ArrayList<>(files);
        var index = which % files.size();
        var bytes = files.get(index).bytes();
        for (var mutation : mutations) {
            bytes = bytes.length > 100_000 ? bytes : mutation.apply(bytes);
        }
        damaged.set(index, new SourceFile(files.get(index).path(), bytes));
        return damaged;
    }

    private static Arbitrary<Mutation> mutations() {
        var place = Arbitraries.integers().between(0, 1_000_000).withoutEdgeCases();
        return Combinators.combine(Arbitraries.of(Mutation.Kind.class), place, place, Arbitraries.of(HostileTexts.ALL))
                .as(Mutation::new);
    }

    @Provide
    Arbitrary<String> random() {
        return Arbitraries.randomValue(RandomModels::next).dontShrink();
    }

    @Provide
    Arbitrary<byte[]> text() {
        var yaml = Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ": ",
                        ",",
                        "- ",
                        "? ",
                        "#",
                        " #",
                        "&a",
                        "*a",
                        "!",
                        "|",
                        ">",
                        "'",
                        "\"",
                        "%",
                        "@",
                        "`",
                        "\n",
                        "\n  ",
                        "\t",
                        "\r",
                        " ",
                        "a",
                        "schema",
                        "entities",
                        "attributes",
                        "key",
                        "\\",
                        "\\u0000",
                        "---",
                        "...",
                        "<<",
                        "\u0085",
                        "\u2028",
                        "\uFEFF",
                        "\uD83D\uDE00")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
        var any = Arbitraries.strings().all().ofMaxLength(200).map(text -> text.getBytes(StandardCharsets.UTF_8));
        var bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        return Arbitraries.oneOf(yaml, any, bytes);
    }

    private static SourceFile file(byte[] bytes) {
        return new SourceFile("src/main/schema/model.yaml", bytes);
    }
}
