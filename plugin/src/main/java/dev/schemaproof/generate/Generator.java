package dev.schemaproof.generate;

import dev.schemaproof.analysis.Facts;
import java.util.stream.Stream;

/** Makes the artifacts of one kind of store. */
public interface Generator {

    /** The artifacts for every store of its kind in the model, which has no findings of severity error. */
    Stream<Artifact> generate(Facts facts);
}
