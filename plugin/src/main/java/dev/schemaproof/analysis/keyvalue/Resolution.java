package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.AccessPattern.Include;
import dev.schemaproof.model.Condition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a key-value store makes of an access pattern. */
public sealed interface Resolution {

    AccessPattern pattern();

    /**
     * One request serves it.
     *
     * @param item the items that it reads or writes
     * @param index the index that serves it, or nothing for the table itself
     * @param request the request
     * @param parameters what the application has to give, in order of appearance
     * @param residual the conditions that only drop what has been read already
     * @param omissions what to leave out when a parameter is absent
     * @param limit how many rows the application takes, where DynamoDB can't count them itself: behind a filter, or of several shards
     * @param shares what the answer holds of each entity, where it holds items of several; else empty
     */
    record Served(
            AccessPattern pattern,
            ItemDesign item,
            Optional<String> index,
            Request request,
            List<Parameter> parameters,
            List<Condition> residual,
            List<Omission> omissions,
            OptionalLong limit,
            List<Share> shares)
            implements Resolution {

        public Served {
            parameters = List.copyOf(parameters);
            residual = List.copyOf(residual);
            omissions = List.copyOf(omissions);
            shares = List.copyOf(shares);
        }

        /** The sort key where it reads or writes, if there is one. */
        public Optional<KeyTemplate> sortKey() {
            return index.map(name -> Optional.ofNullable(item.indexes().get(name)))
                    .orElse(Optional.of(item.key()))
                    .flatMap(KeyPair::sort);
        }
    }

    /**
     * The items of one entity in an answer that holds several entities.
     *
     * @param item the items
     * @param include what asks for them; nothing for the entity that the pattern is about
     * @param mark what their key says, and that of no other item in the answer
     * @param join the attributes of an included item that say to which item it belongs, with those that they equal there; empty where all
     *     belong to one
     */
    record Share(ItemDesign item, Optional<Include> include, Term mark, Map<String, String> join) {

        public Share {
            join = Collections.unmodifiableMap(new LinkedHashMap<>(join));
        }
    }

    /**
     * A parameter of a request.
     *
     * @param name its name
     * @param path the attribute that it stands for
     * @param type the type of that attribute, in the language's words
     */
    record Parameter(String name, String path, String type) {}

    /**
     * Attributes of a written item that are left out when a parameter is absent, as DynamoDB has no absent values.
     *
     * @param parameter the parameter
     * @param attributes the attributes
     */
    record Omission(String parameter, List<String> attributes) {

        public Omission {
            attributes = List.copyOf(attributes);
        }
    }

    /**
     * No request gives its answer.
     *
     * @param flaw what kind of reason there is
     * @param at the place of the reason
     * @param summary the reason
     * @param help the edit to make
     */
    record Refused(AccessPattern pattern, Flaw flaw, Location at, String summary, Optional<String> help)
            implements Resolution {}

    /** Something it stands on has a flaw that is reported elsewhere. */
    record Unjudged(AccessPattern pattern) implements Resolution {}

    /** Why a pattern is refused. */
    enum Flaw {
        /** It is SQL. */
        SQL,
        /** It asks for an entity or an attribute that is not stored. */
        UNSTORED,
        /** No key is known from its parameters, so that everything would be read. */
        SCANNED,
        /** It writes, but the key of what it writes isn't known from its parameters. */
        UNADDRESSED,
        /** It writes, and leaves a key or a copy behind that doesn't fit any more. */
        STALE,
        /** It reads items of another entity too. */
        LEAKING,
        /** It asks for an order that no sort key gives. */
        UNORDERED,
        /** It compares in a way that DynamoDB can't. */
        INCOMPARABLE,
        /** It has to see every write, and only a global index would serve it. */
        INCONSISTENT,
        /** It reads several entities whose items don't lie in one item collection, or not so that one request reads what belongs together. */
        SCATTERED
    }
}
