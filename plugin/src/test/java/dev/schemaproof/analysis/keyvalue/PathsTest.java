package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {

    private static final Model MODEL = Models.read("""
            schema: shop
            entities:
              Region:
                attributes: {code: text, name: text, tax: int}
                key: [code]
                dependencies: ["name -> tax"]
              Shop:
                attributes: {id: uuid, number: int, region_code: text, phone: text null}
                key: [id]
                unique: [[region_code, number], [phone]]
                references: {region: {entity: Region}}
              Sale:
                attributes: {shop_id: uuid, seq: int, helper_id: uuid null, total: int}
                key: [shop_id, seq]
                references: {shop: {entity: Shop}, helper: {entity: Shop}}
            """);
    private static final Entity SALE = MODEL.entity("Sale").orElseThrow();
    private static final Paths PATHS = new Paths(MODEL);

    @ParameterizedTest
    @CsvSource({
        "total, total, false",
        "shop.id, shop_id, false",
        "shop.region.code, shop.region_code, false",
        "shop.region.name, shop.region.name, false",
        "helper.id, helper_id, true",
        "helper.number, helper.number, true",
        "shop.phone, shop.phone, true",
    })
    void takesTheShortestWayToAValue(String written, String canonical, boolean optional) {
        var path = PATHS.find(SALE, written).orElseThrow();

        assertThat(path.canonical()).hasToString(canonical);
        assertThat(path.optional()).isEqualTo(optional);
    }

    @ParameterizedTest
    @CsvSource({
        "totl, 0, attribute, Sale, total",
        "shop.region.nme, 12, attribute, Region, name",
        "shp.id, 0, reference, Sale, shop"
    })
    void saysWhereAPathIsLost(String written, int begin, String kind, String owner, String nearest) {
        assertThat(PATHS.follow(SALE, written)).isInstanceOfSatisfying(Paths.Outcome.Lost.class, lost -> {
            assertThat(lost.begin()).isEqualTo(begin);
            assertThat(lost.kind()).isEqualTo(kind);
            assertThat(lost.owner().name().value()).isEqualTo(owner);
            assertThat(lost.nearest()).contains(nearest);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop_id seq                       | true",
                "shop.region_code shop.number seq  | true",
                "shop.phone seq                    | false",
                "shop.region.name shop.number seq  | false",
                "shop_id total                     | false",
                "                                  | false",
            })
    void knowsWhatIdentifiesARow(String known, boolean identified) {
        assertThat(PATHS.identify(SALE, paths(known))).isEqualTo(identified);
    }

    @Test
    void concludesThroughReferencesAndDependencies() {
        assertThat(PATHS.closure(SALE, paths("shop.region.name")))
                .containsExactlyInAnyOrderElementsOf(paths("shop.region.name shop.region.tax"));
        assertThat(PATHS.closure(SALE, paths("shop_id"))).doesNotContain(AttributePath.of("shop.number"));
        assertThat(PATHS.closure(SALE, paths("shop_id"), paths("shop.region.tax")))
                .contains(AttributePath.of("shop.number"), AttributePath.of("shop.region.tax"));
    }

    private static List<AttributePath> paths(String text) {
        return Arrays.stream(text == null ? new String[0] : text.strip().split("\\s+"))
                .map(AttributePath::of)
                .collect(Collectors.toList());
    }
}
