package dev.gatemend.host.bundle;

import dev.gatemend.model.Snapshot;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.json.JsonFactory;

/**
 * What a bundle holds.
 *
 * @param writer the version of Gatemend that wrote it
 * @param redacted what was taken out of the snapshot; empty when nothing was tried
 */
public record Bundle(String writer, Optional<Tally> redacted, Snapshot snapshot) {
    private static final String SCHEMA = "gatemend.bundle/";
    private static final int VERSION = 1;

    /** A configuration's blocks nest at most 200 deep, and each is an object in an array. */
    private static final int DEEPEST = 500;

    /** A host with 10,000 sites comes to a fifth of it. */
    private static final long MOST_BYTES = 128L << 20;

    private static final int MOST_VALUES = 20_000_000;

    /** No line of a log or of a program's output is read that far. */
    private static final int LONGEST_TEXT = 1 << 20;

    private static final int LAST_ASCII = 127;

    /**
     * Beyond visible ASCII all is escaped: nothing in a bundle moves the cursor of who reads it.
     */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .highestNonEscapedChar(LAST_ASCII)
                    .characterEscapes(new DeleteEscaped())
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .streamWriteConstraints(
                            StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxStringLength(LONGEST_TEXT)
                                    .maxDocumentLength(MOST_BYTES)
                                    .build())
                    .build();

    /** The last of ASCII is a control character too, and the only one that JSON lets pass. */
    private static final class DeleteEscaped extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[LAST_ASCII] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }

    /** How many different secrets, addresses of clients and e-mail addresses were taken out. */
    public record Tally(int secrets, int clients) {}

    /**
     * Writes it, one observation a line, and leaves the stream open.
     *
     * @throws IOException when the stream cannot be written
     */
    public void writeTo(OutputStream out) throws IOException {
        try (JsonGenerator json =
                FACTORY.createGenerator(
                        ObjectWriteContext.empty(),
                        new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            ValueWriter values = new ValueWriter(json);
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA + VERSION);
            values.writeRest(this);
            json.writeRaw('\n');
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Reads one, packed or not.
     *
     * @throws UnreadableBundle when it is none, is broken, or needs a newer Gatemend
     * @throws IOException when the stream cannot be read
     */
    public static Bundle readFrom(InputStream in) throws IOException {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), unpacked(in))) {
            return read(json);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new UnreadableBundle(
                    "is no bundle, or a broken one: " + e.getOriginalMessage(), e);
        }
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, 1 << 16);
        bytes.mark(2);
        boolean packed = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return packed ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    }

    private static Bundle read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT
                || json.nextToken() != JsonToken.PROPERTY_NAME
                || !json.currentName().equals("schema")
                || json.nextToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableBundle("is no bundle: it does not begin with its schema");
        }
        checkSchema(json.getString());
        try {
            Bundle bundle = new ValueReader(json, MOST_VALUES).rest(Bundle.class);
            if (json.nextToken() != null) {
                throw new UnreadableBundle("more follows behind the end of the bundle");
            }
            return bundle;
        } catch (UnreadableBundle e) {
            throw new UnreadableBundle(
                    "is a broken bundle, at line %d: %s"
                            .formatted(json.currentLocation().getLineNr(), e.getMessage()),
                    e);
        }
    }

    private static void checkSchema(String schema) throws UnreadableBundle {
        if (schema.equals(SCHEMA + VERSION)) {
            return;
        }
        throw new UnreadableBundle(
                schema.matches(SCHEMA + "\\d{1,9}")
                        ? "is a bundle of a newer gatemend (%s; this one reads %s%d): update this one"
                                .formatted(schema, SCHEMA, VERSION)
                        : "is no bundle: its schema is not %s%d".formatted(SCHEMA, VERSION));
    }
}
