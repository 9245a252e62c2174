package dev.gatemend.host;

import dev.gatemend.model.HostLoad;
import dev.gatemend.model.HostLoad.Pressure;
import dev.gatemend.model.HostLoad.Stall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** How busy the machine is: run queue, memory, and what its tasks wait for. */
public final class Load implements Observer {
    private static final int MOST_BYTES = 64 << 10;
    private static final long MOMENT_MILLIS = 250;
    private static final long MOMENTS_A_SECOND = 1000 / MOMENT_MILLIS;
    private static final int KIBIBYTE = 1024;

    /** A tenth of its memory is what a machine needs for its page cache. */
    private static final int SHORT_OF = 10;

    Load() {}

    @Override
    public String name() {
        return "load";
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        Path proc = look.host().proc();
        String meminfo = SmallFile.read(proc.resolve("meminfo"), MOST_BYTES);
        String stat = SmallFile.word(proc.resolve("loadavg")).orElse("");
        Optional<Pressure> pressure = pressure(proc);
        look.add(
                new HostLoad(
                        Runtime.getRuntime().availableProcessors(),
                        running(stat, 0),
                        running(stat, 1),
                        Math.min(
                                most(proc, "sys/kernel/threads-max"),
                                most(proc, "sys/kernel/pid_max")),
                        memory(look.host(), meminfo, pressure),
                        pressure),
                "/proc/loadavg, /proc/meminfo, /proc/pressure");
    }

    /** The fourth field of loadavg is {@code runnable/all}. */
    private static long running(String loadavg, int which) {
        String[] fields = loadavg.split(" ", -1);
        String[] tasks = fields.length > 3 ? fields[3].split("/", 2) : new String[0];
        return tasks.length == 2 ? Numbers.of(tasks[which]).orElse(0) : 0;
    }

    private static long most(Path proc, String file) {
        return Numbers.in(proc.resolve(file)).orElse(Long.MAX_VALUE);
    }

    private static HostLoad.Memory memory(Host host, String meminfo, Optional<Pressure> pressure)
            throws InterruptedException {
        long total = bytes(meminfo, "MemTotal");
        long available = bytes(meminfo, "MemAvailable");
        boolean isShort =
                pressure.filter(p -> p.memorySome().ofSixty() > 0).isPresent()
                        || available < total / SHORT_OF;
        Rates rates = isShort && host.live() ? Rates.measured(host) : new Rates(0, 0, 0);
        return new HostLoad.Memory(
                total,
                available,
                bytes(meminfo, "SwapTotal"),
                bytes(meminfo, "SwapFree"),
                rates.swappedIn(),
                rates.swappedOut(),
                rates.refaults());
    }

    private static long bytes(String meminfo, String name) {
        return Numbers.behind(meminfo, name).orElse(0) * KIBIBYTE;
    }

    /** Pages a second, by vmstat's counters. */
    private record Rates(long swappedIn, long swappedOut, long refaults) {
        static Rates measured(Host host) throws InterruptedException {
            Rates before = counters(host);
            Thread.sleep(MOMENT_MILLIS);
            Rates after = counters(host);
            return new Rates(
                    (after.swappedIn - before.swappedIn) * MOMENTS_A_SECOND,
                    (after.swappedOut - before.swappedOut) * MOMENTS_A_SECOND,
                    (after.refaults - before.refaults) * MOMENTS_A_SECOND);
        }

        private static Rates counters(Host host) {
            String text = "";
            try {
                text = SmallFile.read(host.proc().resolve("vmstat"), MOST_BYTES);
            } catch (IOException e) {
                // Then nothing is counted, which reads as no rate.
            }
            return new Rates(
                    Numbers.behind(text, "pswpin").orElse(0),
                    Numbers.behind(text, "pswpout").orElse(0),
                    Numbers.behind(text, "workingset_refault_anon").orElse(0)
                            + Numbers.behind(text, "workingset_refault_file").orElse(0));
        }
    }

    private static Optional<Pressure> pressure(Path proc) {
        Optional<String> cpu = SmallFile.word(proc.resolve("pressure/cpu"));
        Optional<String> memory = SmallFile.word(proc.resolve("pressure/memory"));
        Optional<String> io = SmallFile.word(proc.resolve("pressure/io"));
        return cpu.isEmpty() || memory.isEmpty() || io.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Pressure(
                                stall(cpu.get(), "some"),
                                stall(memory.get(), "some"),
                                stall(memory.get(), "full"),
                                stall(io.get(), "some")));
    }

    private static Stall stall(String text, String kind) {
        return new Stall(
                average(text, kind, "avg10").orElse(0), average(text, kind, "avg60").orElse(0));
    }

    /** Of lines as {@code some avg10=0.12 avg60=0.00 avg300=0.00 total=9}, in hundredths. */
    static OptionalLong average(String text, String kind, String name) {
        return text.lines()
                .filter(line -> line.startsWith(kind + " "))
                .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                .filter(word -> word.startsWith(name + "="))
                .map(word -> Numbers.hundredths(word.substring(name.length() + 1)))
                .findFirst()
                .orElse(OptionalLong.empty());
    }
}
