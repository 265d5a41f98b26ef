package dev.schemaproof.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The code of a project and of those that are built with it, as far as contracts name methods in it: {@code
 * com.acme.FollowService#follow}, a nested class by {@code $} or a dot.
 *
 * @param sources roots of source files; need not exist
 * @param classes roots of compiled classes; need not exist
 */
public record ProjectCode(List<Path> sources, List<Path> classes) {

    /** Of nothing. */
    public static final ProjectCode NONE = new ProjectCode(List.of(), List.of());

    private static final Pattern REFERENCE = Pattern.compile("((?:[\\w$]++\\.)*+[\\w$]++)#([\\w$]++)");
    private static final List<String> LANGUAGES = List.of(".java", ".kt", ".groovy", ".scala");

    public ProjectCode {
        sources = List.copyOf(sources);
        classes = List.copyOf(classes);
    }

    /** A method of a class. */
    private record Method(String type, String name) {

        static Optional<Method> of(String reference) {
            var matcher = REFERENCE.matcher(reference.strip());
            return matcher.matches() ? Optional.of(new Method(matcher.group(1), matcher.group(2))) : Optional.empty();
        }

        /** The paths at which the class may be, each more deeply nested in another than the one before. */
        Stream<String> paths() {
            var path = type.replace('.', '/');
            return Stream.iterate(Optional.of(path), Optional::isPresent, now -> now.flatMap(Method::inner))
                    .flatMap(Optional::stream);
        }

        private static Optional<String> inner(String path) {
            var slash = path.lastIndexOf('/');
            return slash < 0
                    ? Optional.empty()
                    : Optional.of(path.substring(0, slash) + "$" + path.substring(slash + 1));
        }
    }

    /** Whether a source file of the class calls or declares the method, going by the words in it. */
    boolean isInSources(String reference) {
        return Method.of(reference)
                .filter(method -> {
                    var word = Pattern.compile("(?<![\\w$])" + Pattern.quote(method.name()) + "\\s*(<[^()]*>)?\\s*\\(");
                    return method.paths()
                            .map(path -> path.replaceFirst("\\$.*", ""))
                            .distinct()
                            .flatMap(path -> LANGUAGES.stream().map(path::concat))
                            .flatMap(file -> sources.stream().map(root -> root.resolve(file)))
                            .anyMatch(file -> Files.isRegularFile(file)
                                    && word.matcher(text(file)).find());
                })
                .isPresent();
    }

    /** What may have been found, for a fingerprint of all that a text names. */
    String stateOf(String text) {
        return references(text).stream()
                .map(reference -> reference + " " + isInSources(reference) + " " + isCompiled(reference))
                .reduce("", (all, one) -> all + one + "\n");
    }

    /** What stands around each {@code #}. */
    private static Set<String> references(String text) {
        var references = new LinkedHashSet<String>();
        for (var sign = text.indexOf('#'); sign >= 0; sign = text.indexOf('#', sign + 1)) {
            var begin = sign;
            while (begin > 0 && (isOfName(text.charAt(begin - 1)) || text.charAt(begin - 1) == '.')) {
                begin--;
            }
            var end = sign + 1;
            while (end < text.length() && isOfName(text.charAt(end))) {
                end++;
            }
            references.add(text.substring(begin, end));
        }
        return references;
    }

    private static boolean isOfName(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }

    /** Whether a compiled class has the method or inherits it from one beside it; empty where nothing is compiled. */
    Optional<Boolean> isCompiled(String reference) {
        if (classes.stream().noneMatch(Files::isDirectory)) {
            return Optional.empty();
        }
        return Optional.of(Method.of(reference)
                .filter(method -> method.paths().anyMatch(path -> hasMethod(path, method.name())))
                .isPresent());
    }

    private boolean hasMethod(String path, String name) {
        var seen = new HashSet<String>();
        var next = List.of(path);
        while (!next.isEmpty()) {
            var above = new HashSet<String>();
            for (var type : next) {
                if (seen.add(type)) {
                    var found = file(type).map(ProjectCode::read);
                    if (found.filter(members -> members.methods.contains(name)).isPresent()) {
                        return true;
                    }
                    found.ifPresent(members -> above.addAll(members.above));
                }
            }
            next = List.copyOf(above);
        }
        return false;
    }

    private Optional<Path> file(String type) {
        return classes.stream()
                .map(root -> root.resolve(type + ".class"))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Members read(Path file) {
        var members = new Members();
        try {
            new ClassReader(Files.readAllBytes(file))
                    .accept(members, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
            // No class file, or of a later Java than is known: nothing is found in it
            return new Members();
        }
        return members;
    }

    /** The names in a class file. */
    private static final class Members extends ClassVisitor {

        private final HashSet<String> methods = new HashSet<>();
        private final HashSet<String> above = new HashSet<>();

        Members() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String[] interfaces) {
            if (superName != null) {
                above.add(superName);
            }
            if (interfaces != null) {
                above.addAll(List.of(interfaces));
            }
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String[] exceptions) {
            methods.add(name);
            return null;
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
