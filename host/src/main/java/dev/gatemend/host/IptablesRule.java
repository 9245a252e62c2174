package dev.gatemend.host;

import dev.gatemend.host.FilterRule.Verdict;
import dev.gatemend.host.PacketConditions.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one {@code -A} line of iptables-save(8). An option it does not know becomes an "other
 * condition", never a rule that fits too much.
 */
final class IptablesRule {
    private static final Pattern COUNTERS = Pattern.compile("^\\[(\\d{1,18}):\\d+] ");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"|(\\S++)");
    private static final int MOST_WORDS = 200;

    /** Options of targets, and matches that every packet fits. */
    private static final Set<String> NEUTRAL =
            Set.of("-m", "--match", "--comment", "--reject-with", "-c", "--set-counters");

    /** Flags of a rule for a connection's first packet: {@code --syn}, as it is saved. */
    private static final String SYN_MASK = "FIN,SYN,RST,ACK";

    private final List<String> words;
    private final String text;
    private final OptionalLong packets;
    private final List<PacketConditions> conditions = new ArrayList<>();
    private Verdict verdict = Verdict.NONE;
    private String target = "";

    private IptablesRule(String line) {
        Matcher counters = COUNTERS.matcher(line);
        boolean counted = counters.lookingAt();
        packets =
                counted ? OptionalLong.of(Long.parseLong(counters.group(1))) : OptionalLong.empty();
        text = counted ? line.substring(counters.end()) : line;
        words = words(text);
    }

    /** The chain that a line appends to, or the empty string when it appends to none. */
    static String chain(String line) {
        Matcher counters = COUNTERS.matcher(line);
        List<String> words = words(counters.replaceFirst(""));
        return words.size() > 1 && words.getFirst().equals("-A") ? words.get(1) : "";
    }

    static FilterRule read(String line) {
        IptablesRule rule = new IptablesRule(line);
        int at = 2;
        while (at < rule.words.size()) {
            at = rule.option(at);
        }
        return new FilterRule(
                PacketConditions.allOf(rule.conditions),
                rule.verdict,
                rule.target,
                rule.packets,
                rule.text);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (words.size() < MOST_WORDS && matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }

    /** Reads the option at that word and returns where the next one begins. */
    private int option(int start) {
        boolean negated = words.get(start).equals("!");
        int at = negated ? start + 1 : start;
        if (at >= words.size()) {
            return at;
        }
        // A comment may look like an option.
        int end = words.get(at).equals("--comment") ? at + 2 : at + 1;
        while (end < words.size()
                && !words.get(end).startsWith("-")
                && !words.get(end).equals("!")) {
            end++;
        }
        String value = end > at + 1 ? words.get(at + 1) : "";
        switch (words.get(at)) {
            case "-j", "--jump" -> target(value, Verdict.JUMP);
            case "-g", "--goto" -> target(value, Verdict.GOTO);
            case "--tcp-flags" -> flags(negated, value, end > at + 2 ? words.get(at + 2) : "");
            default -> conditions.add(condition(words.get(at), value, negated));
        }
        return end;
    }

    private void target(String name, Verdict otherwise) {
        verdict =
                switch (name) {
                    case "ACCEPT" -> Verdict.ACCEPT;
                    case "DROP", "TARPIT" -> Verdict.DROP;
                    case "REJECT" -> Verdict.REJECT;
                    case "RETURN" -> Verdict.RETURN;
                    default -> otherwise;
                };
        // An extension (LOG, MARK ...) is no chain of the table, so such a jump leads nowhere.
        target = name;
    }

    private void flags(boolean negated, String mask, String set) {
        boolean first = mask.equals(SYN_MASK) && set.equals("SYN");
        if (!first) {
            conditions.add(PacketConditions.ANY.butOther());
        } else if (negated) {
            conditions.add(PacketConditions.NEVER);
        }
    }

    private static PacketConditions condition(String option, String value, boolean negated) {
        PacketConditions any = PacketConditions.ANY;
        if (NEUTRAL.contains(option) || option.startsWith("--log-")) {
            return any;
        }
        return switch (option) {
            case "-p", "--protocol" -> protocol(value, negated);
            case "-i", "-o", "--in-interface", "--out-interface" -> way(value, negated);
            case "--ctstate", "--state" -> states(value, negated);
            // Routing headers of type 0 are dead since RFC 5095; no connection has one.
            case "--rt-type" -> PacketConditions.NEVER;
            case "--syn" -> negated ? PacketConditions.NEVER : any;
            case "-d", "--destination", "--dst-range" ->
                    negated ? any.butOther() : any.to(List.of(withoutFullMask(value)));
            case "--dport", "--dports", "--destination-port", "--destination-ports" ->
                    negated ? any.butOther() : any.toPorts(ports(value));
            default -> any.butOther();
        };
    }

    private static PacketConditions protocol(String name, boolean negated) {
        boolean tcp = Set.of("tcp", "6", "all", "0").contains(name);
        return tcp == negated ? PacketConditions.NEVER : PacketConditions.ANY;
    }

    private static PacketConditions way(String name, boolean negated) {
        if (name.equals("lo")) {
            return PacketConditions.ANY.over(negated ? Way.ELSEWHERE : Way.LOOPBACK);
        }
        boolean pattern = name.endsWith("+");
        return negated || pattern
                ? PacketConditions.ANY.butOther()
                : PacketConditions.ANY.over(Way.ELSEWHERE);
    }

    /** Which packets of a connection fit: the first is NEW, those behind it ESTABLISHED. */
    static PacketConditions states(String value, boolean negated) {
        Set<String> states = Set.copyOf(List.of(value.toUpperCase(Locale.ROOT).split(",", 16)));
        boolean first = states.contains("NEW") != negated;
        boolean later = states.contains("ESTABLISHED") != negated;
        if (first) {
            return PacketConditions.ANY;
        }
        return later ? PacketConditions.ANY.butAnswers() : PacketConditions.NEVER;
    }

    private static String withoutFullMask(String address) {
        return address.replaceFirst("/(32|128)$", "");
    }

    private static List<PortRange> ports(String value) {
        List<PortRange> ports = new ArrayList<>();
        for (String port : value.split(",", 64)) {
            PortRange.parse(port, ":").ifPresent(ports::add);
        }
        return ports;
    }
}
