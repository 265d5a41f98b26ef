package dev.schemaproof.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> KEYS = List.of(
            "accessPatterns", "attributes", "created_at", "entities", "id", "indexes", "key", "on", "rows", "x");

    @ParameterizedTest
    @CsvSource({
        "attribute, attributes",
        "atributes, attributes",
        "createdAt, created_at",
        "access-patterns, accessPatterns",
        "entitise, entities",
        "Key, key",
        "kye, key",
        "row, rows",
        "no, on",
        "idnexes, indexes",
    })
    void findsTheNameThatWasMeant(String typo, String meant) {
        assertThat(NearestName.of(typo, KEYS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"description", "table", "zz", "y", "''"})
    void staysSilentWhenNothingIsNear(String word) {
        assertThat(NearestName.of(word, KEYS)).isEmpty();
    }

    @Test
    void takesTheNearestAndAmongEqualsTheFirstInTheAlphabet() {
        assertThat(NearestName.of("posts", List.of("poets", "ports", "post"))).contains("poets");
        assertThat(NearestName.of("comment_id", List.of("comments_ids", "comment_it", "comment_idx")))
                .contains("comment_idx");
        assertThat(NearestName.of("comment_id", List.of("comments_ids", "commentId")))
                .contains("commentId");
    }

    @Test
    void neverProposesTheWordItself() {
        assertThat(NearestName.of("posts", List.of("posts"))).isEmpty();
    }

    @Test
    void ignoresWordsTooLongToBeATypo() {
        assertThat(NearestName.of("a".repeat(101), List.of("a".repeat(100)))).isEmpty();
    }
}
