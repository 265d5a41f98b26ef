package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import java.util.Locale;

/** What can be wrong with a text before it is a model. Always errors; they can be neither switched off nor excepted. */
public enum Flaw {
    /** The text is no YAML. */
    YAML_SYNTAX,
    /** The bytes are no UTF-8. */
    NOT_UTF8,
    /** The file is larger than {@link ModelReader#MAX_FILE_SIZE}. */
    FILE_TOO_LARGE,
    /** Nested deeper than {@link TreeReader#MAX_DEPTH}. */
    TOO_DEEP,
    /** Aliases blow the text up beyond reason. */
    TOO_MANY_ALIASES,
    /** An alias stands inside what it stands for. */
    LOOPING_ALIAS,
    /** A key twice in one mapping. */
    DUPLICATE_KEY,
    /** A name declared twice, in one file or across files. */
    DUPLICATE_NAME,
    /** A key that the language doesn't have here. */
    UNKNOWN_KEY,
    /** A list where a mapping belongs, and the like. */
    WRONG_SHAPE,
    /** A key that must be there is not. */
    INCOMPLETE_ELEMENT,
    /** A word that is none of those allowed. */
    UNKNOWN_VALUE,
    /** A text that can't be read as what it should be: a number, a date, a type. */
    MALFORMED_VALUE,
    /** A type with a comma or brackets inside YAML braces. */
    UNQUOTED_TYPE,
    /** In the language, but not in this version of the plugin. */
    NOT_SUPPORTED_YET,
    /** A model directory without a model. */
    EMPTY_MODEL;

    /** The id under which it is reported. */
    public RuleId id() {
        return new RuleId(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    Finding at(Location at, String subject, String summary) {
        return Finding.of(id(), Severity.ERROR, at, subject, summary);
    }
}
