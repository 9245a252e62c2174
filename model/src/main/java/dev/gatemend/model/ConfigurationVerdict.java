package dev.gatemend.model;

import java.util.List;

/**
 * What nginx itself says of the files on disk, asked without touching them.
 *
 * @param configuration path of nginx.conf
 * @param accepted nginx found nothing to refuse (complaints that come from asking unprivileged are
 *     left out)
 * @param messages what it printed, {@code [emerg] unknown directive "x" in /etc/nginx/nginx.conf:3}
 */
public record ConfigurationVerdict(String configuration, boolean accepted, List<String> messages)
        implements Fact {
    public ConfigurationVerdict {
        messages = List.copyOf(messages);
    }
}
