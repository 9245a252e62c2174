package dev.gatemend.host;

import dev.gatemend.model.DnsLookup.Outcome;
import dev.gatemend.model.Ipv6Text;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * One question to one name server, the way nginx asks: the name as it stands, recursion desired,
 * over UDP and again over TCP when the answer was cut. dnsjava reads and writes the messages; the
 * sockets are made here, in the calling thread, because its own are made in threads that stand in
 * another network namespace.
 */
record DnsQuestion(InetSocketAddress server, Duration patience) {
    private static final int MOST_BYTES = 65_535;
    private static final int MOST_ADDRESSES = 64;

    /** From the answer that decides to the one that does least. */
    private static final List<Outcome> BY_WEIGHT =
            List.of(
                    Outcome.FOUND,
                    Outcome.SERVER_FAILED,
                    Outcome.TIMED_OUT,
                    Outcome.UNREACHABLE,
                    Outcome.NO_ADDRESS,
                    Outcome.NO_SUCH_NAME);

    /** What came back. */
    record Reply(Outcome outcome, List<String> addresses) {
        Reply {
            addresses = List.copyOf(addresses);
        }

        static Reply of(Outcome outcome) {
            return new Reply(outcome, List.of());
        }
    }

    /**
     * Asks for addresses.
     *
     * @param types {@link Type#A}, {@link Type#AAAA} or both
     */
    Reply ask(String name, Collection<Integer> types) {
        Set<String> addresses = new LinkedHashSet<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int type : types) {
            Reply reply = ask(name, type);
            addresses.addAll(reply.addresses());
            outcomes.add(reply.outcome());
            // A server that is not there for one question is not there for the other.
            if (reply.outcome() == Outcome.TIMED_OUT || reply.outcome() == Outcome.UNREACHABLE) {
                break;
            }
        }
        Outcome outcome =
                outcomes.stream()
                        .min(Comparator.comparingInt(BY_WEIGHT::indexOf))
                        .orElse(Outcome.NO_ADDRESS);
        return new Reply(outcome, addresses.stream().limit(MOST_ADDRESSES).toList());
    }

    private Reply ask(String name, int type) {
        try {
            Name absolute = Name.fromString(name, Name.root);
            Message query = Message.newQuery(Record.newRecord(absolute, type, DClass.IN));
            Message answer = overUdp(query);
            if (answer.getHeader().getFlag(Flags.TC)) {
                answer = overTcp(query);
            }
            return read(answer);
        } catch (TextParseException e) {
            return Reply.of(Outcome.NO_SUCH_NAME);
        } catch (SocketTimeoutException e) {
            return Reply.of(Outcome.TIMED_OUT);
        } catch (Unreadable e) {
            return Reply.of(Outcome.SERVER_FAILED);
        } catch (IOException e) {
            return Reply.of(Outcome.UNREACHABLE);
        }
    }

    private Message overUdp(Message query) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        try (DatagramSocket socket = new DatagramSocket()) {
            // Connected, so that the kernel hands on a refusal and drops strangers' packets.
            socket.connect(server);
            byte[] bytes = query.toWire();
            socket.send(new DatagramPacket(bytes, bytes.length));
            byte[] buffer = new byte[MOST_BYTES];
            while (true) {
                socket.setSoTimeout(millisUntil(end));
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Message answer = parse(ByteBuffer.wrap(buffer, 0, packet.getLength()));
                if (answer.getHeader().getID() == query.getHeader().getID()) {
                    return answer;
                }
            }
        }
    }

    private Message overTcp(Message query) throws IOException {
        int millis = Math.toIntExact(patience.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(server, millis);
            socket.setSoTimeout(millis);
            byte[] bytes = query.toWire();
            ByteBuffer framed = ByteBuffer.allocate(bytes.length + 2);
            framed.putShort((short) bytes.length).put(bytes);
            socket.getOutputStream().write(framed.array());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] answer = new byte[in.readUnsignedShort()];
            in.readFully(answer);
            return parse(ByteBuffer.wrap(answer));
        }
    }

    private static int millisUntil(long endNanos) throws SocketTimeoutException {
        long millis = Duration.ofNanos(endNanos - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return Math.toIntExact(millis);
    }

    private static Message parse(ByteBuffer bytes) throws Unreadable {
        try {
            return new Message(bytes);
        } catch (IOException | RuntimeException e) {
            throw new Unreadable(e);
        }
    }

    private static Reply read(Message answer) {
        int code = answer.getRcode();
        if (code == Rcode.NXDOMAIN) {
            return Reply.of(Outcome.NO_SUCH_NAME);
        }
        if (code != Rcode.NOERROR) {
            return Reply.of(Outcome.SERVER_FAILED);
        }
        List<String> addresses = new ArrayList<>();
        for (Record record : answer.getSection(Section.ANSWER)) {
            switch (record) {
                case ARecord a -> addresses.add(a.getAddress().getHostAddress());
                case AAAARecord a -> addresses.add(Ipv6Text.of(a.getAddress().getAddress()));
                default -> {}
            }
        }
        return addresses.isEmpty()
                ? Reply.of(Outcome.NO_ADDRESS)
                : new Reply(Outcome.FOUND, addresses);
    }

    /** What came back is no DNS message. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(Throwable cause) {
            super("not a DNS message", cause);
        }
    }
}
