package dev.gatemend.host.logs;

import java.io.IOException;

/** A file is packed in a way that is not read. */
final class PackedException extends IOException {
    private static final long serialVersionUID = 1;

    private final Packing packing;

    PackedException(Packing packing) {
        super("packed with " + packing.word());
        this.packing = packing;
    }

    Packing packing() {
        return packing;
    }
}
