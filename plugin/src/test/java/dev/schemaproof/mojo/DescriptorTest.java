package dev.schemaproof.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.codehaus.plexus.configuration.PlexusConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users rely on in POMs and on command lines: goals, phases, parameters, properties, defaults. */
class DescriptorTest {

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{(.+)}");

    private static PluginDescriptor descriptor;

    @BeforeAll
    static void read() throws IOException, PlexusConfigurationException {
        try (var file = DescriptorTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            descriptor =
                    new PluginDescriptorBuilder().build(new java.io.InputStreamReader(file, StandardCharsets.UTF_8));
        }
    }

    @Test
    void hasThesePhases() {
        assertThat(descriptor.getGoalPrefix()).isEqualTo("schema");
        assertThat(descriptor.getMojos().stream()
                        .collect(Collectors.toMap(MojoDescriptor::getGoal, mojo -> String.valueOf(mojo.getPhase()))))
                .containsEntry("validate", "validate")
                .containsEntry("generate", "generate-resources")
                .containsEntry("verify", "verify")
                .containsEntry("advise", "null")
                .containsEntry("measure", "null")
                .containsEntry("import-patterns", "null")
                .containsEntry("help", "null");
    }

    @Test
    void hasTheseParameters() {
        assertThat(parameters("validate"))
                .containsExactly(
                        "acceptFindings: schema.acceptFindings = false",
                        "baselineDirectory: schema.baselineDirectory = ${project.basedir}/src/main/schema-baseline",
                        "failOn: schema.failOn = error",
                        "reportDirectory: schema.reportDirectory = ${project.build.directory}/schema",
                        "schemaDirectory: schema.schemaDirectory = ${project.basedir}/src/main/schema",
                        "skip: schema.skip = false");
        assertThat(parameters("generate"))
                .containsAll(parameters("validate").tailSet("b"))
                .contains(
                        "firstMigration: schema.firstMigration = false",
                        "migrationDirectory: schema.migrationDirectory = ${project.basedir}/src/main/resources/db/migration",
                        "outputDirectory: schema.outputDirectory = ${project.build.directory}/generated-resources/schema",
                        "prices: schema.prices = null",
                        "templateDirectory: schema.templateDirectory = ${project.basedir}/src/main/schema-templates");
        assertThat(parameters("verify"))
                .containsAll(parameters("validate").tailSet("b"))
                .contains(
                        "engine: schema.engine = auto",
                        "image: schema.image = null",
                        "outputDirectory: schema.outputDirectory = ${project.build.directory}/generated-resources/schema",
                        "server: schema.server = null",
                        "skipITs: skipITs = false",
                        "skipVerify: schema.skipVerify = false",
                        "templateDirectory: schema.templateDirectory = ${project.basedir}/src/main/schema-templates",
                        "timeout: schema.timeout = 10m",
                        "url: schema.url = null");
        assertThat(parameters("verify"))
                .contains("baseline: schema.baseline = compare", "prices: schema.prices = null");
        assertThat(parameters("measure"))
                .containsAll(parameters("validate").tailSet("b"))
                .contains(
                        "engine: schema.engine = auto",
                        "measureRows: schema.measureRows = 100000",
                        "measuredWhere: schema.measuredWhere = null",
                        "timeout: schema.timeout = 10m",
                        "url: schema.url = null")
                .doesNotContain("skipVerify: schema.skipVerify = false");
        assertThat(parameters("import-patterns"))
                .containsAll(parameters("validate").tailSet("b"))
                .contains(
                        "patterns: schema.patterns = null",
                        "patternsFile: schema.patternsFile = ${project.build.directory}/schema/imported-patterns.yaml",
                        "period: schema.period = null");
        assertThat(parameters("advise"))
                .containsAll(parameters("validate").tailSet("b"))
                .contains(
                        "csv: schema.csv = null",
                        "csvDelimiter: schema.csvDelimiter = null",
                        "csvNull: schema.csvNull = null",
                        "mostColumns: schema.mostColumns = 0",
                        "mostRows: schema.mostRows = 0",
                        "server: schema.server = null",
                        "sqlSchema: schema.sqlSchema = null",
                        "timeout: schema.timeout = 10m",
                        "url: schema.url = null");
    }

    @Test
    void everyGoalMayRunBesideOthers() {
        assertThat(descriptor.getMojos())
                .allSatisfy(mojo ->
                        assertThat(mojo.isThreadSafe()).as(mojo.getGoal()).isTrue());
    }

    @Test
    void everyParameterHasItsManual() {
        for (var mojo : descriptor.getMojos()) {
            if ("help".equals(mojo.getGoal())) {
                continue;
            }
            assertThat(mojo.getDescription()).as(mojo.getGoal()).isNotBlank();
            assertThat(mojo.getSince()).as(mojo.getGoal()).isNotBlank();
            assertThat(mojo.getParameters()).filteredOn(Parameter::isEditable).allSatisfy(parameter -> {
                assertThat(parameter.getDescription()).isNotBlank();
                assertThat(parameter.getSince()).isNotBlank();
            });
        }
    }

    /** The example's POM is one as users write it, with a version in it that has to be kept in step. */
    @Test
    void theWorkedExampleTakesThisVersion() throws IOException {
        var pom = Files.readString(Path.of("../it/social/pom.xml"));
        assertThat(pom)
                .containsPattern("<artifactId>schema-maven-plugin</artifactId>\\s*<version>"
                        + Pattern.quote(descriptor.getVersion()) + "</version>");
    }

    private static TreeSet<String> parameters(String goal) {
        var mojo = descriptor.getMojo(goal);
        return mojo.getParameters().stream()
                .filter(Parameter::isEditable)
                .map(parameter -> describe(mojo, parameter))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String describe(MojoDescriptor mojo, Parameter parameter) {
        var configuration = mojo.getMojoConfiguration().getChild(parameter.getName());
        var property = PROPERTY.matcher(String.valueOf(configuration.getValue()));
        assertThat(property.matches())
                .as("a user can set `" + parameter.getName() + "`")
                .isTrue();
        return parameter.getName() + ": " + property.group(1) + " = " + configuration.getAttribute("default-value");
    }
}
