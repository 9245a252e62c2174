package dev.gatemend.host.given;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Undoes what happens to a line on its way into a report: colours, quote marks of mails, entities
 * of pages, typographic quotes, an address blackened out. What it cannot undo it leaves.
 */
final class Mending {
    /** ECMA-48: control sequences, as terminals get them for colours. */
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;?]{0,20}[A-Za-z]");

    private static final Pattern QUOTED = Pattern.compile("^(?:> ?){1,5}(?=\\S|\\s)");
    private static final Pattern FENCE = Pattern.compile("^\\s*(?:```|~~~)\\w*\\s*$");
    private static final Pattern ENTITY = Pattern.compile("&(quot|amp|lt|gt|#39|apos|nbsp);");
    private static final Map<String, String> ENTITIES =
            Map.of(
                    "quot", "\"", "amp", "&", "lt", "<", "gt", ">", "#39", "'", "apos", "'", "nbsp",
                    " ");

    /** What people put in place of an address they would rather not show. */
    private static final Pattern BLACKENED =
            Pattern.compile(", client: (?![\\da-fA-F:.%]+,|unix:)[^,\"]{1,64}(?=, server: )");

    /** Fields left out to make a line shorter. */
    private static final Pattern WITHOUT_SERVER =
            Pattern.compile(", client: [^,\"]{1,64}(?=, (?:request|upstream|host): \")");

    /** Only the peer was kept of the fields. */
    private static final Pattern ONLY_UPSTREAM =
            Pattern.compile(
                    "(?<= (?:upstream|header from upstream|handshaking to upstream)),? ?(?:upstream)?: ?(?=\"(?:https?|fastcgi|uwsgi|scgi|grpcs?)://)");

    /** The client was taken out, and perhaps the server. */
    private static final Pattern WITHOUT_CLIENT =
            Pattern.compile(
                    "( while (?:connecting to|SSL handshaking to|sending request to|reading response header from|reading) upstream)(?=, (server|request|upstream|host): )");

    /** A sentence ends behind the message that it quotes, or somebody left the fields out. */
    private static final Pattern ENDED =
            Pattern.compile("( while [a-zA-Z ]{1,60}(?:upstream|client))(?:, ?\\.\\.\\.|\\.)$");

    /** A pager cut an entry at the edge of the screen: less(1). */
    private static final Pattern CHOPPED =
            Pattern.compile("(\\[(?:error|crit|alert|emerg)] [^<>]*\\w)>$");

    /** The address of no client: RFC 5737, TEST-NET-1. */
    private static final String NOBODY = ", client: 192.0.2.0";

    /** OpenSSL's reason without the parentheses nginx puts around it. */
    private static final Pattern LOOSE_TLS =
            Pattern.compile(
                    "(SSL_do_handshake\\(\\) failed)[ :.…]*(?:\\(?SSL: ?)?((?:error:|SSL alert|.{0,60}alert).{0,300}?)\\)?(?= while |$)");

    private Mending() {}

    /** The line without colours and the marks of a quotation. */
    static String unquoted(String line) {
        String bare = QUOTED.matcher(COLOURS.matcher(line).replaceAll("")).replaceFirst("");
        return FENCE.matcher(bare).matches() ? "" : bare.stripTrailing();
    }

    static String of(String line) {
        String mended = ENTITY.matcher(line).replaceAll(m -> ENTITIES.getOrDefault(m.group(1), ""));
        mended = straight(mended);
        mended =
                WITHOUT_SERVER
                        .matcher(mended)
                        .replaceFirst(Matcher.quoteReplacement(NOBODY + ", server: "));
        if (!mended.contains(", client: ")) {
            mended =
                    WITHOUT_CLIENT
                            .matcher(mended)
                            .replaceFirst(
                                    m ->
                                            m.group(1)
                                                    + NOBODY
                                                    + (m.group(2).equals("server")
                                                            ? ""
                                                            : ", server: "));
        }
        if (!mended.contains(", client: ")) {
            mended = ONLY_UPSTREAM.matcher(mended).replaceFirst(NOBODY + ", server: , upstream: ");
        }
        mended = ENDED.matcher(mended).replaceFirst("$1");
        mended = CHOPPED.matcher(mended).replaceFirst("$1…");
        mended = BLACKENED.matcher(mended).replaceFirst(Matcher.quoteReplacement(NOBODY));
        return tls(mended);
    }

    /** Quotes and blanks as a keyboard has them. */
    private static String straight(String line) {
        return line.replace('\u201C', '"')
                .replace('\u201D', '"')
                .replace('\u2018', '\'')
                .replace('\u2019', '\'')
                .replace('\u00A0', ' ')
                .stripTrailing();
    }

    private static String tls(String line) {
        if (line.contains("(SSL:") || !line.contains("SSL_do_handshake() failed")) {
            return line;
        }
        Matcher loose = LOOSE_TLS.matcher(line);
        if (!loose.find()) {
            return line;
        }
        String rest = line.substring(loose.end());
        String phase =
                rest.startsWith(" while ") ? rest : " while SSL handshaking to upstream" + rest;
        return line.substring(0, loose.start())
                + loose.group(1)
                + " (SSL: "
                + loose.group(2)
                + ")"
                + phase;
    }
}
