package dev.schemaproof.mojo;

import dev.schemaproof.app.FailOn;
import dev.schemaproof.app.GoalResult;
import dev.schemaproof.app.LastModel;
import dev.schemaproof.app.ModelRequest;
import dev.schemaproof.app.ModelRequest.Tool;
import dev.schemaproof.app.ProjectCode;
import dev.schemaproof.output.RunRecord.Message;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What all goals share: where the model is, what fails the build, and how results become log lines and exceptions. */
abstract class AbstractSchemaMojo extends AbstractMojo {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(s|m|min|h)?");

    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.skip", defaultValue = "false")
    private boolean skip;

    /**
     * The directory of the model: all {@code *.yaml} and {@code *.yml} files in it and below are one model. When it does
     * not exist, the goal says so and does nothing.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.schemaDirectory", defaultValue = "${project.basedir}/src/main/schema")
    private File schemaDirectory;

    /**
     * The directory of what is kept beside the model: {@code findings.json} lists the findings that were there before,
     * and are accepted; {@code plans-postgresql-18.json} tells how access patterns were planned.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.baselineDirectory", defaultValue = "${project.basedir}/src/main/schema-baseline")
    private File baselineDirectory;

    /**
     * Where reports go: {@code findings.json}, {@code findings.sarif}, {@code normal-forms.md} and {@code .json},
     * {@code model.schema.json}, the proofs and the advice.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.reportDirectory", defaultValue = "${project.build.directory}/schema")
    private File reportDirectory;

    /**
     * The weakest severity of a finding that fails the build: {@code error}, {@code warning} or {@code never}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.failOn", defaultValue = "error")
    private String failOn;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("skipped, as `schema.skip` is set");
            return;
        }
        GoalResult result;
        try {
            result = run();
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        result.messages().forEach(this::log);
        if (result.failure().isPresent()) {
            throw new MojoFailureException(result.failure().get());
        }
    }

    /** Does the goal's work. */
    abstract GoalResult run() throws IOException, MojoExecutionException, MojoFailureException;

    final MavenProject project() {
        return project;
    }

    final MavenSession session() {
        return session;
    }

    final PluginDescriptor plugin() {
        return plugin;
    }

    final Path reportDirectory() {
        return absolute(reportDirectory);
    }

    final ModelRequest modelRequest() throws MojoFailureException {
        var directory = absolute(project.getBasedir());
        return new ModelRequest(
                directory,
                absolute(schemaDirectory),
                absolute(baselineDirectory),
                reportDirectory(),
                word("schema.failOn", failOn, FailOn.values()),
                new Tool(plugin.getVersion(), codeFingerprint()),
                LocalDate.now(ZoneId.systemDefault()),
                code(),
                new Surroundings(session).repositoryOnGitHub(directory));
    }

    /** The code of all projects that are built together, as a copy may be kept in another one. */
    private ProjectCode code() {
        List<Path> sources = new ArrayList<>();
        List<Path> classes = new ArrayList<>();
        for (MavenProject built : session.getProjects()) {
            Path directory = absolute(built.getBasedir());
            built.getCompileSourceRoots().forEach(root -> sources.add(directory.resolve(root)));
            sources.add(directory.resolve("src/main/java"));
            sources.add(directory.resolve("src/main/kotlin"));
            classes.add(directory.resolve(built.getBuild().getOutputDirectory()));
        }
        return new ProjectCode(
                sources.stream().distinct().toList(),
                classes.stream().distinct().toList());
    }

    /** What the goals of this build share for this project. */
    @SuppressWarnings("unchecked") // Maven keeps it in a raw map
    final LastModel lastModel() {
        Map<String, Object> context = getPluginContext();
        if (context == null) {
            return new LastModel();
        }
        // Another version of the plugin in the same build has a class of its own by this name
        return context.computeIfAbsent(LastModel.class.getName(), name -> new LastModel()) instanceof LastModel last
                ? last
                : new LastModel();
    }

    final void log(Message message) {
        log(message.level(), message.text());
    }

    final void log(String level, String text) {
        var surroundings = new Surroundings(session);
        switch (level) {
            case "error" -> getLog().error(surroundings.shown(text));
            case "warning" -> getLog().warn(surroundings.shown(text));
            case "annotation" -> surroundings.printRaw(text);
            default -> getLog().info(surroundings.shown(text));
        }
    }

    /** A parameter whose value is one of a few words. */
    static <E extends Enum<E>> E word(String parameter, String value, E[] known) throws MojoFailureException {
        for (var candidate : known) {
            if (candidate.name().equalsIgnoreCase(value.strip())) {
                return candidate;
            }
        }
        throw new MojoFailureException("`" + parameter + "` is `" + value + "`, but has to be one of "
                + Arrays.stream(known)
                        .map(candidate -> "`" + candidate.name().toLowerCase(Locale.ROOT) + "`")
                        .collect(Collectors.joining(", ")));
    }

    /** A parameter that is a stretch of time. */
    static Duration duration(String parameter, String value) throws MojoFailureException {
        var match = DURATION.matcher(value.strip());
        if (!match.matches() || Long.parseLong(match.group(1)) == 0) {
            throw new MojoFailureException("`" + parameter + "` is `" + value
                    + "`, but has to be a number of seconds, or such as `90s`, `10m`, `1h`");
        }
        var number = Long.parseLong(match.group(1));
        var unit = match.group(2) == null ? "s" : match.group(2);
        return switch (unit) {
            case "h" -> Duration.ofHours(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    static Path absolute(File file) {
        return file.toPath().toAbsolutePath().normalize();
    }

    /** The state of the plugin's own jar, which changes under one snapshot version. */
    private String codeFingerprint() {
        var artifact = plugin.getPluginArtifact();
        var jar = artifact == null ? null : artifact.getFile();
        return jar == null ? "" : jar.length() + "@" + jar.lastModified();
    }
}
