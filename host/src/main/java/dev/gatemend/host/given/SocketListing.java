package dev.gatemend.host.given;

import dev.gatemend.model.Address;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Identity;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.ShownListeners;
import dev.gatemend.model.SocketTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ss(8), netstat(8) or lsof(8) printed. Only what the shown command cannot have left out is a
 * whole table, of whose rows also the missing ones say something.
 */
final class SocketListing implements Block.Shape {
    private static final Pattern HEADER =
            Pattern.compile(
                    "^\\s*(?:Netid\\s+)?State\\s+Recv-Q\\s+Send-Q|^\\s*Proto\\s+Recv-?\\s?Q|^Active (?:Internet|LOCAL|UNIX domain) |^COMMAND\\s+PID\\s+(?:TID\\s+)?(?:TASKCMD\\s+)?USER\\s+FD");

    /** Sockets that do not listen for streams; a person's ss -tulpan shows them too. */
    private static final Pattern OTHER =
            Pattern.compile(
                    "^\\s*(?:(?:tcp|udp|u_str|u_dgr|u_seq|nl|icmp6|raw|p_raw|v_str)\\s+)?(?:ESTAB|UNCONN|TIME-WAIT|CLOSE-WAIT|SYN-SENT|FIN-WAIT-[12]|LAST-ACK)\\s+\\d"
                            + "|^\\s*udp(?:4|6|46)?\\s+\\d|^\\s*tcp(?:4|6)?\\s+\\d+\\s+\\d+\\s+\\S+\\s+\\S+\\s+(?:ESTABLISHED|TIME_WAIT|CLOSE_WAIT|SYN_\\w+|FIN_WAIT\\d|LAST_ACK|CLOSING)"
                            + "|^\\s*unix\\s+\\d|^\\s*\\(Not all processes could be identified|^\\s*will not be shown, you would have|^\\(No info could be read|^\\S+\\s+\\d+\\s+\\S+\\s+\\d+[urw]\\s+(?:IPv[46]|unix)\\s|^\\s*users:\\(\\(");

    private static final Pattern FLAGS =
            Pattern.compile("^(?:ss|netstat)((?: --?[a-zA-Z]{1,16})*)$");

    private static final Pattern BY_PORT =
            Pattern.compile(
                    "^(?:e?grep|grep -[iEFw]{1,4})\\s+[\"']?:?(\\d{2,5})[\"'\\s]*$|\\bsport = :?(\\d{2,5})\\b");

    private static final Pattern ALL_LISTENERS =
            Pattern.compile("^grep -?i?\\s?[\"']?(?:LISTEN|tcp)[\"']?\\s*$");

    @Override
    public boolean prints(Typed typed) {
        return typed.runs("ss") || typed.runs("netstat") || typed.runs("lsof");
    }

    @Override
    public boolean isHeader(String line) {
        return HEADER.matcher(line).find();
    }

    @Override
    public boolean isRow(String line) {
        return SocketRow.in(line).isPresent();
    }

    @Override
    public boolean belongs(String line) {
        return OTHER.matcher(line).find();
    }

    /** What a block says. */
    static List<Fact> facts(Block block, List<String> lines, String where) {
        List<SocketRow> rows =
                block.rows().stream()
                        .map(lines::get)
                        .flatMap(l -> SocketRow.in(l).stream())
                        .toList();
        boolean dual = starIsDual(rows);
        List<Listener> listeners = rows.stream().map(r -> listener(r, dual)).toList();
        Optional<String> inside = block.typed().flatMap(Typed::inside);
        List<Fact> facts = new ArrayList<>();
        facts.add(
                new ShownListeners(
                        inside,
                        listeners,
                        rows.stream().map(r -> r.program().orElse("")).toList(),
                        asked(block).stream().toList(),
                        where));
        if (inside.isEmpty() && isWhole(block)) {
            facts.add(new SocketTable(0, listeners, false));
        }
        rows.stream().flatMap(r -> owner(r).stream()).distinct().forEach(facts::add);
        return facts;
    }

    /** Rows with addresses that only a newer ss writes so; without any the newer is assumed. */
    private static boolean starIsDual(List<SocketRow> rows) {
        return rows.stream().noneMatch(SocketRow::isOldWildcard);
    }

    private static Listener listener(SocketRow row, boolean dual) {
        Address address = row.address(dual);
        return new Listener(
                address,
                0,
                row.queued(),
                row.backlog(),
                row.pid().stream().boxed().toList(),
                -1,
                dual && row.isSixthAlone(),
                OptionalLong.empty());
    }

    private static Optional<ProcessState> owner(SocketRow row) {
        return row.pid().isPresent() && row.program().isPresent()
                ? Optional.of(named(row.pid().getAsInt(), row.program().get(), row.program().get()))
                : Optional.empty();
    }

    /** A process of which only number, name and command line are known. */
    static ProcessState named(int pid, String name, String command) {
        return new ProcessState(
                pid,
                0,
                name,
                command,
                new Identity("", -1, -1, List.of()),
                'S',
                ProcessState.UNKNOWN_START,
                Namespaces.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                1,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of());
    }

    /**
     * The port that the command narrowed its answer to, if it shows that the answer is complete.
     */
    private static Optional<Integer> asked(Block block) {
        if (block.cut() || !(block.ended() || !block.rows().isEmpty())) {
            return Optional.empty();
        }
        return block.typed()
                .filter(t -> showsListeners(t.command()))
                .flatMap(t -> port(t.filter().isEmpty() ? t.command() : t.filter()));
    }

    private static Optional<Integer> port(String words) {
        Matcher found = BY_PORT.matcher(words);
        if (!found.find()) {
            return Optional.empty();
        }
        String digits = found.group(1) != null ? found.group(1) : found.group(2);
        return Optional.of(Integer.parseInt(digits)).filter(p -> p <= 65_535);
    }

    /** lsof shows a user's own files alone, so only root's says what is not there. */
    private static boolean showsListeners(String command) {
        Matcher flags = FLAGS.matcher(command.replaceFirst(" (?:'|\")?\\(? ?sport = .*$", ""));
        if (!flags.find()) {
            return false;
        }
        String letters = flags.group(1).replaceAll("[ -]", "");
        boolean tcp = letters.contains("t") || !letters.contains("u");
        boolean listening = letters.contains("l") || letters.contains("a");
        return tcp && listening && letters.contains("n") && !letters.matches(".*[46xw].*");
    }

    /**
     * Nothing was left out: an unfiltered command stands above it, or the banner of netstat, which
     * knows no filters of its own.
     */
    private static boolean isWhole(Block block) {
        boolean typed =
                block.typed()
                        .filter(t -> showsListeners(t.command()))
                        .filter(
                                t ->
                                        t.filter().isEmpty()
                                                || ALL_LISTENERS.matcher(t.filter()).find())
                        .filter(t -> port(t.command()).isEmpty())
                        .isPresent();
        boolean banner =
                block.typed().isEmpty()
                        && block.header()
                                .filter(h -> h.startsWith("Active Internet"))
                                .filter(h -> h.contains("servers"))
                                .isPresent();
        return !block.rows().isEmpty() && !block.cut() && (typed || banner);
    }
}
