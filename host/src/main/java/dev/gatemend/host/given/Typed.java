package dev.gatemend.host.given;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as a text shows it: behind a shell's prompt, or alone at the beginning of a line.
 *
 * @param words the command that ran in the end, without sudo and without what leads into a
 *     container; not longer than 512 characters
 * @param inside the container that it ran in
 * @param prompted whether a prompt stands before it
 */
record Typed(String words, Optional<String> inside, boolean prompted) {
    private static final int LONGEST = 512;

    /** {@code user@host:~$ }, {@code [root@host ~]# }, {@code $ }, {@code (venv) $ }. */
    private static final Pattern PROMPT =
            Pattern.compile(
                    "^\\s{0,8}(?:\\([\\w.-]{1,40}\\) ?)?(?:\\[[^\\]]{1,80}\\]|[\\w.-]{1,40}@[\\w.-]{1,80}[: ][^$#%>]{0,80}"
                            + "|[\\w.-]{1,40}:[~/][^$#%>]{0,80})?\\s?[$#%❯➜]\\s{0,4}");

    private static final Pattern KNOWN =
            Pattern.compile(
                    "^(?:ss|netstat|lsof|ls|namei|curl|wget) -|^(?:curl|wget) \\S|^ps (?:-|a|e)|^df(?:\\s|$)"
                            + "|^(?:docker|podman|nerdctl)(?:-compose)? [a-z]|^kubectl [a-z-]|^nginx -|^systemctl \\w|^(?:id|groups) \\w");

    private static final Pattern INTO =
            Pattern.compile(
                    "^(?:(?:docker|podman)(?:-compose| compose)?|kubectl)(?: -\\S+| [\\w./-]+(?= exec))* exec"
                            + "(?: --?[\\w-]+(?:[= ](?=[\\w/.-]+ -| ?\\S+ \\S+ \\S)[\\w/.-]+)?)*? ([\\w./-]{1,120})(?: -c [\\w-]+)?(?: --)? (.+)$");

    /** The command of a line, if it is one that is known here. */
    static Optional<Typed> in(String line) {
        String cut = line.substring(0, Math.min(line.length(), LONGEST));
        Matcher prompt = PROMPT.matcher(cut);
        boolean prompted = prompt.find();
        String rest = prompted ? cut.substring(prompt.end()) : cut.strip();
        String words = withoutSudo(rest.strip());
        if (!KNOWN.matcher(words).find()) {
            return Optional.empty();
        }
        Matcher into = INTO.matcher(words);
        return into.find()
                ? Optional.of(
                        new Typed(
                                withoutShell(into.group(2)), Optional.of(into.group(1)), prompted))
                : Optional.of(new Typed(words, Optional.empty(), prompted));
    }

    /** Whether a line begins as one that somebody types at. */
    static boolean isPrompt(String line) {
        String cut = line.substring(0, Math.min(line.length(), LONGEST));
        return PROMPT.matcher(cut).find();
    }

    private static String withoutSudo(String words) {
        return words.replaceFirst("^sudo (?:-\\w (?:\\w{1,32} )?)?", "").strip();
    }

    /** {@code sh -c "ss -ltn"}. */
    private static String withoutShell(String words) {
        return words.replaceFirst("^(?:/bin/)?(?:ba|da|a)?sh -l?c ", "")
                .replaceAll("^[\"']|[\"']$", "");
    }

    boolean runs(String program) {
        return words.equals(program) || words.startsWith(program + " ");
    }

    /** What stands before the first pipe. */
    String command() {
        int pipe = words.indexOf('|');
        return (pipe < 0 ? words : words.substring(0, pipe)).strip();
    }

    /** What stands behind it; empty where there is none. */
    String filter() {
        int pipe = words.indexOf('|');
        return pipe < 0 ? "" : words.substring(pipe + 1).strip();
    }
}
