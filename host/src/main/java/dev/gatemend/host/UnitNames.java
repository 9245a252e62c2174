package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which units matter: nginx's own, those of listeners' owners, and those that name a peer. */
final class UnitNames {
    private static final int MOST_MENTIONING = 40;
    private static final List<String> OF_NGINX = List.of("nginx.service", "openresty.service");

    private UnitNames() {}

    /**
     * In the order of their weight.
     *
     * @param files unit files by name
     */
    static Set<String> in(Look look, Map<String, String> files, UnitFiles reader) {
        Set<String> names = new LinkedHashSet<>();
        look.facts(NginxMaster.class).flatMap(m -> m.unit().stream()).forEach(names::add);
        OF_NGINX.stream().filter(files::containsKey).forEach(names::add);
        look.facts(ProcessState.class).flatMap(p -> p.unit().stream()).forEach(names::add);
        List<Address> peers =
                look.facts(NginxConfiguration.class)
                        .flatMap(c -> c.upstreams().stream())
                        .flatMap(u -> u.peers().stream())
                        .map(p -> p.address())
                        .distinct()
                        .toList();
        files.entrySet().stream()
                .filter(file -> concerns(file, peers, reader))
                .limit(MOST_MENTIONING)
                .forEach(file -> names.add(file.getKey()));
        return names;
    }

    private static boolean concerns(
            Map.Entry<String, String> file, List<Address> peers, UnitFiles reader) {
        String text = file.getValue();
        return peers.stream().anyMatch(p -> isCalledLike(file.getKey(), p) || mentions(text, p))
                || (text.contains("EnvironmentFile=")
                        && peers.stream().anyMatch(p -> mentions(reader.environment(text), p)));
    }

    private static boolean mentions(String text, Address peer) {
        return switch (peer) {
            case Address.Unix unix -> text.contains(unix.path());
            case Address.Tcp tcp ->
                    text.contains(Integer.toString(tcp.port()))
                            && Pattern.compile("(?m)(?<![\\w.])" + tcp.port() + "(?![\\w.])")
                                    .matcher(text)
                                    .find();
        };
    }

    /** {@code php8.2-fpm.service} and {@code /run/php/php8.2-fpm.sock}. */
    private static boolean isCalledLike(String unit, Address peer) {
        if (!(peer instanceof Address.Unix unix)) {
            return false;
        }
        String[] elements = unix.path().split("/", 32);
        String base = base(unit);
        for (int i = Math.max(0, elements.length - 2); i < elements.length; i++) {
            if (base(elements[i]).equals(base)) {
                return true;
            }
        }
        return false;
    }

    private static String base(String name) {
        return name.replaceAll("\\.(service|socket|sock)$", "");
    }
}
