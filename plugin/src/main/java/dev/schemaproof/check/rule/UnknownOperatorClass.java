package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.IndexClasses;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.dialect.postgresql.CatalogFacts.OperatorClass;
import dev.schemaproof.dialect.postgresql.OperatorClassOption;
import dev.schemaproof.dialect.postgresql.StorageParameter;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index.Method;
import dev.schemaproof.model.Index.Part;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An operator class that its access method doesn't have, or that is for values of another type. */
public final class UnknownOperatorClass extends RelationalRule {

    private static final String OPTION = "[a-z_][a-z0-9_]*\\s*=\\s*(?:-?[0-9.]+|[A-Za-z_][A-Za-z0-9_]*)";

    private static final Pattern ONE_OPTION =
            Pattern.compile("([a-z_][a-z0-9_]*)\\s*=\\s*(-?[0-9.]+|[A-Za-z_][A-Za-z0-9_]*)");

    /** Options are put into the SQL as they are. */
    private static final Pattern OPTIONS = Pattern.compile("\\(\\s*" + OPTION + "(?:\\s*,\\s*" + OPTION + ")*+\\s*\\)");

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var types = facts.typing().system(store);
        var classes = new IndexClasses(types);
        return IndexedPart.of(entity, facts)
                .flatMap(indexed -> Stream.concat(
                        indexed.part().flatMap(Part::operatorClass).stream()
                                .filter(name -> !types.isOpen() && name.value().indexOf('.') < 0)
                                .flatMap(name -> judge(entity, indexed, name, classes).stream()),
                        indexed.part().stream()
                                .flatMap(part -> part.classOptions().stream()
                                        .flatMap(options -> options(entity, indexed, part, options, types.isOpen())))));
    }

    private Stream<Finding> options(
            Entity entity, IndexedPart indexed, Part part, SourceText options, boolean classesMayBeMissing) {
        if (!OPTIONS.matcher(options.value()).matches()) {
            return Stream.of(finding(
                            options.at(),
                            entity.name().value(),
                            "`" + options + "` can't be read as options of an operator class")
                    .withHelp("options are names and values: `(siglen=32)`"));
        }
        var name = part.operatorClass().map(Located::value).orElse("");
        var method = indexed.method().word();
        var isKnown = CatalogFacts.all().operatorClasses(method).stream()
                .anyMatch(known -> known.name().equals(name));
        if (!isKnown && classesMayBeMissing) {
            return Stream.empty();
        }
        var known = OperatorClassOption.of(method, name);
        return ONE_OPTION
                .matcher(options.value())
                .results()
                .flatMap(option -> option(entity, name, known, option, options).stream());
    }

    private Optional<Finding> option(
            Entity entity, String name, Map<String, StorageParameter> known, MatchResult written, SourceText options) {
        var option = known.get(written.group(1));
        if (option == null) {
            var at = options.locate(written.start(1), written.end(1));
            var summary = "operator class `" + name + "` has no option `" + written.group(1) + "`";
            return Optional.of(finding(at, entity.name().value(), summary)
                    .withHelp(
                            known.isEmpty()
                                    ? "remove `" + options + "`: it has no options at all"
                                    : "its options are `" + String.join("`, `", new TreeSet<>(known.keySet())) + "`"));
        }
        return option.takes(written.group(2))
                ? Optional.empty()
                : Optional.of(finding(
                                options.locate(written.start(2), written.end(2)),
                                entity.name().value(),
                                "`" + option.name() + "` of `" + name + "` can't be `" + written.group(2) + "`")
                        .withHelp("it takes " + option.range()));
    }

    private Optional<Finding> judge(Entity entity, IndexedPart indexed, Located<String> name, IndexClasses classes) {
        var known = classes.named(indexed.method(), name.value());
        if (known.isEmpty()) {
            return isElsewhere(indexed.method(), name.value())
                    ? Optional.empty()
                    : Optional.of(unknown(entity, indexed, name, classes));
        }
        var type = indexed.type();
        if (type.isEmpty() || known.stream().anyMatch(each -> classes.accepts(each, type.get()))) {
            return Optional.empty();
        }
        return Optional.of(finding(
                        name.at(),
                        entity.name().value(),
                        "operator class `" + name + "` is for `" + known.get(0).type() + "`, and `" + indexed.name()
                                + "` is `" + type.get() + "`")
                .withHelp(classes.standard(indexed.method(), type.get())
                        .map(standard -> "remove it, or write `" + standard.name() + "`")
                        .orElse("name one for `" + type.get() + "`")));
    }

    /** Whether an extension brings it, which is another rule's finding. */
    static boolean isElsewhere(Method method, String name) {
        return CatalogFacts.all().operatorClasses(method.word()).stream()
                .anyMatch(known ->
                        known.name().equals(name) && known.origin().extension().isPresent());
    }

    private Finding unknown(Entity entity, IndexedPart indexed, Located<String> name, IndexClasses classes) {
        var finding = finding(
                name.at(), entity.name().value(), indexed.method().word() + " has no operator class `" + name + "`");
        var able = Arrays.stream(Method.values())
                .filter(method -> !classes.named(method, name.value()).isEmpty())
                .map(Method::word)
                .findFirst();
        if (able.isPresent()) {
            return finding.withHelp("it is one of " + able.get() + ": write `using: " + able.get() + "`, or remove it");
        }
        var names = CatalogFacts.all().operatorClasses(indexed.method().word()).stream()
                .map(OperatorClass::name)
                .distinct()
                .toList();
        return NearestName.of(name.value(), names)
                .map(nearest ->
                        Corrections.of(finding.withHelp("did you mean `" + nearest + "`?"), name.value(), nearest))
                .orElse(finding.withHelp("remove it: most types need none"));
    }
}
