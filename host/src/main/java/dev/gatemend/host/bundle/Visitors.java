package dev.gatemend.host.bundle;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.AddressRange;
import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.LocalAddresses;
import dev.gatemend.model.Snapshot;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out what tells who visited: addresses of clients, e-mail addresses, and what stands behind
 * the question mark of a URL that was asked for. This host's own addresses stay.
 */
final class Visitors {
    /** What follows the last dot of a systemd unit's name, {@code app@1.service}, is no domain. */
    private static final Pattern EMAIL =
            Pattern.compile(
                    "(?<![\\w./:@+-])(?<secret>[\\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}"
                            + "(?!(?:service|socket|timer|target|slice|scope|mount|path|sock)\\b)[A-Za-z]{2,24})(?![\\w@/])");

    private static final Pattern QUERY =
            Pattern.compile("\\?(?!\\[redacted)(?<secret>[^\\s\"'#]{1,8000})");

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?<![\\w.:])(?<secret>(?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![\\w.:])");

    private final Set<String> own;
    private final Pseudonyms secrets;
    private final Pseudonyms clients = new Pseudonyms("client");

    Visitors(Snapshot snapshot, Pseudonyms secrets) {
        this.own =
                snapshot.facts(LocalAddresses.class)
                        .flatMap(local -> local.addresses().stream())
                        .collect(Collectors.toSet());
        this.secrets = secrets;
    }

    int count() {
        return clients.count();
    }

    /** Prose, in which an e-mail address may stand. */
    String hideNames(String text) {
        return text.indexOf('@') < 0 ? text : Secrets.replace(text, EMAIL, clients::of);
    }

    /** A URL or a request line. */
    String hideQuestion(String text) {
        String asked = text.indexOf('?') < 0 ? text : Secrets.replace(text, QUERY, secrets::of);
        return hideNames(asked);
    }

    ErrorEntry hide(ErrorEntry entry) {
        return new ErrorEntry(
                entry.id(),
                entry.aboutUpstream(),
                entry.level(),
                entry.time(),
                entry.pid(),
                entry.connection(),
                hideNames(entry.message()),
                entry.errno(),
                entry.phase(),
                entry.client().map(this::client),
                entry.server(),
                entry.request().map(this::hideQuestion),
                entry.subrequest().map(this::hideQuestion),
                entry.upstream().map(this::hideQuestion),
                entry.host(),
                entry.referrer().map(this::hideQuestion),
                entry.continuation(),
                entry.cut());
    }

    AccessGroup hide(AccessGroup group) {
        String upstreams = group.upstreamAddresses().orElse("");
        String sample =
                Secrets.replace(
                        hideQuestion(group.sample()),
                        ADDRESS,
                        address -> upstreams.contains(address) ? address : client(address));
        return new AccessGroup(
                group.nginx(),
                group.log(),
                group.site(),
                group.location(),
                group.status(),
                group.upstreamAddresses(),
                group.upstreamStatuses(),
                group.headerReceived(),
                group.count(),
                group.first(),
                group.last(),
                sample,
                group.where());
    }

    /** An application's own access log names clients and what they asked; its prose does not. */
    ApplicationLog.Line hide(ApplicationLog.Line line) {
        String text = line.text();
        String hidden =
                text.contains(" HTTP/")
                        ? Secrets.replace(hideQuestion(text), ADDRESS, this::client)
                        : hideNames(text);
        return new ApplicationLog.Line(line.at(), hidden);
    }

    private String client(String text) {
        boolean stays =
                own.contains(text)
                        || AddressRange.parse(text).isEmpty()
                        || new Address.Tcp(text, 0).isLoopback();
        return stays ? text : clients.of(text);
    }
}
