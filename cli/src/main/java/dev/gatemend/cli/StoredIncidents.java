package dev.gatemend.cli;

import dev.gatemend.host.Host;
import dev.gatemend.watch.Store;
import dev.gatemend.watch.Story;
import dev.gatemend.watch.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import picocli.CommandLine.ParseResult;

/** What the commands that read the daemon's store have in common. */
final class StoredIncidents {
    private StoredIncidents() {}

    /**
     * @throws UsageException when there is none, or it cannot be read
     */
    static Store open(ParseResult words) {
        try {
            return Store.read(LookOptions.state(words, Host.local()));
        } catch (IOException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    static UsageException unreadable(SQLException e) {
        return new UsageException("the store cannot be read: " + e.getMessage(), e);
    }

    /** Where, and why as far as it is known. */
    static String headline(Story story) {
        String site = story.site().map(name -> " (" + name + ")").orElse("");
        return story.place()
                + site
                + ": "
                + story.verdict()
                        .map(StoredIncidents::verdict)
                        .orElse("the cause is not known yet");
    }

    private static String verdict(Verdict verdict) {
        return verdict.cause()
                .map(
                        cause ->
                                "%s %s, %s"
                                        .formatted(
                                                cause,
                                                Words.percent(verdict.probability()),
                                                verdict.title()))
                .orElse(verdict.title());
    }
}
