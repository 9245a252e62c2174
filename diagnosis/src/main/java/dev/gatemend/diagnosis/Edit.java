package dev.gatemend.diagnosis;

import dev.gatemend.model.Container;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Remedy;

/** A change of the configuration as steps: the edit, then nginx's own test, then the reload. */
public final class Edit {
    private static final String USUAL_CONFIGURATION = "/etc/nginx/nginx.conf";

    private Edit() {}

    /**
     * The steps of one edit.
     *
     * @param change what to write where, in words
     */
    public static Remedy.Step[] of(Matter matter, String change) {
        return new Remedy.Step[] {new Remedy.Step("", change), reload(matter)};
    }

    /** Tests the files and has the matter's nginx read them; where none runs, it starts. */
    static Remedy.Step reload(Matter matter) {
        return PeerContainer.ofNginx(matter)
                .map(Edit::reloadInside)
                .or(() -> matter.master().map(Edit::reload))
                .orElseGet(() -> start(matter));
    }

    private static Remedy.Step reloadInside(Container container) {
        return new Remedy.Step(
                Shell.command(
                        "sudo",
                        container.engine(),
                        "exec",
                        container.name(),
                        "nginx",
                        "-s",
                        "reload"),
                "nginx checks the files and reads them again");
    }

    /** Tests the files and has the running nginx read them. */
    public static Remedy.Step reload(NginxMaster master) {
        if (master.container().isPresent()) {
            return new Remedy.Step(
                    "",
                    "in the container "
                            + master.container().get()
                            + " run nginx -t, then nginx -s reload");
        }
        return new Remedy.Step(
                test(master.configuration())
                        + " && "
                        + master.unit()
                                .map(unit -> Shell.command("sudo", "systemctl", "reload", unit))
                                .orElseGet(() -> signal(master.configuration())),
                "reloads only what nginx accepts");
    }

    private static Remedy.Step start(Matter matter) {
        String configuration =
                matter.installation().map(i -> i.configuration()).orElse(USUAL_CONFIGURATION);
        boolean systemd = matter.scene().unit("nginx.service").isPresent();
        return new Remedy.Step(
                test(configuration) + (systemd ? " && sudo systemctl start nginx.service" : ""),
                "nginx starts only with what it accepts");
    }

    private static String test(String configuration) {
        return configuration.equals(USUAL_CONFIGURATION)
                ? "sudo nginx -t"
                : Shell.command("sudo", "nginx", "-t", "-c", configuration);
    }

    private static String signal(String configuration) {
        return configuration.equals(USUAL_CONFIGURATION)
                ? "sudo nginx -s reload"
                : Shell.command("sudo", "nginx", "-s", "reload", "-c", configuration);
    }
}
