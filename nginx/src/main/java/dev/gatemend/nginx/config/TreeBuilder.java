package dev.gatemend.nginx.config;

import dev.gatemend.model.ConfigurationProblem;
import dev.gatemend.model.Position;
import dev.gatemend.nginx.config.ConfigurationLexer.End;
import dev.gatemend.nginx.config.Directive.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the statements of one file together to a tree. On a refusal the tree holds what nginx has
 * read before it, with the open blocks closed at that place.
 */
final class TreeBuilder {
    /**
     * Blocks inside blocks. nginx has no limit but its stack; its own directives nest no deeper
     * than locations do, and nobody writes 200 of those into each other.
     */
    static final int DEEPEST = 200;

    private final String file;
    private final ConfigurationLexer lexer;
    private final List<Word> words = new ArrayList<>();
    private Optional<ConfigurationProblem> problem = Optional.empty();

    TreeBuilder(String file, byte[] source) {
        this.file = file;
        this.lexer = new ConfigurationLexer(file, source);
    }

    Optional<ConfigurationProblem> problem() {
        return problem;
    }

    List<Directive> directives() {
        return block(0);
    }

    private List<Directive> block(int depth) {
        List<Directive> directives = new ArrayList<>();
        try {
            while (problem.isEmpty()) {
                words.clear();
                End end = lexer.next(words);
                if (end == End.CLOSE || end == End.END_OF_FILE) {
                    checkEnd(end, depth);
                    return directives;
                }
                directives.add(directive(end, depth));
            }
        } catch (RefusedException e) {
            problem = Optional.of(e.problem());
        }
        return directives;
    }

    private Directive directive(End end, int depth) {
        Mark terminator = lexer.terminator();
        Word name = words.getFirst();
        List<Word> arguments = arguments();
        try {
            return new Directive(file, name, arguments, terminator, body(end, name, depth));
        } catch (RefusedException e) { // nginx has met the directive before what is wrong inside it
            problem = Optional.of(e.problem());
            return new Directive(file, name, arguments, terminator, new Body.Lua(lexer.here()));
        }
    }

    private List<Word> arguments() {
        return switch (words.size()) {
            case 1 -> List.of();
            case 2 -> List.of(words.get(1));
            case 3 -> List.of(words.get(1), words.get(2));
            default -> List.copyOf(words.subList(1, words.size()));
        };
    }

    private Body body(End end, Word name, int depth) throws RefusedException {
        if (end == End.SEMICOLON) {
            return Body.None.NONE;
        }
        if (name.value().endsWith("_by_lua_block")) {
            lexer.skipLua();
            return new Body.Lua(lexer.terminator());
        }
        if (depth == DEEPEST) {
            throw new RefusedException(
                    lexer.terminator().position(file),
                    "blocks nested deeper than " + DEEPEST + " levels");
        }
        List<Directive> directives = block(depth + 1);
        return new Body.Block(directives, problem.isEmpty() ? lexer.terminator() : lexer.here());
    }

    private void checkEnd(End end, int depth) throws RefusedException {
        if (end == End.CLOSE && depth == 0) {
            throw new RefusedException(lexer.terminator().position(file), "unexpected \"}\"");
        }
        if (end == End.END_OF_FILE && depth > 0) {
            Position here = lexer.here().position(file);
            throw new RefusedException(here, "unexpected end of file, expecting \"}\"");
        }
    }
}
