package dev.schemaproof.analysis.word;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameWordsTest {

    @ParameterizedTest
    @CsvSource({
        "phone_2, phone 2",
        "phone2, phone 2",
        "Phone2, phone 2",
        "addressLine1, address line 1",
        "HTTPRequest, http request",
        "iso_3166_2b, iso 3166 2 b",
        "'line items', line items",
        "Straße_1, straße 1",
    })
    void namesAreTakenApart(String name, String words) {
        assertThat(String.join(" ", NameWords.of(name).words())).isEqualTo(words);
    }

    @Test
    void namesAreWrittenInBothWays() {
        var name = NameWords.of("Oauth2Clients");
        assertThat(name.snakeCase()).isEqualTo("oauth2_clients");
        assertThat(name.pascalCase()).isEqualTo("Oauth2Clients");
        assertThat(name.singular().pascalCase()).isEqualTo("Oauth2Client");
        assertThat(NameWords.of("__").singular().last()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tags, tag",
        "categories, category",
        "boxes, box",
        "addresses, address",
        "people, person",
        "children, child",
        "houses, house",
        "status, status",
        "address, address",
        "news, news",
        "bus, bus",
    })
    void pluralsHaveASingular(String word, String singular) {
        assertThat(Plural.singular(word)).isEqualTo(singular);
        assertThat(Plural.is(word)).isEqualTo(!word.equals(singular));
    }
}
