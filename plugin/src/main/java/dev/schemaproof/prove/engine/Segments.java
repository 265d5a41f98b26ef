package dev.schemaproof.prove.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** How PostgreSQL divides a relation into files. */
final class Segments {

    /** {@code RELSEG_SIZE} of every usual build: 131,072 pages of 8 KiB. */
    static final long SEGMENT_BYTES = 1L << 30;

    static final long PAGE_BYTES = 8192;

    /** What {@code pg_relation_filepath} gives; nothing that leaves the data directory, or means something to a shell. */
    private static final Pattern RELATION =
            Pattern.compile("(base/[0-9]+|global|pg_tblspc/[0-9]+/PG_[0-9_]+/[0-9]+)/[0-9]+");

    private Segments() {}

    /**
     * The length of each file, by path.
     *
     * @throws IllegalArgumentException when a path is none of a relation, or a length is not one of whole pages
     */
    static Map<String, Long> of(Map<String, Long> bytesByPath) {
        Map<String, Long> segments = new LinkedHashMap<>();
        bytesByPath.forEach((path, bytes) -> {
            if (!RELATION.matcher(path).matches()) {
                throw new IllegalArgumentException("`" + path + "` is not the path of a relation");
            }
            if (bytes < 0 || bytes % PAGE_BYTES != 0) {
                throw new IllegalArgumentException(bytes + " bytes of `" + path + "` are not whole pages");
            }
            long rest = bytes;
            for (int segment = 0; rest > 0; segment++) {
                segments.put(segment == 0 ? path : path + "." + segment, Math.min(rest, SEGMENT_BYTES));
                rest -= SEGMENT_BYTES;
            }
        });
        return segments;
    }
}
