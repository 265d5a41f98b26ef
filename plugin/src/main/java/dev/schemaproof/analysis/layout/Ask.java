package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.model.AccessPattern.Read;
import java.util.List;

/**
 * What a read asks of a key: any of the forms will do.
 *
 * @param pattern the read
 * @param forms at least one
 * @param present the columns that every wanted row has a value in
 */
record Ask(Read pattern, List<Form> forms, AttributeSet present) {

    Ask {
        forms = List.copyOf(forms);
        if (forms.isEmpty()) {
            throw new IllegalArgumentException("a read needs a form");
        }
    }
}
