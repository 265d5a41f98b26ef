package dev.schemaproof.generate;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.template.TemplateFailedException;
import java.util.stream.Stream;

/** Makes the artifacts of one kind of store. */
public interface Generator {

    /**
     * The artifacts for every store of its kind in the model, which has no findings of severity error.
     *
     * @throws TemplateFailedException when a template is wrong: one of the user's, which the exception points into
     */
    Stream<Artifact> generate(Facts facts) throws TemplateFailedException;
}
