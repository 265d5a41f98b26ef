package dev.schemaproof.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An exclusion constraint: of no two rows do all elements compare true.
 *
 * @param name the constraint's name
 * @param method the access method of its index
 * @param elements what is compared, and how
 * @param include attributes that its index carries
 * @param where only rows that fulfil this SQL condition
 * @param deferral when it is checked
 * @param storage storage parameters of its index
 * @param description why it holds
 */
public record Exclusion(
        Located<String> name,
        Index.Method method,
        List<Element> elements,
        List<Located<String>> include,
        Optional<SourceText> where,
        Deferral deferral,
        Map<String, Located<String>> storage,
        Optional<String> description) {

    public Exclusion {
        elements = List.copyOf(elements);
        include = List.copyOf(include);
        storage = Copies.ordered(storage);
    }

    /** This constraint with other elements. */
    public Exclusion withElements(List<Element> others) {
        return new Exclusion(name, method, others, include, where, deferral, storage, description);
    }

    /**
     * One comparison.
     *
     * @param part an attribute or expression
     * @param operator such as {@code =} or {@code &&}
     */
    public record Element(Index.Part part, Located<String> operator) {}
}
