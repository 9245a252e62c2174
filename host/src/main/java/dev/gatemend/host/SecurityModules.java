package dev.gatemend.host;

import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.SecurityModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether SELinux or AppArmor can stand in nginx's way: {@code /sys/fs/selinux/enforce}, {@code
 * /sys/module/apparmor/parameters/enabled} and the label of nginx's processes ({@code
 * /proc/PID/attr/current}).
 */
public final class SecurityModules implements Observer {
    private static final int MOST_PROCESSES = 64;

    private final Optional<Path> elsewhere;

    /** Those of the host. */
    public SecurityModules() {
        this(Optional.empty());
    }

    /** As the files below another directory have them, for a module that is composed. */
    public SecurityModules(Path root) {
        this(Optional.of(root));
    }

    private SecurityModules(Optional<Path> elsewhere) {
        this.elsewhere = elsewhere;
    }

    @Override
    public String name() {
        return "security modules";
    }

    @Override
    public void look(Look look) {
        List<String> labels = labels(look);
        Path root = elsewhere.orElse(look.host().root());
        selinux(look, root, labels);
        appArmor(look, root, labels);
    }

    private static void selinux(Look look, Path root, List<String> labels) {
        Path enforce = root.resolve("sys/fs/selinux/enforce");
        Optional<String> written = SmallFile.word(enforce);
        if (written.isEmpty() && Files.exists(enforce)) {
            look.couldNotLook("cannot read " + enforce + "; try getenforce");
            return;
        }
        String state =
                switch (written.orElse("")) {
                    case "1" -> unconfined(labels, ":unconfined_") ? "unconfined" : "enforcing";
                    case "0" -> "permissive";
                    default -> "inactive";
                };
        look.add(new SecurityModule("selinux", state), "getenforce");
    }

    private static void appArmor(Look look, Path root, List<String> labels) {
        Path enabled = root.resolve("sys/module/apparmor/parameters/enabled");
        boolean on = SmallFile.word(enabled).orElse("N").equals("Y");
        look.add(
                new SecurityModule("apparmor", on ? appArmorState(labels) : "inactive"),
                "aa-status");
    }

    private static String appArmorState(List<String> labels) {
        if (labels.stream().anyMatch(l -> l.endsWith("(enforce)"))) {
            return "enforcing";
        }
        if (labels.stream().anyMatch(l -> l.endsWith("(complain)"))) {
            return "permissive";
        }
        // Without a process to look at, a profile may wait for the next start.
        return labels.isEmpty() ? "enforcing" : "unconfined";
    }

    private static boolean unconfined(List<String> labels, String mark) {
        return !labels.isEmpty() && labels.stream().allMatch(l -> l.contains(mark));
    }

    private static List<String> labels(Look look) {
        return look.facts(NginxMaster.class)
                .flatMap(m -> Stream.concat(Stream.of(m.pid()), m.workers().stream()))
                .limit(MOST_PROCESSES)
                .map(pid -> look.host().proc().resolve(pid + "/attr/current"))
                .flatMap(label -> SmallFile.word(label).stream())
                .map(label -> label.replace("\0", ""))
                .toList();
    }
}
