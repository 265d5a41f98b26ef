package dev.schemaproof.analysis.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every SQL text of a table is read, and sees what PostgreSQL lets it see. */
class TableSqlTest {

    private static final String MODEL = """
            schema: rooms
            stores: {main: {engine: postgresql, version: 18, schemas: [billing], extensions: [btree_gist]}}
            types:
              positive: {domain: int, default: 'none1', checks: {more: value > none2}, check: value > 0}
            entities:
              Member:
                table: members
                attributes: {id: int, name: text}
                key: [id]
              Booking:
                table: bookings
                schema: billing
                attributes:
                  room: int
                  day: date
                  during: {native: tstzrange}
                  twice: {type: int, generated: {expression: room * none3, virtual: true}}
                key: [room, day]
                unique: {one: {on: [room, day], where: none4 > 1}}
                exclusions:
                  free: {on: [room with =, day with =, "(lower(none5)) with ="], where: none6 is null}
                checks:
                  mapped: {condition: none7 > 1}
                partition:
                  by: range
                  on: [day]
                  partitions:
                    old: {from: minvalue, to: "'2020-01-01'"}
                    new: {from: "'2020-01-01'", to: none8}
                    rest:
                      default: true
                      partition: {by: list, on: ["(room + none9)"], partitions: {few: {in: [1, null, room]}}}
                rowSecurity:
                  policies:
                    own:
                      using: exists (select 1 from members m where m.id = room and m.nme = current_user)
                      check: room in (select id from bookings)
            """;

    @Test
    void readsEveryText() {
        var flaws = new Facts(Models.read(MODEL))
                .sql()
                .all()
                .flatMap(reading -> reading.names().flaws().stream())
                .toList();
        assertThat(flaws)
                .extracting(NameFlaw::name)
                .containsExactlyInAnyOrder(
                        "none1",
                        "none2",
                        "none3",
                        "none4",
                        "none5",
                        "none6",
                        "none7",
                        "none8",
                        "none9",
                        "room",
                        "nme",
                        "bookings");
        assertThat(flaws)
                .filteredOn(flaw -> List.of("none1", "none8", "room").contains(flaw.name()))
                .allSatisfy(flaw -> assertThat(flaw.kind()).isEqualTo(NameFlaw.Kind.NO_COLUMNS));
    }

    @Test
    void saysHowATableInASchemaIsWritten() {
        var flaws = new Facts(Models.read(MODEL))
                .sql()
                .all()
                .flatMap(reading -> reading.names().flaws().stream())
                .filter(flaw -> flaw.kind() == NameFlaw.Kind.UNKNOWN_TABLE)
                .toList();
        assertThat(flaws)
                .singleElement()
                .satisfies(flaw -> assertThat(flaw.known()).containsExactly("billing.bookings"));
    }
}
