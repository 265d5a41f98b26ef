package dev.schemaproof.analysis.word;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** English plurals, as far as names need them. */
public final class Plural {

    private static final Map<String, String> IRREGULAR = Map.of(
            "children", "child",
            "people", "person",
            "men", "man",
            "women", "woman",
            "criteria", "criterion",
            "indices", "index",
            "aliases", "alias",
            "statuses", "status",
            "addresses", "address");

    /** What ends like a plural and is none, or means the same in both. */
    private static final Set<String> SINGULAR = Set.of(
            "access",
            "address",
            "alias",
            "analysis",
            "basis",
            "bias",
            "bonus",
            "business",
            "bus",
            "campus",
            "canvas",
            "census",
            "class",
            "cosmos",
            "cross",
            "focus",
            "gas",
            "genius",
            "https",
            "lens",
            "news",
            "os",
            "pass",
            "plus",
            "press",
            "process",
            "progress",
            "radius",
            "series",
            "status",
            "sms",
            "species",
            "success",
            "thesis",
            "this",
            "virus",
            "was",
            "has",
            "is",
            "dns",
            "gps",
            "css",
            "rss",
            "tls",
            "ssl",
            "aws",
            "ios");

    private Plural() {}

    /** Whether the word is a plural, by its looks. */
    public static boolean is(String word) {
        return IRREGULAR.containsKey(word)
                || word.length() > 2 && word.endsWith("s") && !word.endsWith("ss") && !SINGULAR.contains(word);
    }

    /** The likeliest singular; the word itself if it is no plural. */
    public static String singular(String word) {
        if (!is(word)) {
            return word;
        }
        var irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        for (var ending : new String[] {"sses", "xes", "ches", "shes", "zes"}) {
            if (word.endsWith(ending)) {
                return word.substring(0, word.length() - 2);
            }
        }
        return word.substring(0, word.length() - 1);
    }

    /** All that a name may be in the singular, in letters alone, without regard to how compounds are written. */
    public static Set<String> singulars(String name) {
        var letters = letters(name);
        var singulars = new LinkedHashSet<String>();
        singulars.add(letters);
        if (letters.endsWith("ies")) {
            singulars.add(letters.substring(0, letters.length() - 3) + "y");
        }
        if (letters.endsWith("es")) {
            singulars.add(letters.substring(0, letters.length() - 2));
        }
        if (letters.endsWith("s")) {
            singulars.add(letters.substring(0, letters.length() - 1));
        }
        if (letters.endsWith("children")) {
            singulars.add(letters.substring(0, letters.length() - 3));
        }
        if (letters.endsWith("people")) {
            singulars.add(letters.substring(0, letters.length() - 6) + "person");
        }
        return singulars;
    }

    /** A name without what joins its words. */
    public static String letters(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
