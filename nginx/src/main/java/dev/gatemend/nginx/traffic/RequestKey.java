package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessVariable;
import dev.gatemend.nginx.log.ByteSearch;
import java.nio.charset.StandardCharsets;

/**
 * What both logs say of a request, as a hash: the client's address and the URI with its arguments.
 * The access log escapes the URI, the error log does not.
 */
final class RequestKey {
    /** A line does not say enough. */
    static final long NONE = 0;

    private RequestKey() {}

    /** Of an entry of the error log, whose request is given as nginx read it. */
    static long of(
            byte[] buffer, int client, int clientEnd, int request, int requestEnd, long seed) {
        int from = ByteSearch.find(buffer, request, requestEnd, (byte) ' ') + 1;
        int to = lastBlank(buffer, request, requestEnd);
        if (from <= 0 || to < from) {
            return NONE;
        }
        return hash(buffer, client, clientEnd, buffer, from, to, seed);
    }

    /** Of a request in the access log. */
    static long of(AccessLine line, long seed) {
        int client = line.start(AccessVariable.REMOTE_ADDR);
        if (client < 0) {
            return NONE;
        }
        int clientEnd = line.end(AccessVariable.REMOTE_ADDR);
        AccessVariable variable =
                line.has(AccessVariable.REQUEST)
                        ? AccessVariable.REQUEST
                        : AccessVariable.REQUEST_URI;
        int start = line.start(variable);
        if (start < 0) {
            return NONE;
        }
        byte[] buffer = line.buffer();
        int end = line.end(variable);
        byte[] value = buffer;
        if (ByteSearch.find(buffer, start, end, (byte) '\\') >= 0) {
            value = line.written(variable).orElse("").getBytes(StandardCharsets.UTF_8);
            start = 0;
            end = value.length;
        }
        if (variable == AccessVariable.REQUEST) {
            int from = ByteSearch.find(value, start, end, (byte) ' ') + 1;
            int to = lastBlank(value, start, end);
            if (from <= 0 || to < from) {
                return NONE;
            }
            return hash(buffer, client, clientEnd, value, from, to, seed);
        }
        return hash(buffer, client, clientEnd, value, start, end, seed);
    }

    private static long hash(
            byte[] client, int clientFrom, int clientTo, byte[] uri, int from, int to, long seed) {
        long hash = ByteSearch.hash(client, clientFrom, clientTo, seed);
        long key = ByteSearch.hash(uri, from, to, hash);
        return key == NONE ? 1 : key;
    }

    private static int lastBlank(byte[] buffer, int from, int to) {
        int i = to - 1;
        while (i >= from && buffer[i] != ' ') {
            i--;
        }
        return i;
    }
}
