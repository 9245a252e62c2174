package dev.gatemend.host;

import dev.gatemend.model.Ipv6Text;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses written as people and nginx write them. */
final class IpText {
    private IpText() {}

    /**
     * An address as text.
     *
     * @param address 4 or 16 bytes in network order; an IPv4-mapped IPv6 address, which takes only
     *     IPv4 connections, is written as the IPv4 address it stands for
     */
    static String of(byte[] address) {
        try {
            InetAddress read = InetAddress.getByAddress(address);
            return read instanceof Inet4Address ? read.getHostAddress() : Ipv6Text.of(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
