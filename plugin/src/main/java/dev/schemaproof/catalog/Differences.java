package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogDifference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects differences, each as one sentence. */
final class Differences {

    private static final Map<String, String> TRUTHS =
            Map.of("on", "true", "yes", "true", "off", "false", "no", "false");

    private final List<CatalogDifference> found = new ArrayList<>();

    /**
     * What a difference is about.
     *
     * @param words a noun phrase for it
     */
    record Subject(Optional<CatalogName> table, Optional<String> element, String words) {

        /** What belongs to no SQL schema. */
        static Subject of(String kind, String name) {
            return new Subject(Optional.empty(), Optional.of(name), kind + " " + quoted(name));
        }

        /** What stands beside tables. */
        static Subject of(String kind, CatalogName name) {
            return new Subject(Optional.empty(), Optional.of(name.name()), kind + " " + quoted(name));
        }

        /** Something within a table. */
        static Subject within(CatalogName table, String kind, String name) {
            return new Subject(
                    Optional.of(table), Optional.of(name), kind + " " + quoted(name) + " of " + quoted(table));
        }

        /** A part of it that has no name of its own. */
        Subject called(String otherWords) {
            return new Subject(table, element, otherWords);
        }
    }

    @FunctionalInterface
    interface Matched<T> {
        void compare(Subject subject, T should, T is);
    }

    List<CatalogDifference> found() {
        return List.copyOf(found);
    }

    static String quoted(Object name) {
        return "`" + name + "`";
    }

    static String list(List<?> names) {
        return names.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    void different(Subject subject, String is, String should, boolean same) {
        if (!same) {
            add(Kind.DIFFERENT, subject, subject.words() + " " + is + " in the database, the model says " + should);
        }
    }

    /** @param is in words, after the subject and {@code is} */
    void truth(Subject subject, String is, boolean should, boolean actual) {
        different(
                subject, (actual ? "is " : "is not ") + is, should ? "that it is" : "that it is not", should == actual);
    }

    /** @param verb such as {@code includes} */
    void names(Subject subject, String verb, List<String> should, List<String> is) {
        different(subject, verb + " " + list(is), list(should), should.equals(is));
    }

    void presence(Subject subject, boolean should, boolean is) {
        if (should && !is) {
            add(Kind.MISSING, subject, subject.words() + " is missing in the database");
        } else if (is && !should) {
            add(Kind.EXTRA, subject, subject.words() + " is in the database, but not in the model");
        }
    }

    void expression(Subject subject, String what, Optional<Expression> should, Optional<Expression> is) {
        different(
                subject,
                is.map(text -> "has the " + what + " " + quoted(oneLine(text))).orElse("has no " + what),
                should.map(text -> quoted(oneLine(text))).orElse("none"),
                agree(should, is));
    }

    /** PostgreSQL prints queries on several lines. */
    private static String oneLine(Expression expression) {
        return expression.text().strip().replaceAll("\\s*\\R\\s*", " ");
    }

    void collation(Subject subject, Optional<String> should, Optional<String> is) {
        different(
                subject,
                is.map(name -> "is collated by " + quoted(name)).orElse("is collated as its type is"),
                should.map(Differences::quoted).orElse("nothing else"),
                should.equals(is));
    }

    void comment(Subject subject, Optional<String> should, Optional<String> is) {
        different(
                subject,
                is.map(text -> "has the comment " + quoted(text)).orElse("has no comment"),
                should.map(Differences::quoted).orElse("none"),
                should.equals(is));
    }

    void storage(Subject subject, Map<String, String> should, Map<String, String> is) {
        Set<String> names = new TreeSet<>(should.keySet());
        names.addAll(is.keySet());
        for (String name : names) {
            Optional<String> one = Optional.ofNullable(should.get(name));
            Optional<String> other = Optional.ofNullable(is.get(name));
            different(
                    subject,
                    other.map(value -> "has the storage parameter " + quoted(name + "=" + value))
                            .orElse("has no storage parameter " + quoted(name)),
                    one.map(Differences::quoted).orElse("nothing of it"),
                    one.map(Differences::setting).equals(other.map(Differences::setting)));
        }
    }

    /** PostgreSQL keeps the word that was written, of which there are several for one truth value. */
    private static String setting(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return TRUTHS.getOrDefault(lower, lower);
    }

    void grants(Subject subject, Grants should, Grants is) {
        Set<String> roles = new TreeSet<>(should.byRole().keySet());
        roles.addAll(is.byRole().keySet());
        for (String role : roles) {
            Set<String> one = should.byRole().getOrDefault(role, Set.of());
            Set<String> other = is.byRole().getOrDefault(role, Set.of());
            different(subject, "grants " + quoted(role) + " " + privileges(other), privileges(one), one.equals(other));
        }
    }

    private static String privileges(Set<String> privileges) {
        return privileges.isEmpty() ? "nothing" : String.join(", ", privileges);
    }

    <K, T> void both(Map<K, T> should, Map<K, T> is, Function<K, Subject> subject, Matched<T> matched) {
        should.forEach((name, one) -> {
            T other = is.get(name);
            if (other == null) {
                presence(subject.apply(name), true, false);
            } else {
                matched.compare(subject.apply(name), one, other);
            }
        });
        is.keySet().stream()
                .filter(name -> !should.containsKey(name))
                .forEach(name -> presence(subject.apply(name), false, true));
    }

    /**
     * Compares things by their names, and those that are left by what they are: one that only has another name is not one
     * missing and one too many; nor is one that has no name to be found by, where only one is left.
     *
     * @param name empty where nobody gives one
     * @param alike whether the two are the same but for their names
     */
    <T> void named(
            List<T> should,
            List<T> is,
            Function<T, Optional<String>> name,
            BiPredicate<T, T> alike,
            Function<T, Subject> subject,
            Matched<T> matched) {
        Map<T, T> pairs = new LinkedHashMap<>();
        List<T> left = new ArrayList<>(is);
        pair(
                should,
                left,
                pairs,
                (one, other) -> name.apply(one).isPresent() && name.apply(one).equals(name.apply(other)));
        pair(should, left, pairs, alike);
        if (should.size() == pairs.size() + 1 && left.size() == 1) {
            should.stream()
                    .filter(one -> !pairs.containsKey(one) && name.apply(one).isEmpty())
                    .forEach(one -> pairs.put(one, left.remove(0)));
        }
        for (T one : should) {
            T other = pairs.get(one);
            if (other == null) {
                presence(subject.apply(one), true, false);
                continue;
            }
            different(
                    subject.apply(one),
                    "is called " + name.apply(other).map(Differences::quoted).orElse("nothing"),
                    name.apply(one).map(Differences::quoted).orElse("nothing"),
                    name.apply(one).isEmpty() || name.apply(one).equals(name.apply(other)));
            matched.compare(subject.apply(one), one, other);
        }
        left.forEach(other -> presence(subject.apply(other), false, true));
    }

    private static <T> void pair(List<T> should, List<T> left, Map<T, T> pairs, BiPredicate<T, T> same) {
        for (T one : should) {
            if (!pairs.containsKey(one)) {
                left.stream().filter(other -> same.test(one, other)).findFirst().ifPresent(other -> {
                    left.remove(other);
                    pairs.put(one, other);
                });
            }
        }
    }

    static boolean agree(Optional<Expression> should, Optional<Expression> is) {
        return should.isPresent() == is.isPresent()
                && (should.isEmpty() || !should.orElseThrow().contradicts(is.orElseThrow()));
    }

    private void add(Kind kind, Subject subject, String sentence) {
        found.add(new CatalogDifference(kind, subject.table(), subject.element(), sentence));
    }
}
