package dev.gatemend.model;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A stretch of IP addresses of one family. No name is ever looked up.
 *
 * @param bits 32 or 128
 * @param first the lowest address
 * @param last the highest, itself inside
 */
public record AddressRange(int bits, BigInteger first, BigInteger last) {
    public AddressRange {
        if (bits != 32 && bits != 128) {
            throw new IllegalArgumentException("an address has 32 or 128 bits: " + bits);
        }
    }

    /**
     * Reads {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0} or {@code
     * 10.0.0.1-10.0.0.9}, and the same of IPv6.
     *
     * @return empty when the text is none of these
     */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        if (slash > 0) {
            return prefix(text.substring(0, slash), text.substring(slash + 1));
        }
        return dash > 0
                ? between(text.substring(0, dash), text.substring(dash + 1))
                : between(text, text);
    }

    /** Whether a literal address lies inside; false for a name and for the other family. */
    public boolean contains(String address) {
        return literal(address)
                .filter(a -> a.length * 8 == bits)
                .map(a -> new BigInteger(1, a))
                .filter(a -> a.compareTo(first) >= 0 && a.compareTo(last) <= 0)
                .isPresent();
    }

    private static Optional<AddressRange> between(String from, String to) {
        Optional<byte[]> first = literal(from);
        Optional<byte[]> last = literal(to);
        if (first.isEmpty() || last.isEmpty() || first.get().length != last.get().length) {
            return Optional.empty();
        }
        return Optional.of(
                new AddressRange(
                        first.get().length * 8,
                        new BigInteger(1, first.get()),
                        new BigInteger(1, last.get())));
    }

    private static Optional<AddressRange> prefix(String address, String length) {
        Optional<byte[]> bytes = literal(address);
        int most = bytes.map(b -> b.length * 8).orElse(-1);
        int bits = prefixLength(length);
        if (bits < 0 || bits > most) {
            return Optional.empty();
        }
        BigInteger span = BigInteger.ONE.shiftLeft(most - bits);
        BigInteger first = new BigInteger(1, bytes.orElseThrow()).divide(span).multiply(span);
        return Optional.of(new AddressRange(most, first, first.add(span).subtract(BigInteger.ONE)));
    }

    /** A number, or a netmask of leading ones; -1 for anything else. */
    private static int prefixLength(String text) {
        if (text.matches("\\d{1,3}")) {
            return Integer.parseInt(text);
        }
        Optional<byte[]> mask = literal(text);
        if (mask.isEmpty()) {
            return -1;
        }
        int most = mask.get().length * 8;
        BigInteger inverse =
                BigInteger.ONE
                        .shiftLeft(most)
                        .subtract(BigInteger.ONE)
                        .subtract(new BigInteger(1, mask.get()));
        boolean contiguous = inverse.and(inverse.add(BigInteger.ONE)).signum() == 0;
        return contiguous ? most - inverse.bitLength() : -1;
    }

    private static Optional<byte[]> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
