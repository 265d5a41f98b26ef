package dev.schemaproof.template;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.ParseException;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.MalformedTemplateNameException;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The templates: the built-in ones, each of which a file of the same relative name in the user's directory replaces.
 *
 * <p>The same template and model give the same text on every machine: no locale, time zone or platform shows in it, and a
 * template reaches no class but what it is handed.
 */
public final class Templates {

    /** Where the built-in templates are on the class path. */
    public static final String BUILT_IN = "/dev/schemaproof/template";

    private static final Pattern PLACE =
            Pattern.compile("\\s*\\[in template \"[^\"]*\" at line \\d+, column \\d+]\\s*$");

    /** FreeMarker keeps the templates that it has read: once is enough for all modules of a build. */
    private static final Templates OURS = new Templates(configuration(builtInLoader()));

    private final Configuration configuration;

    private Templates(Configuration configuration) {
        this.configuration = configuration;
    }

    /** The built-in templates. */
    public static Templates builtIn() {
        return OURS;
    }

    /**
     * The built-in templates and a directory whose files replace them. A directory that does not exist replaces nothing.
     *
     * @throws IOException when the directory is there but cannot be read
     */
    public static Templates overriddenIn(Optional<Path> directory) throws IOException {
        if (directory.filter(Files::isDirectory).isEmpty()) {
            return builtIn();
        }
        var users = new FileTemplateLoader(directory.get().toFile());
        return new Templates(configuration(new MultiTemplateLoader(new TemplateLoader[] {users, builtInLoader()})));
    }

    private static TemplateLoader builtInLoader() {
        return new ClassTemplateLoader(Templates.class, BUILT_IN);
    }

    private static Configuration configuration(TemplateLoader loader) {
        var configuration = new Configuration(Configuration.VERSION_2_3_35);
        configuration.setTemplateLoader(loader);
        configuration.setLocalizedLookup(false);
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setLocale(Locale.ROOT);
        configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
        configuration.setNumberFormat("computer");
        configuration.setBooleanFormat("c");
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setFallbackOnNullLoopVariable(false);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setObjectWrapper(new RecordWrapper());
        return configuration;
    }

    /**
     * Prints a model.
     *
     * @param name the template, such as {@code postgresql/schema.sql.ftl}
     * @param model a record or a map, whose components are the template's variables
     * @return the text, with lines ended by {@code \n} whatever the template's file has
     */
    public String render(String name, Object model) throws TemplateFailedException {
        var text = new StringWriter();
        try {
            configuration.getTemplate(name).process(model, text);
        } catch (ParseException e) {
            throw new TemplateFailedException(
                    named(e.getTemplateName(), name),
                    e.getLineNumber(),
                    e.getColumnNumber(),
                    firstParagraph(e.getEditorMessage()),
                    e);
        } catch (TemplateException e) {
            throw failed(name, e);
        } catch (TemplateNotFoundException | MalformedTemplateNameException e) {
            throw new TemplateFailedException(name, 1, 1, "there is no template of this name", e);
        } catch (IOException e) {
            throw new TemplateFailedException(name, 1, 1, "cannot be read: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new TemplateFailedException(name, 1, 1, "a macro or an include calls itself without end", e);
        }
        return text.toString().replace("\r\n", "\n").replace('\r', '\n');
    }

    private static TemplateFailedException failed(String name, TemplateException e) {
        return new TemplateFailedException(
                named(e.getTemplateSourceName(), name),
                Optional.ofNullable(e.getLineNumber()).orElse(1),
                Optional.ofNullable(e.getColumnNumber()).orElse(1),
                firstParagraph(e.getMessageWithoutStackTop()),
                e);
    }

    private static String named(@Nullable String reported, String asked) {
        return Optional.ofNullable(reported).orElse(asked);
    }

    /** FreeMarker's messages end with the place, which we show ourselves, and go on with tips on its API, set off by a rule. */
    private static String firstParagraph(String message) {
        List<String> lines = new ArrayList<>();
        for (var line : message.split("\\R", -1)) {
            if (line.startsWith("----")) {
                break;
            }
            lines.add(line.strip());
        }
        return PLACE.matcher(String.join(" ", lines)).replaceFirst("").strip();
    }
}
