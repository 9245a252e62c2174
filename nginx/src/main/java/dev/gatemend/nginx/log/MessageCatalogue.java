package dev.gatemend.nginx.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** nginx's messages that concern an upstream, read from {@code error-messages.tsv}. Immutable. */
public final class MessageCatalogue {
    private static final int COLUMNS = 7;

    private final List<KnownMessage> messages;

    private MessageCatalogue(List<KnownMessage> messages) {
        this.messages = List.copyOf(messages);
    }

    /** The catalogue of this build; read once. */
    public static MessageCatalogue instance() {
        return Holder.INSTANCE;
    }

    /** All of them, in the order of the file; an id with two spellings stands there twice. */
    public List<KnownMessage> messages() {
        return messages;
    }

    /** The first spelling of an id. */
    public Optional<KnownMessage> find(String id) {
        return messages.stream().filter(message -> message.id().equals(id)).findFirst();
    }

    private static final class Holder {
        static final MessageCatalogue INSTANCE = new MessageCatalogue(read("error-messages.tsv"));
    }

    private static List<KnownMessage> read(String resource) {
        try (InputStream in =
                        Objects.requireNonNull(
                                MessageCatalogue.class.getResourceAsStream(resource), resource);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<KnownMessage> messages = new ArrayList<>();
            boolean heading = true;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#") || heading) {
                    heading = line.startsWith("#");
                    continue;
                }
                messages.add(message(line.split("\t", -1)));
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KnownMessage message(String[] columns) {
        if (columns.length != COLUMNS) {
            throw new IllegalStateException(
                    "error-messages.tsv: not 7 columns: " + String.join("|", columns));
        }
        return new KnownMessage(
                columns[0],
                columns[1],
                Set.of(columns[2].split(",", -1)),
                Set.of(columns[3].split(",", -1)),
                columns[4],
                columns[5],
                KnownMessage.Scope.valueOf(columns[6].toUpperCase(Locale.ROOT)));
    }
}
