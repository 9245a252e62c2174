package dev.gatemend.nginx.config;

import dev.gatemend.model.Position;
import java.util.List;

/**
 * A directive with its arguments and, where it has one, its block.
 *
 * @param file it stands in, as nginx would open it
 * @param terminator the <code>;</code> or <code>&#123;</code> behind the arguments; nginx names its
 *     line when it refuses the directive
 * @param body what follows the terminator
 */
public record Directive(String file, Word name, List<Word> arguments, Mark terminator, Body body) {
    public Directive {
        arguments = List.copyOf(arguments);
    }

    /** What stands between a directive's arguments and the next directive. */
    public sealed interface Body {
        /** Nothing: the directive ends with <code>;</code>. */
        enum None implements Body {
            NONE
        }

        /** Directives (or the lines of a {@code map}, {@code types} ...) in braces. */
        record Block(List<Directive> directives, Mark close) implements Body {
            public Block {
                directives = List.copyOf(directives);
            }
        }

        /** The text of a {@code *_by_lua_block}, untouched, with the brace that ends it. */
        record Lua(Mark close) implements Body {}
    }

    /** The directive's name, unquoted. */
    public String word() {
        return name.value();
    }

    /** The argument at {@code index}, or the empty string when there are fewer. */
    public String argument(int index) {
        return index < arguments.size() ? arguments.get(index).value() : "";
    }

    /** All arguments, unquoted. */
    public List<String> values() {
        return switch (arguments.size()) {
            case 0 -> List.of();
            case 1 -> List.of(arguments.get(0).value());
            case 2 -> List.of(arguments.get(0).value(), arguments.get(1).value());
            default -> arguments.stream().map(Word::value).toList();
        };
    }

    /** The directives of the block; empty for a directive without one. */
    public List<Directive> block() {
        return body instanceof Body.Block block ? block.directives() : List.of();
    }

    /** Ends with <code>&#123;</code>, not with <code>;</code>. */
    public boolean opensBlock() {
        return body != Body.None.NONE;
    }

    /** Where the name stands. */
    public Position position() {
        return name.position(file);
    }

    /**
     * Where nginx's complaint about this directive belongs: the line is the terminator's, as in
     * nginx's messages; the column is the name's when both share the line.
     */
    public Position refusedAt() {
        return name.line() == terminator.line() ? position() : terminator.position(file);
    }
}
