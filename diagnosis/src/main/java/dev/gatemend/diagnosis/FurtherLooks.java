package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Diagnosis.NextStep;
import dev.gatemend.model.Pass;
import dev.gatemend.model.ProcessState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What to look at when no cause is sure: the commands an experienced operator would type next. */
final class FurtherLooks {
    /** Of Debian's, Red Hat's and nginx's own packages. */
    private static final String USUAL_ERROR_LOG = "/var/log/nginx/error.log";

    private FurtherLooks() {}

    static Stream<NextStep> of(Matter matter) {
        List<NextStep> steps = new ArrayList<>();
        if (matter.scene().facts(CouldNotLook.class).anyMatch(c -> c.why().contains("sudo"))) {
            steps.add(
                    new NextStep(
                            "sudo gatemend diagnose", "some sources could only be read by root"));
        }
        matter.peer().ifPresent(peer -> steps.add(atPeer(matter, peer)));
        ownerLog(matter).ifPresent(steps::add);
        if (matter.errors().isEmpty()) {
            errorLog(matter).ifPresent(steps::add);
        }
        if (steps.isEmpty() && matter.scene().isGiven()) {
            steps.add(new NextStep("sudo gatemend diagnose", "on the host of nginx: looks itself"));
            steps.add(
                    new NextStep(
                            Shell.command("sudo", "tail", "-n", "50", USUAL_ERROR_LOG),
                            "nginx's own words; of a container: docker logs"));
        }
        return steps.stream();
    }

    private static NextStep atPeer(Matter matter, Address peer) {
        String scheme = matter.pass().map(Pass::scheme).filter("https"::equals).orElse("http");
        return switch (peer) {
            case Address.Unix unix ->
                    new NextStep(
                            Shell.command(
                                    "curl",
                                    "-sv",
                                    "--max-time",
                                    "5",
                                    "--unix-socket",
                                    unix.path(),
                                    scheme + "://localhost/"),
                            "what the application says on its own socket");
            case Address.Tcp tcp ->
                    new NextStep(
                            Shell.command(
                                    "curl",
                                    scheme.equals("https") ? "-skv" : "-sv",
                                    "--max-time",
                                    "5",
                                    scheme + "://" + tcp + "/"),
                            "what the application says without nginx");
        };
    }

    private static Optional<NextStep> ownerLog(Matter matter) {
        return matter.listener()
                .flatMap(matter.scene()::owner)
                .flatMap(ProcessState::unit)
                .map(u -> Steps.journalOfTheseMinutes(u, "what the application wrote meanwhile"))
                .map(step -> new NextStep(step.command(), step.explanation()));
    }

    private static Optional<NextStep> errorLog(Matter matter) {
        return ErrorLogs.file(matter)
                .map(
                        path ->
                                new NextStep(
                                        Shell.command("sudo", "tail", "-n", "50", path),
                                        "nginx's own words"));
    }
}
