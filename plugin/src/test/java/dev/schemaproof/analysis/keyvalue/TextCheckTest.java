package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "name ~ '^[a-z0-9_]+$' ; ann_1 ; true",
                "name ~ '^[a-z0-9_]+$' ; a#b ; false",
                "\"name\" ~ '^[a-z]{2,3}$' ; abcd ; false",
                "(name ~ '^[a-z]{2,3}$') ; abc ; true",
                "length(name) < 9 and name ~ '^x' ; y ; false",
                "name ~ '^x' ; xyz ; true",
                "name ~ 'x$' ; yx ; true",
                "name ~ 'x$' ; xy ; false",
                "name ~ '^(?:ab|cd)*$' ; abcd ; true",
                "name ~ '^(ab|cd)*$' ; abc ; false",
                "name ~ '^a|b$' ; ax ; true",
                "name ~ '^a|b$' ; xa ; false",
                "name ~ '^[^#]+$' ; a# ; false",
                "name ~ '^[]#]+$' ; ]# ; true",
                "name ~ '^[a\\-z]+$' ; b ; false",
                "name ~ '^\\d{4}-\\d\\d$' ; 2024-1 ; false",
                "name ~ '^\\d{4}-\\d\\d$' ; 2024-10 ; true",
                "name ~ '^[[:alpha:]]+$' ; é ; true",
                "name ~ '^[[:alpha:]]+$' ; 1 ; false",
                "name ~ '^\\W+$' ; é ; true",
                "name ~ '^[^\\w]+$' ; a ; false",
                "name ~ '^a\\.b$' ; axb ; false",
                "name ~ '^it''s$' ; it's ; true",
                "name !~ '#' ; a# ; false",
                "name !~ '[#/]' ; a/ ; false",
                "name !~ '[#/]' ; ab ; true",
                "name NOT LIKE '%#%' ; a# ; false",
                "name not like '%#' ; a# ; true",
                "name not like '%_%' ; a ; true",
                // what isn't understood excludes nothing
                "name ~ '^a$' or true ; b ; true",
                "lower(name) ~ '^a$' ; b ; true",
                "name ~* '^a$' ; b ; true",
                "name ~ '(?i)^a$' ; b ; true",
                "name ~ '^a$b' ; b ; true",
                "name ~ '^\\y$' ; b ; true",
                "name ~ '^[[=a=]]$' ; b ; true",
                "name ~ '^(([a-z]{1,200}){1,200}){1,200}$' ; # ; true",
                "name !~ '\\d' ; 1 ; false",
                "name !~ '\\d' ; ٣ ; true",
                "name ~ '^a{3,1}$' ; b ; true",
                "name ~ '^a**$' ; b ; true",
            })
    void tellsWhichTextsAreLeft(String condition, String text, boolean left) {
        var shape = TextCheck.narrow(Shape.anyText(), "name", List.of(condition));

        assertThat(Automaton.of(List.of(shape)).accepts(text)).isEqualTo(left);
    }
}
