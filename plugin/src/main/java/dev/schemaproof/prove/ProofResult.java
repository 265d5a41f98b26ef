package dev.schemaproof.prove;

import dev.schemaproof.diagnostic.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a proof has to say about one subject.
 *
 * @param name the proof's name, in kebab-case
 * @param subject what it is about: a pattern, a contract, an artifact, a store
 * @param verdict how it ended
 * @param statement one sentence in lower case without a full stop, the same in every run
 * @param details what supports it, one sentence each
 * @param at the model's element that it is about, where there is one
 * @param figures what was counted or estimated on the way
 */
public record ProofResult(
        String name,
        String subject,
        Verdict verdict,
        String statement,
        List<String> details,
        Optional<Location> at,
        List<Figure> figures) {

    public ProofResult {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(at, "at");
        details = List.copyOf(details);
        figures = List.copyOf(figures);
    }

    /** A result without a place, details or figures yet. */
    public static ProofResult of(String name, String subject, Verdict verdict, String statement) {
        return new ProofResult(name, subject, verdict, statement, List.of(), Optional.empty(), List.of());
    }

    /** This result, pointing at a place of the model. */
    public ProofResult at(Location place) {
        return at(Optional.of(place));
    }

    /** This result, pointing at a place of the model or at none. */
    public ProofResult at(Optional<Location> place) {
        return new ProofResult(name, subject, verdict, statement, details, place, figures);
    }

    /** This result with its support. */
    public ProofResult withDetails(List<String> sentences) {
        return new ProofResult(name, subject, verdict, statement, sentences, at, figures);
    }

    /** This result with its figures. */
    public ProofResult withFigures(List<Figure> others) {
        return new ProofResult(name, subject, verdict, statement, details, at, others);
    }
}
