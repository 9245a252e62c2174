package dev.gatemend.host;

import dev.gatemend.model.Address;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what looks like a listening address in a command line or an environment: {@code --bind
 * 127.0.0.1:8000}, {@code PORT=3000}, {@code unix:/run/app.sock}.
 */
final class ListeningWords {
    /** {@code tcp://} is Puma's; behind other schemes stands what the application connects to. */
    private static final Pattern HOST_AND_PORT =
            Pattern.compile(
                    "(?:(?<=tcp://)|(?<=ssl://)|(?<![\\w./@-]))((?:\\d{1,3}\\.){3}\\d{1,3}|\\[[0-9A-Fa-f:]{2,45}]|localhost|\\*)"
                            + ":(\\d{2,5})(?![\\d.])");

    private static final Pattern BARE_PORT =
            Pattern.compile(
                    "(?i)(?:\\bport[ =]|(?:^|\\s)-p[ =]?|(?:^|\\s)-b[ =]?:|_port=|[ =]:)(\\d{2,5})(?![\\d.:])");

    /**
     * {@code python3 -m http.server 8001}, {@code manage.py runserver 8001}, before or after
     * options.
     */
    private static final Pattern PORT_BY_PLACE =
            Pattern.compile(
                    "\\b(?:http\\.server|SimpleHTTPServer|runserver)(?: --(?:no\\w{1,30}|insecure|cgi)| --?[a-z][\\w-]{0,30}(?:[ =][^\\s-]\\S{0,99}+)?+){0,4}+ (\\d{2,5})(?![\\d.:])");

    private static final Pattern SOCKET =
            Pattern.compile("(?<![\\w/.])(/[\\w./@+-]{1,100}\\.sock(?:et)?)(?![\\w/])");
    private static final int MOST = 16;

    private ListeningWords() {}

    /** Addresses as {@link Address} writes them; a port without an address as a number. */
    static List<String> in(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher pair = HOST_AND_PORT.matcher(text);
        while (pair.find()) {
            String host = pair.group(1).equals("*") ? "0.0.0.0" : pair.group(1);
            Address.parse(host + ":" + pair.group(2), 0)
                    .map(Address::toString)
                    .ifPresent(found::add);
        }
        for (Pattern written : List.of(BARE_PORT, PORT_BY_PLACE)) {
            Matcher port = written.matcher(text);
            while (port.find()) {
                found.add(port.group(1));
            }
        }
        Matcher socket = SOCKET.matcher(text);
        while (socket.find()) {
            found.add("unix:" + socket.group(1));
        }
        return found.stream().limit(MOST).toList();
    }

    /** What {@code Listen=} of a socket unit says: {@code /run/app.sock (Stream)}. */
    static String ofSocketUnit(String listen) {
        String address = listen.replaceFirst(" \\(\\w+\\)$", "").strip();
        return address.startsWith("/") ? "unix:" + address : address;
    }
}
