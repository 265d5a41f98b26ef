package dev.schemaproof.discover.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least left sides that nothing seen so far refutes, for each right side: a prefix tree over left sides, whose nodes know
 * what may depend on the path to them, as in Papenbrock and Naumann's HyFD.
 *
 * <p>Right sides are the columns and, behind them, the row as a whole: what determines that is unique. Left sides are of columns
 * only.
 */
final class CandidateTree {

    private final int columns;
    private final int wordCount;
    private final Node root;
    private final long mostBytes;
    private int largest;
    private boolean trimmed;
    private boolean cut;
    private long bytes;

    /**
     * All right sides below the empty left side.
     *
     * @param largest the size of the largest left side that is looked for
     * @param mostBytes the memory that the tree may take; when that is not enough, it gives up the largest left sides
     */
    CandidateTree(int columns, int largest, long mostBytes) {
        this.columns = columns;
        this.largest = largest;
        this.mostBytes = mostBytes;
        wordCount = Words.count(columns + 1);
        root = node(-1);
        for (var right = 0; right <= columns; right++) {
            Words.add(root.here, right);
            Words.add(root.below, right);
        }
    }

    /** A candidate: a left side and all that may depend on it. */
    static final class Candidate {

        private final int[] left;
        private final long[] right;

        Candidate(int[] left, long[] right) {
            this.left = left;
            this.right = right;
        }

        /** The columns of the left side, ascending. */
        int[] left() {
            return left;
        }

        /** The right sides; what is refuted later goes from it. */
        long[] right() {
            return right;
        }
    }

    private static final class Node {

        private static final @Nullable Node[] LEAF = new Node[0];

        /** What may depend on the path to this node. */
        private final long[] here;

        /** The same for this node and all below it. */
        private final long[] below;

        /** By column, counted from the one behind this node's; nothing as long as there are none. */
        private @Nullable Node[] children = LEAF;

        Node(int wordCount) {
            here = new long[wordCount];
            below = new long[wordCount];
        }
    }

    /** The size of the largest left side that is in the tree or may come into it. */
    int largest() {
        return largest;
    }

    /** Whether left sides were given up for want of memory. */
    boolean trimmed() {
        return trimmed;
    }

    /** Whether left sides were left out as they are too large. */
    boolean cut() {
        return cut;
    }

    private Node node(int column) {
        bytes += 64L + 2L * Long.BYTES * wordCount + (column < 0 ? 0 : 8);
        return new Node(wordCount);
    }

    private Node child(Node parent, int parentColumn, int column) {
        var children = parent.children;
        if (children.length == 0) {
            children = new Node[columns - parentColumn - 1];
            bytes += 16L + (long) Integer.BYTES * children.length;
            parent.children = children;
        }
        var index = column - parentColumn - 1;
        var child = children[index];
        if (child == null) {
            child = node(column);
            children[index] = child;
        }
        return child;
    }

    /** Takes in that two rows agree on these columns and no others, which refutes candidates and makes larger ones. */
    void refute(long[] agreed) {
        var refuted = new ArrayList<int[]>();
        for (var right = 0; right <= columns; right++) {
            if (Words.has(agreed, right) || !Words.has(root.below, right)) {
                continue;
            }
            refuted.clear();
            removeWithin(root, -1, agreed, right, new int[columns], 0, refuted);
            for (var left : refuted) {
                enlarge(left, right, agreed);
                if (bytes > mostBytes && largest > 1) {
                    trim();
                }
            }
        }
    }

    /** Takes out the left sides of a right side that lie within a set. */
    private void removeWithin(
            Node node, int column, long[] set, int right, int[] path, int depth, List<int[]> removed) {
        if (Words.has(node.here, right)) {
            Words.remove(node.here, right);
            removed.add(java.util.Arrays.copyOf(path, depth));
        }
        var children = node.children;
        for (var i = 0; i < children.length; i++) {
            var child = children[i];
            if (child != null && Words.has(set, column + 1 + i) && Words.has(child.below, right)) {
                path[depth] = column + 1 + i;
                removeWithin(child, column + 1 + i, set, right, path, depth + 1, removed);
            }
        }
        if (!anyBelow(node, right)) {
            Words.remove(node.below, right);
        }
    }

    private static boolean anyBelow(Node node, int right) {
        if (Words.has(node.here, right)) {
            return true;
        }
        for (var child : node.children) {
            if (child != null && Words.has(child.below, right)) {
                return true;
            }
        }
        return false;
    }

    /** Adds the left sides with one column more that are not refuted by the same pair of rows, unless a part of them is there. */
    private void enlarge(int[] left, int right, long[] agreed) {
        if (left.length >= largest) {
            cut = true;
            return;
        }
        var larger = new int[left.length + 1];
        for (var added = 0; added < columns; added++) {
            if (added == right || Words.has(agreed, added)) {
                continue;
            }
            var i = 0;
            while (i < left.length && left[i] < added) {
                larger[i] = left[i];
                i++;
            }
            larger[i] = added;
            System.arraycopy(left, i, larger, i + 1, left.length - i);
            if (!hasPart(root, -1, larger, 0, right)) {
                add(larger, right);
            }
        }
    }

    /** Whether a left side of the right side lies within these columns. */
    private boolean hasPart(Node node, int column, int[] left, int from, int right) {
        if (Words.has(node.here, right)) {
            return true;
        }
        var children = node.children;
        for (var i = from; i < left.length && children.length > 0; i++) {
            var child = children[left[i] - column - 1];
            if (child != null && Words.has(child.below, right) && hasPart(child, left[i], left, i + 1, right)) {
                return true;
            }
        }
        return false;
    }

    private void add(int[] left, int right) {
        var node = root;
        var column = -1;
        Words.add(node.below, right);
        for (var next : left) {
            node = child(node, column, next);
            column = next;
            Words.add(node.below, right);
        }
        Words.add(node.here, right);
    }

    /** The candidates whose left side has this size. */
    List<Candidate> level(int size) {
        var found = new ArrayList<Candidate>();
        collect(root, -1, new int[size], 0, found);
        return found;
    }

    private void collect(Node node, int column, int[] path, int depth, List<Candidate> found) {
        if (depth == path.length) {
            if (!Words.isEmpty(node.here)) {
                // The words stay those of the node, so that what is refuted meanwhile is not asked for
                found.add(new Candidate(path.clone(), node.here));
            }
            return;
        }
        var children = node.children;
        for (var i = 0; i < children.length; i++) {
            var child = children[i];
            if (child != null && !Words.isEmpty(child.below)) {
                path[depth] = column + 1 + i;
                collect(child, column + 1 + i, path, depth + 1, found);
            }
        }
    }

    /** The size of the largest left side that there is. */
    int depth() {
        return depth(root);
    }

    private static int depth(Node node) {
        var deepest = 0;
        for (var child : node.children) {
            if (child != null && !Words.isEmpty(child.below)) {
                deepest = Math.max(deepest, 1 + depth(child));
            }
        }
        return deepest;
    }

    /** Makes room for a while, not just for the next candidate. */
    private void trim() {
        prune(root, -1, 0);
        while (bytes > mostBytes / 4 * 3 && largest > 1) {
            largest = Math.min(largest, depth()) - 1;
            trimmed = true;
            prune(root, -1, 0);
        }
    }

    /** Drops what is empty or too deep, and counts the memory of the rest anew. */
    private void prune(Node node, int column, int depth) {
        if (depth == 0) {
            bytes = 0;
        }
        bytes += 72L + 2L * Long.BYTES * wordCount;
        var children = node.children;
        var any = false;
        for (var i = 0; i < children.length && depth < largest; i++) {
            var child = children[i];
            if (child != null) {
                if (Words.isEmpty(child.below)) {
                    children[i] = null;
                } else {
                    prune(child, column + 1 + i, depth + 1);
                    any |= !Words.isEmpty(child.below);
                }
            }
        }
        if (any) {
            bytes += 16L + (long) Integer.BYTES * children.length;
        } else {
            node.children = Node.LEAF;
        }
        System.arraycopy(node.here, 0, node.below, 0, wordCount);
        for (var child : node.children) {
            for (var i = 0; child != null && i < wordCount; i++) {
                node.below[i] |= child.below[i];
            }
        }
    }
}
