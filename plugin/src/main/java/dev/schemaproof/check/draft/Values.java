package dev.schemaproof.check.draft;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Check;
import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Grant;
import dev.schemaproof.model.Independence;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.SequenceOptions;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.UniqueKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The elements of an entity as maps, lists and texts of the language, each in its shortest form. */
final class Values {

    private Values() {}

    static Object of(Attribute attribute) {
        var value = Flow.typeKeys(attribute.type().value(), attribute.optional());
        if (!attribute.column().value().equals(attribute.name().value())) {
            value.put("column", attribute.column());
        }
        put(value, "default", attribute.defaultValue().map(SourceText::value));
        put(value, "generated", attribute.generated().map(SourceText::value).map(text -> generated(attribute, text)));
        put(value, "identity", attribute.identity().map(Values::of));
        put(value, "collation", attribute.collation().map(Located::value));
        put(value, "description", attribute.description());
        if (attribute.personal()) {
            value.put("personal", true);
        }
        put(value, "check", attribute.check().map(SourceText::value));
        var distribution = of(attribute.values());
        if (!distribution.isEmpty()) {
            value.put("values", distribution);
        }
        return value.size() == 1 && value.containsKey("type") ? value.getOrDefault("type", "") : value;
    }

    private static Object generated(Attribute attribute, String expression) {
        return attribute.virtual() ? ordered("expression", expression, "virtual", true) : expression;
    }

    private static Object of(Attribute.Identity identity) {
        var options = of(identity.options());
        if (options.isEmpty()) {
            return identity.numbering().word();
        }
        var value = ordered("generated", identity.numbering().word());
        value.putAll(options);
        return value;
    }

    private static Map<String, Object> of(SequenceOptions options) {
        var value = new LinkedHashMap<String, Object>();
        put(value, "start", options.start());
        put(value, "increment", options.increment());
        put(value, "minimum", options.minimum());
        put(value, "maximum", options.maximum());
        put(value, "cache", options.cache());
        if (options.cycle()) {
            value.put("cycle", true);
        }
        return value;
    }

    private static Map<String, Object> of(Attribute.Values values) {
        var value = new LinkedHashMap<String, Object>();
        values.distinct().ifPresent(count -> value.put("distinct", count));
        values.nulls().ifPresent(share -> value.put("nulls", share(share)));
        values.width().ifPresent(bytes -> value.put("width", bytes));
        if (!values.skew().isEmpty()) {
            var shares = new LinkedHashMap<String, Object>();
            values.skew().forEach((frequent, share) -> shares.put(frequent, share(share)));
            value.put("skew", shares);
        }
        return value;
    }

    private static String share(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }

    static Object of(Reference reference, List<String> derived) {
        var value = ordered("entity", reference.entity());
        if (!reference.names().equals(derived)) {
            value.put("attributes", reference.names());
        }
        if (!reference.to().isEmpty()) {
            value.put("to", reference.to());
        }
        if (!reference.setOnDelete().isEmpty()) {
            value.put("onDelete", ordered(reference.onDelete().word(), reference.setOnDelete()));
        } else if (reference.onDelete() != Reference.Action.NO_ACTION) {
            value.put("onDelete", reference.onDelete().word());
        }
        if (reference.onUpdate() != Reference.Action.NO_ACTION) {
            value.put("onUpdate", reference.onUpdate().word());
        }
        if (reference.match() != Reference.Match.SIMPLE) {
            value.put("match", reference.match().word());
        }
        deferral(value, reference.deferral());
        reference.perParent().ifPresent(count -> value.put("perParent", count));
        put(value, "name", reference.name());
        put(value, "description", reference.description());
        return value;
    }

    static Object of(Check check) {
        if (!check.noInherit() && check.description().isEmpty()) {
            return check.expression().value();
        }
        var value = ordered("condition", check.expression().value());
        if (check.noInherit()) {
            value.put("noInherit", true);
        }
        put(value, "description", check.description());
        return value;
    }

    static Object of(Index index) {
        var value = ordered("on", index.on().stream().map(Values::of).toList());
        if (index.method() != Index.Method.BTREE) {
            value.put("using", index.method().word());
        }
        if (index.unique()) {
            value.put("unique", true);
        }
        if (index.nullsNotDistinct()) {
            value.put("nullsNotDistinct", true);
        }
        if (!index.include().isEmpty()) {
            value.put("include", index.include());
        }
        put(value, "where", index.where().map(SourceText::value));
        if (!index.storage().isEmpty()) {
            value.put("storage", index.storage());
        }
        put(value, "reason", index.reason());
        put(value, "description", index.description());
        return value;
    }

    private static String of(Index.Part part) {
        var text = new StringBuilder(part.text().value());
        part.collation()
                .ifPresent(name -> text.append(" collate \"")
                        .append(name.value().replace("\"", "\"\""))
                        .append('"'));
        part.operatorClass().ifPresent(name -> text.append(' ').append(name));
        part.classOptions().ifPresent(options -> text.append(options.value()));
        if (part.descending()) {
            text.append(" desc");
        }
        part.nullsFirst().ifPresent(first -> text.append(first ? " nulls first" : " nulls last"));
        return text.toString();
    }

    static Object of(Exclusion exclusion) {
        var value = ordered(
                "on",
                exclusion.elements().stream()
                        .map(element -> of(element.part()) + " with " + element.operator())
                        .toList());
        if (exclusion.method() != Index.Method.GIST) {
            value.put("using", exclusion.method().word());
        }
        if (!exclusion.include().isEmpty()) {
            value.put("include", exclusion.include());
        }
        put(value, "where", exclusion.where().map(SourceText::value));
        deferral(value, exclusion.deferral());
        if (!exclusion.storage().isEmpty()) {
            value.put("storage", exclusion.storage());
        }
        put(value, "description", exclusion.description());
        return value;
    }

    static Object of(UniqueKey unique) {
        var value = of(unique.attributes(), unique.design());
        put(value, "name", unique.name());
        return value.size() == 1 ? unique.attributes() : value;
    }

    /** A primary key. */
    static Object key(List<Located<String>> attributes, Optional<Located<String>> name, KeyDesign design) {
        var value = of(attributes, design);
        put(value, "name", name);
        return value.size() == 1 ? attributes : value;
    }

    private static Map<String, Object> of(List<Located<String>> attributes, KeyDesign design) {
        var value = ordered("on", attributes);
        if (!design.include().isEmpty()) {
            value.put("include", design.include());
        }
        if (design.nullsNotDistinct()) {
            value.put("nullsNotDistinct", true);
        }
        deferral(value, design.deferral());
        if (!design.storage().isEmpty()) {
            value.put("storage", design.storage());
        }
        put(value, "description", design.description());
        return value;
    }

    static String of(Dependency dependency) {
        return plain(dependency.determinant())
                + (dependency.multivalued() ? " ->> " : " -> ")
                + plain(dependency.dependent());
    }

    static Object of(Independence independence) {
        var value = ordered("of", independence.of());
        put(value, "reason", independence.reason());
        return value;
    }

    static Object of(List<Grant> grants) {
        var value = new LinkedHashMap<String, Object>();
        for (var grant : grants) {
            var privileges = new ArrayList<String>();
            for (var permission : grant.privileges()) {
                var word = permission.privilege().value().word();
                privileges.add(
                        permission.attributes().isEmpty() ? word : word + "(" + plain(permission.attributes()) + ")");
            }
            value.put(grant.role().value(), privileges);
        }
        return value;
    }

    private static String plain(List<Located<String>> names) {
        return names.stream().map(Located::value).collect(Collectors.joining(", "));
    }

    private static void deferral(Map<String, Object> value, Deferral deferral) {
        switch (deferral) {
            case NOT_DEFERRABLE -> {}
            case INITIALLY_IMMEDIATE -> value.put("deferrable", true);
            case INITIALLY_DEFERRED -> value.put("deferrable", "initially-deferred");
        }
    }

    private static void put(Map<String, Object> value, String key, Optional<?> part) {
        part.ifPresent(present -> value.put(key, present));
    }

    private static Map<String, Object> ordered(String key, Object part) {
        var value = new LinkedHashMap<String, Object>();
        value.put(key, part);
        return value;
    }

    private static Map<String, Object> ordered(String key, Object part, String other, Object otherPart) {
        var value = ordered(key, part);
        value.put(other, otherPart);
        return value;
    }
}
