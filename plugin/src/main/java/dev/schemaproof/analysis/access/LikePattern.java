package dev.schemaproof.analysis.access;

/**
 * What is known of the texts that a pattern of {@code LIKE} matches.
 *
 * @param prefix how they begin
 * @param whole whether the prefix is all of it
 * @param selective whether three letters or digits in a row are known, which is what trigrams need
 */
record LikePattern(String prefix, boolean whole, boolean selective) {

    private static final int TRIGRAM = 3;

    static LikePattern of(String pattern, String escape) {
        var prefix = new StringBuilder();
        var whole = true;
        var run = 0;
        var longest = 0;
        for (var i = 0; i < pattern.length(); i++) {
            var c = pattern.charAt(i);
            var escaped = !escape.isEmpty() && c == escape.charAt(0) && i + 1 < pattern.length();
            if (!escaped && (c == '%' || c == '_')) {
                whole = false;
                run = 0;
                continue;
            }
            if (escaped) {
                i++;
                c = pattern.charAt(i);
            }
            if (whole) {
                prefix.append(c);
            }
            run = Character.isLetterOrDigit(c) ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return new LikePattern(prefix.toString(), whole, longest >= TRIGRAM);
    }
}
