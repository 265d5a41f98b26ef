package dev.schemaproof.model;

/** The normal forms that a model can aim at, in order. */
public enum NormalForm {
    FIRST("1nf"),
    SECOND("2nf"),
    THIRD("3nf"),
    BOYCE_CODD("bcnf");

    private final String word;

    NormalForm(String word) {
        this.word = word;
    }

    /** The word in the language. */
    public String word() {
        return word;
    }
}
