package dev.gatemend.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * A style sheet of this program's own resources.
 *
 * @param text without any {@code </style}
 */
record StyleSheet(String text) {
    StyleSheet {
        if (text.contains("</")) {
            throw new IllegalArgumentException("a style sheet that ends its element");
        }
    }

    /** Reads {@code page.css}. */
    static StyleSheet page() {
        try (InputStream in =
                Objects.requireNonNull(
                        StyleSheet.class.getResourceAsStream("page.css"), "page.css")) {
            return new StyleSheet(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A Content-Security-Policy that allows this sheet and nothing else: no script, no request, no
     * frame, whatever a log line may hold.
     */
    String policy() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
                    .formatted(Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
