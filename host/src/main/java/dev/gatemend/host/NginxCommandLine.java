package dev.gatemend.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a master was called, read from its title: nginx writes its arguments behind {@code nginx:
 * master process}, joined by blanks ({@code ngx_master_process_cycle}), so an argument with blanks
 * has to be found again by what may follow it.
 *
 * @param binary argument zero
 * @param prefix of {@code -p}, as given
 * @param configuration of {@code -c}, as given
 * @param errorLog of {@code -e}, as given
 * @param globals of {@code -g}: directives as if they stood in the main context
 */
public record NginxCommandLine(
        String binary,
        Optional<String> prefix,
        Optional<String> configuration,
        Optional<String> errorLog,
        Optional<String> globals) {
    /** Angie is nginx's fork and keeps its ways; OpenResty and Tengine say {@code nginx}. */
    private static final Pattern TITLE =
            Pattern.compile("(?:nginx|angie): master process (.*)", Pattern.DOTALL);

    /** The letters of {@code ngx_get_options}: switches, then those that take a value. */
    private static final String SWITCHES = "?hvVtTq";

    private static final String VALUED = "pegcs";
    private static final Pattern OPTION =
            Pattern.compile("-[" + SWITCHES + "]*[" + VALUED + SWITCHES + "].*", Pattern.DOTALL);

    /** Reads a title; empty when it is not a master's. */
    public static Optional<NginxCommandLine> parse(String title) {
        Matcher matcher = TITLE.matcher(title);
        return matcher.matches() ? Optional.of(read(matcher.group(1))) : Optional.empty();
    }

    private static NginxCommandLine read(String line) {
        List<String> words = List.of(line.split(" ", -1));
        int at = 1;
        while (at < words.size() && !words.get(at).startsWith("-")) {
            at++;
        }
        String binary = String.join(" ", words.subList(0, at)).strip();
        Map<Character, String> values = new HashMap<>();
        while (at < words.size()) {
            at = readOption(words, at, values);
        }
        return new NginxCommandLine(
                binary,
                Optional.ofNullable(values.get('p')),
                Optional.ofNullable(values.get('c')),
                Optional.ofNullable(values.get('e')),
                Optional.ofNullable(values.get('g')));
    }

    /** Takes the option at a word and whatever belongs to its value; returns where the next is. */
    private static int readOption(List<String> words, int at, Map<Character, String> values) {
        String word = words.get(at);
        int letter = 1;
        while (letter < word.length() && SWITCHES.indexOf(word.charAt(letter)) >= 0) {
            letter++;
        }
        if (letter >= word.length() || VALUED.indexOf(word.charAt(letter)) < 0) {
            return at + 1;
        }
        char option = word.charAt(letter);
        List<String> value = new ArrayList<>();
        if (letter + 1 < word.length()) {
            value.add(word.substring(letter + 1));
        }
        int next = at + 1;
        while (next < words.size() && (value.isEmpty() || goesOn(option, value, words.get(next)))) {
            value.add(words.get(next));
            next++;
        }
        if (!value.isEmpty()) {
            values.put(option, String.join(" ", value).stripTrailing());
        }
        return next;
    }

    /** nginx takes no argument that is not an option, so what is none belongs to the value. */
    private static boolean goesOn(char option, List<String> value, String word) {
        boolean finished = option != 'g' || value.getLast().endsWith(";");
        return !(finished && OPTION.matcher(word).matches());
    }
}
