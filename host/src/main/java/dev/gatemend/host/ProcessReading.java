package dev.gatemend.host;

import dev.gatemend.model.Identity;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.ProcessState;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one process after the other for {@link Processes}. */
final class ProcessReading {
    private static final int LONGEST_COMMAND = 512;

    /** Counting stops here; the kernel's own ceiling for one process is 1,048,576. */
    private static final int MOST_DESCRIPTORS = 1 << 20;

    private static final int MOST_VARIABLES = 1_000;
    private static final int MOST_TELLING = 8;

    /** Where it listens by the habit of hosting platforms, and the stages that frameworks know. */
    private static final Pattern TELLING =
            Pattern.compile(
                    "PORT=\\d{2,5}"
                            + "|(?:NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|FLASK_ENV|DJANGO_SETTINGS_MODULE|DJANGO_ENV"
                            + "|ASPNETCORE_ENVIRONMENT|SPRING_PROFILES_ACTIVE|MIX_ENV|ENVIRONMENT|STAGE)=[\\w.,-]{1,100}");

    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d{1,10})\\s");

    private final Host host;
    private final ProcessFiles files;
    private final Map<Integer, List<Integer>> children;
    private final Optional<Boot> boot;
    private final Map<List<Object>, Accounts> accounts = new HashMap<>();

    ProcessReading(Look look, ProcessFiles files, Map<Integer, List<Integer>> children) {
        this.host = look.host();
        this.files = files;
        this.children = children;
        this.boot = Boot.of(look.host(), look.clock());
    }

    /** Empty when the process ended meanwhile. */
    Optional<ProcessState> read(int pid) {
        Optional<ProcessStat> stat = files.stat(pid);
        Namespaces namespaces = files.namespaces(pid);
        Optional<Identity> identity =
                files.text(pid, "status").flatMap(accountsOf(pid, namespaces)::identity);
        if (stat.isEmpty() || identity.isEmpty()) {
            return Optional.empty();
        }
        Optional<Cgroup> cgroup = files.cgroup(pid);
        return Optional.of(
                new ProcessState(
                        pid,
                        stat.get().parent(),
                        stat.get().name(),
                        command(pid),
                        identity.get(),
                        stat.get().state(),
                        boot.map(b -> b.started(stat.get())).orElse(Instant.EPOCH),
                        namespaces,
                        cgroup.flatMap(Cgroup::unit),
                        cgroup.flatMap(Cgroup::container),
                        stat.get().threads(),
                        openFiles(pid),
                        openFilesLimit(pid),
                        files.text(pid, "wchan")
                                .filter(text -> !text.isEmpty() && !text.equals("0")),
                        children.getOrDefault(pid, List.of()),
                        files.link(pid, "cwd").filter(c -> c.length() <= LONGEST_COMMAND),
                        environment(pid)));
    }

    /** Secrets stand in environments: only what says where and which, and of that little. */
    private List<String> environment(int pid) {
        return Arrays.stream(files.text(pid, "environ").orElse("").split("\0", MOST_VARIABLES))
                .filter(v -> TELLING.matcher(v).matches())
                .limit(MOST_TELLING)
                .toList();
    }

    /** Processes of one root and one mapping of ids share their accounts. */
    private Accounts accountsOf(int pid, Namespaces namespaces) {
        List<Object> place =
                List.of(
                        namespaces.mount(),
                        files.link(pid, "root").orElse(""),
                        files.text(pid, "uid_map").orElse(""));
        return accounts.computeIfAbsent(place, _ -> Accounts.of(host, pid));
    }

    private String command(int pid) {
        String command = String.join(" ", files.arguments(pid));
        return command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) : command;
    }

    private OptionalInt openFiles(int pid) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(files.of(pid, "fd"))) {
            int count = 0;
            for (Path _ : descriptors) {
                if (++count == MOST_DESCRIPTORS) {
                    break;
                }
            }
            return OptionalInt.of(count);
        } catch (IOException | DirectoryIteratorException e) {
            return OptionalInt.empty();
        }
    }

    /** Empty also for {@code unlimited}, which the kernel does not allow for open files. */
    private OptionalInt openFilesLimit(int pid) {
        Matcher matcher = OPEN_FILES.matcher(files.text(pid, "limits").orElse(""));
        return matcher.find()
                ? OptionalInt.of(
                        (int) Math.min(Integer.MAX_VALUE, Long.parseLong(matcher.group(1))))
                : OptionalInt.empty();
    }
}
