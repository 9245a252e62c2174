package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Type;

/**
 * A {@code resolver} directive, read as {@code ngx_resolver_create} does.
 *
 * @param servers with port 53 where none is written; a name among them is resolved at load
 * @param types of records nginx asks for ({@code ipv4=off}, {@code ipv6=off})
 */
record NginxResolver(List<Address.Tcp> servers, List<Integer> types) {
    private static final int PORT = 53;

    NginxResolver {
        servers = List.copyOf(servers);
        types = List.copyOf(types);
    }

    /** Empty for {@code resolver off} and for one that names no server. */
    static Optional<NginxResolver> of(Setting setting) {
        List<Address.Tcp> servers = new ArrayList<>();
        List<Integer> types = new ArrayList<>(List.of(Type.A, Type.AAAA));
        for (String argument : setting.arguments()) {
            switch (argument) {
                case "off" -> {}
                case "ipv6=off" -> types.remove(Integer.valueOf(Type.AAAA));
                case "ipv4=off" -> types.remove(Integer.valueOf(Type.A));
                default -> {
                    if (argument.indexOf('=') < 0
                            && Address.parse(argument, PORT).orElse(null)
                                    instanceof Address.Tcp t) {
                        servers.add(t);
                    }
                }
            }
        }
        return servers.isEmpty()
                ? Optional.empty()
                : Optional.of(new NginxResolver(servers, types));
    }
}
