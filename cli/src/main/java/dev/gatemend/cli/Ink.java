package dev.gatemend.cli;

/** Emphasis on a terminal, and nothing at all elsewhere. Meaning never depends on it. */
record Ink(boolean colour) {
    String bold(String text) {
        return in("1", text);
    }

    String dim(String text) {
        return in("2", text);
    }

    String red(String text) {
        return in("1;31", text);
    }

    String green(String text) {
        return in("32", text);
    }

    String cyan(String text) {
        return in("36", text);
    }

    private String in(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
