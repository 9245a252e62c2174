package dev.gatemend.nginx.traffic;

import java.nio.charset.StandardCharsets;

/**
 * Folds what differs from request to request out of a path: {@code /orders/81723/items} and {@code
 * /orders/9/items} are both {@code /orders/{id}/items}. A segment is an id when it is all digits, a
 * UUID, or a word of eight or more hexadecimal digits with a digit among them. Arguments are left
 * out. Not thread-safe.
 */
final class UriFold {
    private static final byte[] ID = {'{', 'i', 'd', '}'};
    private static final int LONGEST = 512;
    private static final int SHORTEST_HEX = 8;

    final byte[] folded = new byte[LONGEST + 2 * ID.length];
    int length;

    /** The path of a text, folded. */
    static String of(String uri) {
        byte[] bytes = uri.getBytes(StandardCharsets.UTF_8);
        UriFold fold = new UriFold();
        fold.fold(bytes, 0, bytes.length);
        return fold.text();
    }

    /** What was folded last. */
    String text() {
        return new String(folded, 0, length, StandardCharsets.UTF_8);
    }

    /** Folds the path that begins at the place and ends before {@code ?}, a blank or the end. */
    void fold(byte[] buffer, int from, int to) {
        int at = 0;
        int segment = 0;
        boolean digits = true;
        boolean hexadecimal = true;
        boolean anyDigit = false;
        for (int i = from; i < to && at < LONGEST; i++) {
            byte b = buffer[i];
            if (b == '?' || b == ' ' || b == ';') {
                break;
            }
            if (b == '/') {
                at = close(at, segment, digits, hexadecimal && anyDigit);
                folded[at++] = b;
                segment = at;
                digits = true;
                hexadecimal = true;
                anyDigit = false;
                continue;
            }
            boolean digit = b >= '0' && b <= '9';
            anyDigit |= digit;
            digits &= digit;
            hexadecimal &= digit || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F') || b == '-';
            folded[at++] = b;
        }
        length = close(at, segment, digits, hexadecimal && anyDigit);
    }

    private int close(int at, int segment, boolean digits, boolean hexadecimal) {
        int size = at - segment;
        if (size == 0 || !(digits || (hexadecimal && size >= SHORTEST_HEX))) {
            return at;
        }
        System.arraycopy(ID, 0, folded, segment, ID.length);
        return segment + ID.length;
    }
}
