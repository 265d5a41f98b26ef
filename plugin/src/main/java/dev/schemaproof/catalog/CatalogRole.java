package dev.schemaproof.catalog;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A role of the server.
 *
 * @param login whether it may log in
 * @param memberOf the roles whose rights it has
 */
public record CatalogRole(String name, boolean login, Set<String> memberOf) {

    public CatalogRole {
        memberOf = Collections.unmodifiableSet(new TreeSet<>(memberOf));
    }
}
