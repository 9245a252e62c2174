package dev.gatemend.nginx.config;

import dev.gatemend.nginx.config.Directive.Body;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes tokens back, each behind the blanks and comments that stand before it in the source. */
final class ConfigurationPrinter {
    private final byte[] source;
    private final ByteArrayOutputStream out;
    private int written;

    ConfigurationPrinter(byte[] source) {
        this.source = source;
        this.out = new ByteArrayOutputStream(source.length);
    }

    byte[] print(List<Directive> directives) {
        directives.forEach(this::print);
        token(source.length, source.length);
        return out.toByteArray();
    }

    private void print(Directive directive) {
        token(directive.name().start(), directive.name().end());
        directive.arguments().forEach(word -> token(word.start(), word.end()));
        token(directive.terminator());
        switch (directive.body()) {
            case Body.None _ -> {}
            case Body.Block block -> {
                block.directives().forEach(this::print);
                token(block.close());
            }
            case Body.Lua lua -> token(lua.close());
        }
    }

    private void token(Mark mark) {
        token(mark.offset(), Math.min(mark.offset() + 1, source.length));
    }

    private void token(int start, int end) {
        if (start >= written) { // a refused file ends with several blocks closed at one place
            out.write(source, written, start - written);
            out.write(source, start, end - start);
            written = end;
        }
    }
}
