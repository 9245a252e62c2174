package dev.gatemend.host;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Asks supervisord for the states of its programs: one XML-RPC call that only reads ({@code
 * supervisor.getAllProcessInfo}).
 */
final class SupervisorSocket {
    private static final int MOST_BYTES = 8 << 20;
    private static final String CALL =
            "<?xml version=\"1.0\"?><methodCall><methodName>supervisor.getAllProcessInfo"
                    + "</methodName><params></params></methodCall>";

    private SupervisorSocket() {}

    /**
     * A program's state.
     *
     * @param state {@code RUNNING}, {@code STOPPED}, {@code FATAL}
     * @param reason why it could not be started; empty when it could
     * @param logs where its output goes
     * @param startedAt in seconds since 1970; 0 for never
     */
    record Info(String state, String reason, List<String> logs, long startedAt) {
        Info {
            logs = List.copyOf(logs);
        }
    }

    /**
     * The states by the names of the programs; of several processes of one program the last.
     *
     * @throws IOException when it may not be asked or answers something else
     */
    static Map<String, Info> processes(Path socket) throws IOException {
        String answer =
                UnixHttp.ask(socket, UnixHttp.Request.post("/RPC2", "text/xml", CALL), MOST_BYTES);
        try {
            return infos(answer);
        } catch (XMLStreamException e) {
            throw new IOException(socket + " answered no XML", e);
        }
    }

    /** Structs of {@code name}, {@code statename}, {@code spawnerr} among others. */
    private static Map<String, Info> infos(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
        Map<String, Info> infos = new LinkedHashMap<>();
        Map<String, String> members = new HashMap<>();
        Deque<String> text = new ArrayDeque<>();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.CHARACTERS && !reader.isWhiteSpace()) {
                text.addLast(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                end(reader.getLocalName(), text, members, infos);
            }
        }
        return infos;
    }

    private static Info info(Map<String, String> members) {
        String start = members.getOrDefault("start", "");
        return new Info(
                members.getOrDefault("statename", ""),
                members.getOrDefault("spawnerr", ""),
                Stream.of("stdout_logfile", "stderr_logfile")
                        .map(key -> members.getOrDefault(key, ""))
                        .filter(path -> path.startsWith("/"))
                        .toList(),
                start.matches("\\d{1,12}") ? Long.parseLong(start) : 0);
    }

    private static void end(
            String element,
            Deque<String> text,
            Map<String, String> members,
            Map<String, Info> infos) {
        switch (element) {
            case "member" -> {
                if (!text.isEmpty()) {
                    String name = text.removeFirst();
                    members.put(name, text.isEmpty() ? "" : text.removeFirst());
                }
                text.clear();
            }
            case "struct" -> {
                Info info = info(members);
                // With numprocs a process is called otherwise than its program, which is its group.
                infos.put(members.getOrDefault("group", ""), info);
                infos.put(members.getOrDefault("name", ""), info);
                members.clear();
            }
            default -> {}
        }
    }
}
