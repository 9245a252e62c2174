package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/**
 * The arguments of a word of {@code bench.sh}.
 *
 * @param bench whose {@link Placeholders} are filled in
 * @param given in order, as the script wrote them
 */
record Arguments(Bench bench, List<String> given) {
    Arguments {
        given = List.copyOf(given);
    }

    /** One by number, from 0. */
    String at(int index) throws IOException {
        if (index >= given.size()) {
            throw new IOException("argument " + (index + 1) + " is missing; see bench.sh");
        }
        return Placeholders.fill(bench, given.get(index));
    }

    /** One by number, from 0; {@code otherwise} when there are fewer. */
    int number(int index, int otherwise) throws IOException {
        return index < given.size() ? whole(at(index)) : otherwise;
    }

    /** All from that number on. */
    List<String> from(int index) {
        return given.subList(Math.min(index, given.size()), given.size());
    }

    /**
     * The request that {@code [-H LINE] [-d BYTES] URL} asks for; several header lines as several
     * {@code -H}.
     */
    Ask ask() throws IOException {
        Ask read = Ask.url(at(given.size() - 1));
        for (int i = 0; i + 1 < given.size(); i += 2) {
            read = with(read, given.get(i), at(i + 1));
        }
        return read;
    }

    private static Ask with(Ask ask, String option, String value) throws IOException {
        return switch (option) {
            case "-n" -> ask.times(whole(value));
            case "-H" -> ask.withAlso(value);
            case "-d" -> ask.uploading(whole(value));
            default -> throw new IOException("-n, -H or -d is expected, not " + option);
        };
    }

    private static int whole(String text) throws IOException {
        if (!text.matches("[0-9]{1,8}")) {
            throw new IOException("a whole number is expected, not " + text);
        }
        return Integer.parseInt(text);
    }
}
