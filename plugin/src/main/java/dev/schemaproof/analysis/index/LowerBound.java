package dev.schemaproof.analysis.index;

import java.util.List;

/**
 * Why no fewer indexes will do, so that it can be checked: any two requests of an {@link Antichain} contradict each other, which is
 * seen from the two alone.
 */
public sealed interface LowerBound {

    /** So many indexes are needed. */
    int size();

    /**
     * Requests that need an index each.
     *
     * @param members any two of which no index serves
     */
    record Antichain(List<Member> members) implements LowerBound {

        public Antichain {
            members = List.copyOf(members);
        }

        @Override
        public int size() {
            return members.size();
        }
    }

    /**
     * A request that needs an index of its own.
     *
     * @param request its position
     * @param alternative the alternative that a {@link Split} has settled on, or the weakest of its alternatives, which all
     *     others contain
     */
    record Member(int request, int alternative) {}

    /**
     * Whichever alternative of a request is taken, so many are needed.
     *
     * @param request its position
     * @param cases one for each of its alternatives but those that contain another one
     */
    record Split(int request, List<LowerBound> cases) implements LowerBound {

        public Split {
            cases = List.copyOf(cases);
        }

        @Override
        public int size() {
            return cases.stream().mapToInt(LowerBound::size).min().orElse(0);
        }
    }

    /**
     * Bounds that add up.
     *
     * @param parts no request of one of which an index serves together with one of another
     */
    record Sum(List<LowerBound> parts) implements LowerBound {

        public Sum {
            parts = List.copyOf(parts);
        }

        @Override
        public int size() {
            return parts.stream().mapToInt(LowerBound::size).sum();
        }
    }
}
