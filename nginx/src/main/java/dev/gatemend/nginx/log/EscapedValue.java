package dev.gatemend.nginx.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Undoes nginx's escapes of access-log values, {@code \xHH} of {@code escape=default} and JSON's.
 */
final class EscapedValue {
    private EscapedValue() {}

    /**
     * Undoes {@code \xHH}. The bytes are read as UTF-8 once put together, because nginx escapes
     * each byte above 0x7e; what is no escape stays.
     */
    static String decodeDefault(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        byte[] in = value.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int code = in[i] == '\\' && i + 3 < in.length && in[i + 1] == 'x' ? hex(in, i + 2) : -1;
            out.write(code < 0 ? in[i] : code);
            i += code < 0 ? 0 : 3;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static String decodeJson(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        decodeJson(value, 0, out);
        return out.toString();
    }

    /**
     * Undoes JSON's escapes up to the first quote or the end.
     *
     * @return index of that quote or the end
     */
    static int decodeJson(String text, int from, StringBuilder out) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '"') {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 >= text.length()) {
                out.append(c);
                i++;
                continue;
            }
            char kind = text.charAt(i + 1);
            int code = kind == 'u' && i + 6 <= text.length() ? hex4(text, i + 2) : -1;
            out.append(code >= 0 ? (char) code : plain(kind));
            i += code >= 0 ? 6 : 2;
        }
        return i;
    }

    private static char plain(char kind) {
        return switch (kind) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> kind;
        };
    }

    private static int hex(byte[] in, int at) {
        int high = Character.digit(in[at], 16);
        int low = Character.digit(in[at + 1], 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int hex4(String text, int at) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }
}
