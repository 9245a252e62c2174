package dev.gatemend.nginx.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file's tokens are, where they stand, and that nothing of it is lost. */
class ConfigurationParserTest {
    private static Directive only(String text) {
        Parsed parsed = ConfigurationParser.parse("a.conf", text.getBytes(UTF_8));
        assertThat(parsed.problem()).isEmpty();
        return parsed.tree().directives().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment without an end of line",
                "\r\n\t user  www-data ;\r\n",
                "events{worker_connections 1;}http{}",
                "map $a $b { ~^x\\{2} 'y;z'; include other.conf; default \"}\"; }",
                "location ~ \\.php$ { set $a \"${b}#{\"; if ($request_method = POST) { return 405; } }",
                "content_by_lua_block { if a then b = '}' --[[ } ]] end }\nroot html;",
                "server_name \"a\" 'b' c\"d\" e#f g}h ${i};# end",
                "a_module_nobody_knows x { y z; w { } }",
                "log_format x '$a'\n  # between\n  '$b' ;",
                "return 200 \"\\n\\t\\q\\\\\";"
            })
    void printsBackByteForByte(String text) {
        byte[] bytes = text.getBytes(UTF_8);

        Parsed parsed = ConfigurationParser.parse("a.conf", bytes);

        assertThat(parsed.problem()).isEmpty();
        assertThat(parsed.tree().print()).isEqualTo(bytes);
    }

    @Test
    void printsBackBytesThatAreNoUtf8() {
        byte[] bytes = "root /srv/caf\u00e9\u00ff;".getBytes(ISO_8859_1);

        assertThat(ConfigurationParser.parse("a.conf", bytes).tree().print()).isEqualTo(bytes);
    }

    @Test
    void knowsLineAndColumnOfEveryToken() {
        Directive location = only("location  /x\n\t{ root\n  'a b' ; }").block().getFirst();

        assertThat(location.word()).isEqualTo("root");
        assertThat(location.position()).hasToString("a.conf:2:4");
        assertThat(location.arguments().getFirst().position("a.conf")).hasToString("a.conf:3:3");
        assertThat(location.terminator().position("a.conf")).hasToString("a.conf:3:9");
    }

    @Test
    void countsColumnsInBytes() {
        Directive directive = only("add_header \u00e9 \u00fc;");

        assertThat(directive.arguments().get(1).column()).isEqualTo(15);
    }

    @Test
    void takesQuotesAndEscapesOffAsNginxDoes() {
        Directive directive = only("x a\\ b 'c\"d' \"e\\\"f\" g\\th \\. \"i\\'j\" k\"l \"\";");

        assertThat(directive.values())
                .containsExactly("a\\ b", "c\"d", "e\"f", "g\th", "\\.", "i'j", "k\"l", "");
    }

    @Test
    void lineBreaksInsideQuotesAndBehindBackslashesCount() {
        Directive directive = only("x 'a\nb' c\\\nd e;");

        assertThat(directive.arguments().get(2).line()).isEqualTo(3);
        assertThat(directive.terminator().line()).isEqualTo(3);
    }

    @Test
    void aVariableInBracesOpensNoBlock() {
        assertThat(only("set $a x${b}y;").values()).containsExactly("$a", "x${b}y");
    }

    @Test
    void aClosingParenthesisMayFollowAQuote() {
        Directive directive = only("if ($a = \"b\") { return 1; }");

        assertThat(directive.values()).containsExactly("($a", "=", "b", ")");
    }

    @Test
    void luaTextIsLeftAlone() {
        Directive directive =
                only(
                        "location / { rewrite_by_lua_block { local s = [==[ } ]] ]==] -- }\n } root x; }");

        assertThat(directive.block())
                .extracting(Directive::word)
                .isEqualTo(List.of("rewrite_by_lua_block", "root"));
        assertThat(directive.block().getLast().name().line()).isEqualTo(2);
    }

    @Test
    void directivesOfUnknownModulesPass() {
        assertThat(only("http { a_b c; d_e { f; } server { g_h on; } }").block()).hasSize(3);
    }
}
