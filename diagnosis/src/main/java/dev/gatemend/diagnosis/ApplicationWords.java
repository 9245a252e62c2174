package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Printable;
import dev.gatemend.model.ProcessState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the application itself wrote about failing: through FastCGI's stderr, or to the journal. */
public final class ApplicationWords {
    /** PHP ends the request with 500 at these; its warnings and notices fail nothing. */
    private static final Pattern FATAL_PHP =
            Pattern.compile("PHP (Fatal|Parse|Recoverable fatal) error|Uncaught ");

    private static final Pattern FATAL =
            Pattern.compile(
                    "Traceback \\(most recent call last\\)|\\bUnhandled |\\bUncaught |\\bpanic: |\\bPanic\\b|\\b[A-Z]\\w{0,60}(Exception|Error)\\b|\\bInternal Server Error\\b");

    private static final int LONGEST = 160;

    private ApplicationWords() {}

    /** True for a FastCGI stderr entry that ended its request. */
    public static boolean endsRequest(String message) {
        return FATAL_PHP.matcher(message).find();
    }

    /** A fatal PHP error that nginx logged for the matter's peer. */
    public static Optional<Sighting> stderr(Matter matter) {
        int nginx = matter.master().map(NginxMaster::pid).orElse(0);
        return matter.scene()
                .errors(nginx)
                .filter(g -> g.id().equals("fastcgi-stderr") && endsRequest(g.sample().message()))
                .filter(g -> matter.peer().isEmpty() || atPeer(matter, g))
                .findFirst()
                .map(ApplicationWords::quoted);
    }

    private static boolean atPeer(Matter matter, ErrorGroup group) {
        return group.peer().filter(matter.peerText()::equals).isPresent();
    }

    private static Sighting quoted(ErrorGroup group) {
        String message = group.sample().message();
        Matcher matcher = FATAL_PHP.matcher(message);
        int from = matcher.find() ? matcher.start() : 0;
        return new Sighting(
                "application",
                "it says: " + quote(message.substring(from)),
                Optional.of(group.where()),
                group.first());
    }

    /** A line in the journal of the unit behind the peer that tells of an exception. */
    public static Optional<Sighting> journal(Matter matter) {
        Optional<String> unit = Relay.owner(matter).flatMap(ProcessState::unit);
        return matter.scene()
                .facts(JournalLine.class)
                .filter(l -> unit.filter(l.unit()::equals).isPresent())
                .filter(l -> FATAL.matcher(l.text()).find())
                .findFirst()
                .map(l -> matter.scene().sighting(l, l.unit() + " says: " + quote(l.text())));
    }

    private static String quote(String text) {
        return Excerpt.of(Printable.oneLine(text.strip()), LONGEST);
    }
}
