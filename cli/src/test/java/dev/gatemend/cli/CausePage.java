package dev.gatemend.cli;

import dev.gatemend.diagnosis.CauseInfo;
import java.util.List;
import java.util.Locale;

/** The docs page of a cause, from its catalogue entry. */
final class CausePage {
    private static final String GENERATED =
            "<!-- Generated from the cause's class by ./check --bless; change it there. -->\n\n";

    private CausePage() {}

    static String of(CauseInfo info) {
        StringBuilder page = new StringBuilder(GENERATED);
        page.append("# ").append(info.id()).append("\n\n");
        page.append(info.summary()).append(".\n\n");
        page.append(info.description()).append("\n\n");
        page.append("**Group**: ").append(info.group().title()).append(". ");
        page.append("**How often**: ").append(frequency(info)).append(".\n\n");
        page.append("## How it is told apart\n\n").append(info.toldApart()).append('\n');
        list(page, "It yields to", info.yieldsTo().stream().map(CausePage::link).toList());
        list(page, "What does not help", info.wontHelp());
        return page.toString();
    }

    static String index(List<CauseInfo> causes) {
        StringBuilder page = new StringBuilder(GENERATED);
        page.append("# Causes of nginx gateway errors\n\n");
        page.append("What `gatemend diagnose` can name, and what `gatemend explain ID` shows.\n");
        for (CauseInfo.Group group : CauseInfo.Group.values()) {
            list(
                    page,
                    group.title(),
                    causes.stream()
                            .filter(info -> info.group() == group)
                            .map(info -> link(info.id()) + ": " + info.summary())
                            .toList());
        }
        return page.toString();
    }

    private static void list(StringBuilder page, String title, List<String> items) {
        if (!items.isEmpty()) {
            page.append("\n## ").append(title).append("\n\n");
            items.forEach(item -> page.append("- ").append(item).append('\n'));
        }
    }

    private static String link(String id) {
        return id.equals(CauseInfo.EVERY_OTHER) ? id : "[" + id + "](" + id + ".md)";
    }

    private static String frequency(CauseInfo info) {
        return info.frequency().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
