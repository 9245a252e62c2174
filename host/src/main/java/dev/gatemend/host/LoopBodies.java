package dev.gatemend.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the commands in a shell script that a {@code while} or {@code until} loop repeats. Read as
 * far as scripts that keep a program running go: quotes and here-documents are not followed, and a
 * {@code for} over a list ends by itself.
 */
final class LoopBodies {
    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|(?<=\\s))#.*$");
    private static final Pattern CONTINUED = Pattern.compile("[ \\t]{0,100}\\\\\\R\\s{0,100}");
    private static final Pattern BETWEEN = Pattern.compile("[;&|()\\n]+");

    /** Words in front of a command; {@code !} and braces as well. */
    private static final Pattern OPENING =
            Pattern.compile("^(while|until|for|do|done|then|else|if|elif|fi|\\{|}|!)(?:\\s+|$)");

    private static final Pattern ENDLESS_FOR = Pattern.compile("\\bfor\\s{0,9}\\(\\(\\s{0,9};");
    private static final int DEEPEST = 64;

    private final Deque<Boolean> loops = new ArrayDeque<>();
    private final List<String> found = new ArrayList<>();
    private boolean repeats;

    private LoopBodies() {}

    static List<String> in(String script) {
        String plain = CONTINUED.matcher(COMMENT.matcher(script).replaceAll("")).replaceAll(" ");
        LoopBodies bodies = new LoopBodies();
        for (String command : BETWEEN.split(ENDLESS_FOR.matcher(plain).replaceAll("while "), -1)) {
            bodies.read(command.strip());
        }
        return bodies.found;
    }

    private void read(String command) {
        String rest = command;
        String last = "";
        for (Matcher word = OPENING.matcher(rest); word.find(); word = OPENING.matcher(rest)) {
            last = word.group(1);
            open(last);
            rest = rest.substring(word.end());
        }
        boolean condition = last.equals("while") || last.equals("until") || last.equals("for");
        if (!rest.isEmpty() && !condition && loops.contains(true)) {
            found.add(rest);
        }
    }

    private void open(String word) {
        switch (word) {
            case "while", "until" -> repeats = true;
            case "for" -> repeats = false;
            case "do" -> {
                if (loops.size() < DEEPEST) {
                    loops.push(repeats);
                }
            }
            case "done" -> loops.poll();
            default -> {}
        }
    }
}
