package dev.schemaproof.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Model;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnTypesTest {

    private static final Model MODEL = Models.read("""
            schema: shop
            stores: {main: {engine: postgresql, schemas: {Sales: {}}}}
            types:
              email: {domain: text}
              Price: {domain: "decimal(12,2)", schema: Sales}
              work_email: {domain: {native: public.email}}
              emails: {domain: "work_email[]"}
              status: {enum: [open, done]}
              ring: {domain: {native: round}}
              round: {domain: ring}
            entities:
              Product: {attributes: {id: bigint}, key: [id]}
            """);

    private static final int LAST = 20_000;

    private static final OwnTypes OWN = new OwnTypes(MODEL);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            email                | email
            EMAIL                | email
            "email"              | email
            "EMAIL"              |
            public.email         | email
            "public".email       | email
            Public . Email       | email
            legacy.email         |
            email[]              | email[]
            email [ 3 ] []       | email[]
            email array          | email[]
            email(3)             | email
            Price                |
            "Price"              | Price
            Sales."Price"        | Price
            "Sales"."Price"[]    | Price[]
            "sales"."Price"      |
            public."Price"       |
            text                 |
            pg_catalog.text      |
            email precision      |
            email; DROP TABLE x  |
            """)
    void theDatabasesWordsForATypeOfTheModelAreFound(String words, String named) {
        var type = new DataType.Native(words);
        var found = OWN.named(type);

        assertThat(found.equals(type) ? null : found.toString()).isEqualTo(named);
    }

    @Test
    void domainsAreFollowedToTheTypeThatTheyAreMadeOf() {
        assertThat(domains("work_email")).isEqualTo("work_email, email");
        assertThat(domains("emails")).isEqualTo("emails");
        assertThat(domains("status")).isEmpty();
        assertThat(domains("ring")).isEqualTo("ring, round");
        assertThat(OWN.innermost(new DataType.Native("emails[]"))).isEqualTo(new DataType.Named("emails"));
    }

    @Test
    void aBaseTypeIsNoDomain() {
        var types = new BaseTypes(MODEL);

        assertThat(types.of(new DataType.Named("emails"))).hasToString("text[]");
        assertThat(types.of(new DataType.Native("work_email[]"))).hasToString("text[]");
        assertThat(types.of(new DataType.Native("ring"))).isEqualTo(new DataType.Unreadable());
    }

    /** A chain of domains is as long as its model, and no stack is. */
    @Test
    void manyDomainsOnEachOtherAreFollowed() {
        var model = chain("d%d");

        assertThat(new BaseTypes(model).of(new DataType.Named("d0"))).hasToString("int");
        assertThat(new OwnTypes(model).domains(new DataType.Named("d0"))).hasSize(LAST + 1);
    }

    @Test
    void arraysOfArraysOfArraysAreNotFollowed() {
        var base = new BaseTypes(chain("d%d[]")).of(new DataType.Named("d0"));

        assertThat(OWN.innermost(base)).isEqualTo(new DataType.Unreadable());
    }

    private static Model chain(String base) {
        var domains = IntStream.range(0, LAST)
                .mapToObj(i -> "  d%d: {domain: \"%s\"}\n".formatted(i, base.formatted(i + 1)))
                .collect(Collectors.joining());
        return Models.read("schema: a\ntypes:\n" + domains + "  d" + LAST
                + ": {domain: int}\nentities:\n  A: {attributes: {id: uuid}, key: [id]}\n");
    }

    private static String domains(String type) {
        return OWN.domains(new DataType.Named(type)).stream()
                .map(domain -> domain.name().value())
                .collect(Collectors.joining(", "));
    }
}
