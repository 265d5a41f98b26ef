package dev.schemaproof.analysis.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fits types to the pseudo-types that a function or operator declares (manual, section "Polymorphic Types"). */
final class Polymorphism {

    private final TypeSystem types;
    private final List<String> declared;
    private final List<SqlType> actual;

    /**
     * @param declared the catalog's names for what is wanted
     * @param actual what is there, as long
     */
    Polymorphism(TypeSystem types, List<String> declared, List<SqlType> actual) {
        this.types = types;
        this.declared = declared;
        this.actual = actual;
    }

    static boolean isPolymorphic(String type) {
        return type.startsWith("any") && !type.equals("any");
    }

    /** Whether all of it can be passed without a cast. */
    boolean fits() {
        for (var i = 0; i < declared.size(); i++) {
            if (!fits(actual.get(i), declared.get(i))) {
                return false;
            }
        }
        return isConsistent(false) && isConsistent(true);
    }

    private boolean fits(SqlType type, String wanted) {
        if (type.isUnknown() || wanted.equals("any")) {
            return true;
        }
        return switch (wanted) {
            case "anyelement", "anycompatible" -> true;
            case "anyarray", "anycompatiblearray" -> type.isArray();
            case "anynonarray", "anycompatiblenonarray" -> !type.isArray();
            case "anyenum" ->
                type.own() && !type.isArray() && types.labels(type).equals(type);
            case "anyrange", "anycompatiblerange" -> types.isForm(type, 'r');
            case "anymultirange", "anycompatiblemultirange" -> types.isForm(type, 'm');
            case "record" -> type.equals(SqlType.ROW);
            case "record[]" -> false;
            default -> types.becomes(type, SqlType.builtIn(wanted));
        };
    }

    /** Whether what belongs together is of one type, or, of the compatible family, can become one. */
    private boolean isConsistent(boolean compatible) {
        var elements = elements(compatible);
        return compatible
                ? elements.isEmpty() || types.common(elements).isPresent()
                : elements.stream().distinct().count() <= 1;
    }

    private List<SqlType> elements(boolean compatible) {
        var elements = new ArrayList<SqlType>();
        for (var i = 0; i < declared.size(); i++) {
            var wanted = declared.get(i);
            var type = actual.get(i);
            if (isPolymorphic(wanted) && wanted.startsWith("anycompatible") == compatible && !type.isUnknown()) {
                element(type, wanted).ifPresent(elements::add);
            }
        }
        return elements;
    }

    private Optional<SqlType> element(SqlType type, String wanted) {
        if (wanted.endsWith("array") && !wanted.endsWith("nonarray")) {
            return type.element();
        }
        return wanted.endsWith("range") ? types.subtype(type) : Optional.of(type);
    }

    /** What a declared type stands for here; empty where it is not known. */
    Optional<SqlType> resolved(String type) {
        if (!isPolymorphic(type)) {
            return type.equals("any") || type.equals("record") || type.equals("void")
                    ? Optional.empty()
                    : Optional.of(SqlType.builtIn(type));
        }
        for (var i = 0; i < declared.size(); i++) {
            if (declared.get(i).equals(type) && !actual.get(i).isUnknown() && !type.startsWith("anycompatible")) {
                return Optional.of(actual.get(i));
            }
        }
        if (type.endsWith("range")) {
            return Optional.empty();
        }
        var compatible = type.startsWith("anycompatible");
        var elements = elements(compatible);
        var element = elements.isEmpty() ? Optional.<SqlType>empty() : types.common(elements);
        return type.endsWith("array") && !type.endsWith("nonarray") ? element.map(SqlType::array) : element;
    }
}
