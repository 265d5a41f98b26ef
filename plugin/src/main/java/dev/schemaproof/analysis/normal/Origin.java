package dev.schemaproof.analysis.normal;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Located;
import java.util.List;
import java.util.Optional;

/** Why a functional dependency holds in an entity. */
public sealed interface Origin {

    /** Where it is said. */
    Location at();

    /** How certificates name it: {@code key [id]}, {@code unique [email]}, {@code declared}. */
    String words();

    /**
     * Whether the database refuses rows that contradict it, or computes the dependents itself. Only then repeated values
     * cannot drift apart.
     */
    default boolean enforced() {
        return true;
    }

    /** The primary key. */
    record PrimaryKey(List<String> attributes, Location at) implements Origin {

        public PrimaryKey {
            attributes = List.copyOf(attributes);
        }

        @Override
        public String words() {
            return "key " + attributes;
        }
    }

    /** A unique key. */
    record Unique(Optional<String> name, List<String> attributes, Location at) implements Origin {

        public Unique {
            attributes = List.copyOf(attributes);
        }

        @Override
        public String words() {
            return "unique " + name.map(given -> given + " ").orElse("") + attributes;
        }
    }

    /** A unique index. */
    record UniqueIndex(String name, List<String> attributes, Location at) implements Origin {

        public UniqueIndex {
            attributes = List.copyOf(attributes);
        }

        @Override
        public String words() {
            return "unique index " + name + " " + attributes;
        }
    }

    /** An exclusion constraint that compares for equality alone. */
    record Exclusion(String name, List<String> attributes, Location at) implements Origin {

        public Exclusion {
            attributes = List.copyOf(attributes);
        }

        @Override
        public String words() {
            return "exclusion " + name + " " + attributes;
        }
    }

    /** What the team says of the entity itself. */
    record Declared(Dependency dependency) implements Origin {

        @Override
        public Location at() {
            return dependency.at();
        }

        @Override
        public String words() {
            return "declared";
        }

        @Override
        public boolean enforced() {
            return false;
        }
    }

    /** The expression of a generated column. */
    record Generated(String attribute, Location at) implements Origin {

        @Override
        public String words() {
            return "generated " + attribute;
        }
    }

    /**
     * A check that an attribute equals an expression over others.
     *
     * @param name the check's name, or the attribute's at which it stands
     * @param attribute what is determined
     * @param expression what it equals, SQL
     */
    record Equality(String name, String attribute, String expression, Location at) implements Origin {

        @Override
        public String words() {
            return "check " + name;
        }
    }

    /**
     * A reference to attributes among which one determines another: what refers does so likewise.
     *
     * @param role the reference
     * @param entity the entity referred to
     * @param behind why it holds there
     */
    record Referred(Located<String> role, String entity, Origin behind) implements Origin {

        @Override
        public Location at() {
            return role.at();
        }

        @Override
        public String words() {
            return "reference " + role + ", as " + entity + " has " + behind.words();
        }

        @Override
        public boolean enforced() {
            return behind.enforced();
        }
    }

    /**
     * A contract whose copy is never stale.
     *
     * @param name the contract
     * @param path what is copied, such as {@code author.name}
     */
    record Contracted(Located<String> name, String path) implements Origin {

        @Override
        public Location at() {
            return name.at();
        }

        @Override
        public String words() {
            return "contract " + name + ", which copies " + path;
        }

        @Override
        public boolean enforced() {
            return false;
        }
    }
}
