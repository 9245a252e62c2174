package dev.gatemend.diagnosis;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * nginx could not create or write a file: its message with path and errno.
 *
 * @param call the system call that failed
 * @param path as nginx names it
 */
public record Unwritable(String call, String path, int errno, Sighting sighting) {
    /** Paths stand in quotes; the errno follows, also where a pager cut its text. */
    private static final Pattern FAILED =
            Pattern.compile(
                    "(open|mkdir|chown|chmod|stat|pwritev?|writev?|rename|unlink|link)\\(\\)? ?\\(?\"(/[^\"]{1,4096})\".{0,4200}? failed \\((\\d{1,3}):",
                    Pattern.DOTALL);

    /** The first such message with one of these errnos, of the log or of nginx's verdict. */
    public static Optional<Unwritable> of(Matter matter, Set<Integer> errnos) {
        Stream<Unwritable> logged =
                matter.errors().stream()
                        .flatMap(g -> read(g.sample().message(), matter.logged(g)).stream());
        Stream<Unwritable> refused =
                matter.trouble() == Trouble.STANDING
                        ? Emergency.of(matter).stream()
                                .flatMap(e -> read(e.text(), e.sighting()).stream())
                        : Stream.empty();
        return Stream.concat(logged, refused).filter(u -> errnos.contains(u.errno())).findFirst();
    }

    private static Optional<Unwritable> read(String message, Sighting sighting) {
        Matcher matcher = FAILED.matcher(message);
        return matcher.find()
                ? Optional.of(
                        new Unwritable(
                                matcher.group(1),
                                matcher.group(2),
                                Integer.parseInt(matcher.group(3)),
                                sighting))
                : Optional.empty();
    }

    /** The directory the file was to stand in. */
    public String directory() {
        int slash = path.lastIndexOf('/');
        return slash > 0 ? path.substring(0, slash) : "/";
    }
}
