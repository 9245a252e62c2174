package dev.gatemend.host.logs;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an older part of a log, as logrotate(8) and cronolog give it: {@code error.log.1},
 * {@code error.log.2.gz}, {@code error.log-20260301}, {@code error-20260301.log}.
 *
 * @param log name of the log that it is a part of
 * @param number logrotate's, 1 is the newest; empty when the name has a date
 * @param date its digits from the year on, at least eight: later ones are greater as texts; empty
 *     when the name has a number
 */
public record RotatedName(String log, Optional<Integer> number, String date) {
    private static final String NUMBER_OR_DATE =
            "(\\d{1,4})|(\\d{4}-?\\d{2}-?\\d{2}(?:[-_]?\\d{2,10})?)";

    private static final Pattern PACKED = Pattern.compile("\\.(?:gz|xz|zst|bz2)$");

    private static final Pattern BEHIND = Pattern.compile("(.+?)[.-](?:" + NUMBER_OR_DATE + ")");

    private static final Pattern WITHIN =
            Pattern.compile("(.+?)-(?:" + NUMBER_OR_DATE + ")(\\.[^.]*)");

    private static final Pattern NO_DIGITS = Pattern.compile("\\D");

    /** Longer ones no file system has. */
    private static final int LONGEST = 255;

    /** Reads a file's name without its directory; empty when it is that of no older part. */
    public static Optional<RotatedName> of(String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String unpacked = withoutPacking(name);
        Matcher behind = BEHIND.matcher(unpacked);
        if (behind.matches()) {
            return Optional.of(of(behind, ""));
        }
        Matcher within = WITHIN.matcher(unpacked);
        return within.matches() ? Optional.of(of(within, within.group(4))) : Optional.empty();
    }

    /** The log that a file is, or is an older part of. */
    public static Path logOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(
                of(name).map(RotatedName::log).orElseGet(() -> withoutPacking(name)));
    }

    /** The name without {@code .gz} and its like. */
    public static String withoutPacking(String name) {
        return PACKED.matcher(name).replaceFirst("");
    }

    private static RotatedName of(Matcher matcher, String ending) {
        Optional<Integer> number = Optional.ofNullable(matcher.group(2)).map(Integer::valueOf);
        String date = number.isPresent() ? "" : matcher.group(3);
        return new RotatedName(
                matcher.group(1) + ending, number, NO_DIGITS.matcher(date).replaceAll(""));
    }
}
