package dev.schemaproof.analysis.type;

import dev.schemaproof.dialect.postgresql.CatalogFacts.OperatorClass;
import dev.schemaproof.model.Index.Method;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which operator classes index a type. */
public final class IndexClasses {

    private final TypeSystem types;

    public IndexClasses(TypeSystem types) {
        this.types = types;
    }

    /** The class that an access method takes for the type unless another is named. */
    public Optional<OperatorClass> standard(Method method, SqlType type) {
        return standard(types.catalog().operatorClasses(method.word()), type);
    }

    /** The same among other classes. */
    public Optional<OperatorClass> standard(Collection<OperatorClass> classes, SqlType type) {
        for (var known : classes) {
            if (known.standard() && !type.own() && known.type().equals(type.name())) {
                return Optional.of(known);
            }
        }
        return classes.stream()
                .filter(known -> known.standard() && accepts(known, type))
                .findFirst();
    }

    /** The classes of a name; several where a name stands for several types. */
    public List<OperatorClass> named(Method method, String name) {
        return types.catalog().operatorClasses(method.word()).stream()
                .filter(known -> known.name().equals(name))
                .toList();
    }

    /** Whether the class indexes values of the type as they are. */
    public boolean accepts(OperatorClass known, SqlType type) {
        return Polymorphism.isPolymorphic(known.type())
                ? new Polymorphism(types, List.of(known.type()), List.of(type)).fits()
                : types.isBinaryCompatible(type, SqlType.builtIn(known.type()));
    }

    /** Whether a foreign key may refer to one type by another. */
    public boolean areCompared(SqlType referred, SqlType referring) {
        var known = standard(Method.BTREE, referred);
        return types.becomes(referring, referred)
                || known.isEmpty()
                || known.get().comparisons().contains("= " + known.get().type() + " " + referring.name());
    }

    /** Whether an operator between two values of a type gives the same in both directions. */
    public boolean isSymmetric(String operator, String type) {
        return types.catalog().operators(operator).stream()
                .anyMatch(known -> known.symmetric()
                        && known.right().equals(type)
                        && known.left().filter(type::equals).isPresent());
    }

    /** Whether an operator of the type's own stands before the class's, which knows values of the type as those of another. */
    public boolean isComparedOtherwise(String operator, SqlType type, OperatorClass known) {
        var own = operator + " " + type.name() + " " + type.name();
        return !type.own()
                && !known.comparisons().contains(own)
                && types.catalog().operators(operator).stream()
                        .anyMatch(each -> each.right().equals(type.name())
                                && each.left().filter(type.name()::equals).isPresent());
    }

    /** Whether an array's elements can be found by GIN, which has to sort them. */
    public boolean hasSortableElements(SqlType type) {
        return type.element()
                .map(element -> standard(Method.BTREE, element).isPresent())
                .orElse(true);
    }

    /** Whether values of the type have an order, which only a B-tree knows. */
    public boolean isSortable(SqlType type) {
        return type.element()
                .map(this::isSortable)
                .orElseGet(() -> standard(Method.BTREE, types.labels(type)).isPresent());
    }

    /** Whether values of the type are equal or not, as grouping asks. */
    public boolean isComparable(SqlType type) {
        return type.element()
                .map(this::isComparable)
                .orElseGet(() -> isSortable(type)
                        || standard(Method.HASH, types.labels(type)).isPresent());
    }
}
