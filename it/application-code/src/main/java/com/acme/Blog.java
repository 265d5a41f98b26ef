package com.acme;

/** Writes authors. */
public final class Blog {

    /** Would also write the name into the author's posts. */
    public String renameAuthor(String name) {
        return name;
    }
}
