package dev.gatemend.host;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on a loopback port: the first label of a name says how it answers. */
final class ScriptedNameServer implements AutoCloseable {
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    final List<String> asked = new CopyOnWriteArrayList<>();

    private ScriptedNameServer(DatagramSocket udp, ServerSocket tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    static ScriptedNameServer start() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        ServerSocket tcp = new ServerSocket(0, 5, loopback);
        DatagramSocket udp =
                new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
        ScriptedNameServer server = new ScriptedNameServer(udp, tcp);
        Thread.ofPlatform().daemon().start(server::serveUdp);
        Thread.ofPlatform().daemon().start(server::serveTcp);
        return server;
    }

    String address() {
        return "127.0.0.1:" + udp.getLocalPort();
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                Message query = new Message(ByteBuffer.wrap(buffer, 0, packet.getLength()));
                byte[] answer = answer(query, true);
                if (answer.length > 0) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] answer = answer(new Message(query), false);
                ByteBuffer framed = ByteBuffer.allocate(answer.length + 2);
                socket.getOutputStream()
                        .write(framed.putShort((short) answer.length).put(answer).array());
            } catch (IOException e) {
                return;
            }
        }
    }

    private byte[] answer(Message query, boolean overUdp) throws IOException {
        org.xbill.DNS.Record question = query.getQuestion();
        String name = question.getName().toString();
        asked.add(name + " " + Type.string(question.getType()) + (overUdp ? "" : " over TCP"));
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        switch (name.substring(0, name.indexOf('.'))) {
            case "silent" -> {
                return new byte[0];
            }
            case "junk" -> {
                return new byte[] {1, 2, 3};
            }
            case "nosuch" -> answer.getHeader().setRcode(Rcode.NXDOMAIN);
            case "broken" -> answer.getHeader().setRcode(Rcode.SERVFAIL);
            case "bare" -> {}
            case "long" -> {
                if (overUdp) {
                    answer.getHeader().setFlag(Flags.TC);
                } else {
                    address(answer, question);
                }
            }
            default -> address(answer, question);
        }
        return answer.toWire();
    }

    private static void address(Message answer, org.xbill.DNS.Record question) {
        if (question.getType() == Type.A) {
            answer.addRecord(
                    new ARecord(
                            question.getName(),
                            DClass.IN,
                            60,
                            InetAddress.ofLiteral("10.20.30.40")),
                    Section.ANSWER);
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
