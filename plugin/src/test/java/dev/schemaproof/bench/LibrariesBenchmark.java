package dev.schemaproof.bench;

import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.yaml.ModelReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.parser.AbstractJSqlParser.Dialect;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.statement.Statement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** What the libraries that read YAML and SQL take by themselves, of the time that {@link GoalsBenchmark} measures. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class LibrariesBenchmark {

    /** How many entities the model has. */
    @Param({"1000", "10000"})
    public int entities;

    private List<String> files;
    private List<String> statements;

    /** Makes the model. */
    @Setup
    public void prepare() {
        var sources = SyntheticModel.files(entities);
        files = sources.stream()
                .map(file -> new String(file.bytes(), StandardCharsets.UTF_8))
                .toList();
        statements = ModelReader.read("schema", sources).model().orElseThrow().patterns().values().stream()
                .filter(AccessPattern.Sql.class::isInstance)
                .map(pattern -> ((AccessPattern.Sql) pattern).sql().value())
                .toList();
    }

    /** All files into trees, side by side. */
    @Benchmark
    public List<Node> yaml() {
        return files.parallelStream().map(LibrariesBenchmark::composed).toList();
    }

    /** All statements of access patterns into trees, side by side. */
    @Benchmark
    public List<Statement> sql() {
        return statements.parallelStream().map(LibrariesBenchmark::parsed).toList();
    }

    private static Node composed(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new Composer(new ParserImpl(new StreamReader(new StringReader(text)), options), new Resolver(), options)
                .getSingleNode();
    }

    private static Statement parsed(String text) {
        try {
            return new CCJSqlParser(new StringProvider(text.replace(':', ' ')))
                    .withDialect(Dialect.POSTGRESQL)
                    .withAllowComplexParsing(true)
                    .Statement();
        } catch (ParseException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
