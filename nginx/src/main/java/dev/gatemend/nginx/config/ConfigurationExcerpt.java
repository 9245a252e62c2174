package dev.gatemend.nginx.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pieces of a configuration among other text, made a whole that can be read: a {@code location}
 * gets a {@code server} around it, a {@code server} its {@code http}, a block cut off at the end
 * its braces. Every piece stays in its line.
 *
 * @param lines numbers, counted from 1, of the lines that belong to it
 * @param whole a configuration that has those lines where they were
 */
public record ConfigurationExcerpt(SortedSet<Integer> lines, String whole) {
    /**
     * {@code directive arguments;} or <code>directive arguments {</code>, perhaps with more such.
     */
    private static final Pattern STATEMENT =
            Pattern.compile(
                    "\\s*([a-z][a-z0-9_]{1,60})(?:\\s[^;{}]*)?\\s*[;{](?:.*[;{}])?\\s*(?:#.*)?");

    /** Only a name that begins a statement of several lines, as of a {@code log_format}. */
    private static final Pattern UNFINISHED =
            Pattern.compile("\\s*(?:log_format|map|proxy_set_header|add_header)\\s[^;{}]*");

    /** Nobody pastes more; a brace that is never closed must not swallow the rest. */
    private static final int LONGEST_STATEMENT = 5_000;

    private static final int LONGEST_UNFINISHED = 20;

    /**
     * Finds the pieces.
     *
     * @param text lines that nothing else was made of; what was, is blank
     */
    public static ConfigurationExcerpt in(List<String> text) {
        return new Finder(text).find();
    }

    /** Nothing of the text is configuration. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Where in a whole configuration a statement may stand, with the blocks around it. */
    private enum Place {
        MAIN(Context.MAIN),
        HTTP(Context.HTTP),
        SERVER(Context.SERVER),
        LOCATION(Context.LOCATION),
        UPSTREAM(Context.UPSTREAM);

        private final Context context;

        Place(Context context) {
            this.context = context;
        }

        private List<String> blocks() {
            return switch (this) {
                case MAIN -> List.of();
                case HTTP -> List.of("http");
                case SERVER -> List.of("http", "server");
                case LOCATION -> List.of("http", "server", "location /");
                case UPSTREAM -> List.of("http", "upstream excerpt");
            };
        }

        /** Closes and opens blocks on the way to another place. */
        String moveTo(Place other) {
            List<String> left = blocks();
            List<String> entered = other.blocks();
            int shared = 0;
            while (shared < Math.min(left.size(), entered.size())
                    && left.get(shared).equals(entered.get(shared))) {
                shared++;
            }
            StringBuilder moves = new StringBuilder("} ".repeat(left.size() - shared));
            entered.stream().skip(shared).forEach(b -> moves.append(b).append(" { "));
            return moves.toString();
        }
    }

    /** Braces outside quotes and comments, line by line. */
    private static final class Braces {
        private int open;

        /** Takes a line; true when it closed a block. */
        boolean take(String line) {
            char quote = 0;
            boolean closed = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (quote != 0) {
                    i += c == '\\' ? 1 : 0;
                    quote = c == quote ? 0 : quote;
                } else if (c == '"' || c == '\'') {
                    quote = c;
                } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                    return closed;
                } else if (c == '{' && (i == 0 || line.charAt(i - 1) != '$')) {
                    open++;
                } else if (c == '}' && open > 0) {
                    open--;
                    closed = true;
                }
            }
            return closed;
        }
    }

    /**
     * A statement at the top of the text, in lines {@code from} to before {@code end}, counted from
     * 0.
     *
     * @param open blocks that it leaves open
     */
    private record Statement(String name, boolean block, int from, int end, int open) {
        boolean passes() {
            return name.endsWith("_pass");
        }
    }

    private static final class Finder {
        private final List<String> text;
        private final List<Statement> statements = new ArrayList<>();

        Finder(List<String> text) {
            this.text = text;
        }

        ConfigurationExcerpt find() {
            for (int i = 0; i < text.size(); ) {
                Optional<Statement> statement = statementAt(i);
                statement.ifPresent(statements::add);
                i = statement.map(Statement::end).orElse(i + 1);
            }
            return statements.isEmpty() ? new ConfigurationExcerpt(new TreeSet<>(), "") : written();
        }

        private Optional<Statement> statementAt(int from) {
            String line = text.get(from);
            if (!begins(line)) {
                return Optional.empty();
            }
            Braces braces = new Braces();
            int limit = Math.min(text.size(), from + LONGEST_STATEMENT);
            for (int i = from; i < limit; i++) {
                boolean closed = braces.take(text.get(i));
                if (braces.open == 0 && (closed || text.get(i).strip().endsWith(";"))) {
                    return Optional.of(statement(from, i + 1, 0));
                }
                if (braces.open == 0 && i - from > LONGEST_UNFINISHED) {
                    return Optional.empty();
                }
            }
            return Optional.of(statement(from, limit, braces.open));
        }

        private Statement statement(int from, int end, int open) {
            String line = text.get(from).strip();
            String name = line.split("[\\s;{]", 2)[0];
            return new Statement(name, line.matches("[^;]*\\{.*"), from, end, open);
        }

        private static boolean begins(String line) {
            Matcher statement = STATEMENT.matcher(line);
            return statement.matches()
                    ? !DirectiveTable.NGINX.rules(statement.group(1)).isEmpty()
                    : UNFINISHED.matcher(line).matches();
        }

        private ConfigurationExcerpt written() {
            SortedSet<Integer> taken = new TreeSet<>();
            String[] whole = new String[text.size() + 1];
            Arrays.fill(whole, "");
            Place general = general();
            Place place = Place.MAIN;
            for (Statement statement : statements) {
                for (int i = statement.from(); i < statement.end(); i++) {
                    taken.add(i + 1);
                    whole[i] = text.get(i);
                }
                Place next = place(statement, general);
                whole[statement.from()] = place.moveTo(next) + whole[statement.from()];
                whole[statement.end() - 1] += " }".repeat(statement.open());
                place = next;
            }
            whole[text.size()] = place.moveTo(Place.MAIN);
            return new ConfigurationExcerpt(taken, String.join("\n", whole));
        }

        /**
         * Where directives belong that may stand anywhere: above what they are to be inherited by.
         */
        private Place general() {
            if (statements.stream().anyMatch(Statement::passes)) {
                return Place.LOCATION;
            }
            if (statements.stream().anyMatch(s -> s.name().equals("location"))) {
                return Place.SERVER;
            }
            boolean server = statements.stream().anyMatch(s -> s.name().equals("server"));
            return server ? Place.HTTP : Place.LOCATION;
        }

        private static Place place(Statement statement, Place general) {
            if (statement.name().equals("server") && !statement.block()) {
                return Place.UPSTREAM;
            }
            int contexts =
                    DirectiveTable.NGINX.rules(statement.name()).stream()
                            .mapToInt(DirectiveRule::contexts)
                            .reduce(0, (a, b) -> a | b);
            return Stream.of(general, Place.SERVER, Place.LOCATION, Place.HTTP, Place.UPSTREAM)
                    .filter(candidate -> candidate.context.in(contexts))
                    .findFirst()
                    .orElse(Place.MAIN);
        }
    }
}
