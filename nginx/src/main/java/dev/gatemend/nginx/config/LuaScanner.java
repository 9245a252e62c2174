package dev.gatemend.nginx.config;

/**
 * Finds the brace that ends a {@code *_by_lua_block} as lua-nginx-module does: braces in Lua
 * strings, long brackets and comments do not count.
 */
final class LuaScanner {
    private final byte[] source;
    private int at;

    LuaScanner(byte[] source, int from) {
        this.source = source;
        this.at = from;
    }

    /** Offset of the closing brace; -1 when the file ends before it. */
    int closingBrace() {
        int depth = 1;
        while (at < source.length) {
            byte b = source[at];
            switch (b) {
                case '{' -> depth++;
                case '}' -> depth--;
                case '"', '\'' -> skipString(b);
                case '-' -> skipComment();
                case '[' -> skipLongBracket(at);
                default -> {}
            }
            if (depth == 0) {
                return at;
            }
            at++;
        }
        return -1;
    }

    /** Leaves {@code at} on the closing quote; a quote never closed is an ordinary byte. */
    private void skipString(byte quote) {
        for (int i = at + 1; i < source.length; i++) {
            if (source[i] == '\\') {
                i++;
            } else if (source[i] == quote) {
                at = i;
                return;
            }
        }
        at = source.length;
    }

    private void skipComment() {
        if (at + 1 >= source.length || source[at + 1] != '-') {
            return;
        }
        int comment = at;
        if (at + 2 < source.length && source[at + 2] == '[') {
            skipLongBracket(at + 2);
        }
        if (at == comment) {
            while (at + 1 < source.length && source[at + 1] != '\n') {
                at++;
            }
        }
    }

    /** Leaves {@code at} on the last bracket of <code>[==[ ... ]==]</code>, if one opens here. */
    private void skipLongBracket(int open) {
        int inner = open + 1;
        while (inner < source.length && source[inner] == '=') {
            inner++;
        }
        if (inner >= source.length || source[inner] != '[') {
            return;
        }
        int level = inner - open - 1;
        for (int i = inner + 1; i < source.length; i++) {
            if (source[i] == ']' && closes(i, level)) {
                at = i + level + 1;
                return;
            }
        }
        at = source.length;
    }

    private boolean closes(int bracket, int level) {
        int end = bracket + level + 1;
        if (end >= source.length || source[end] != ']') {
            return false;
        }
        for (int i = bracket + 1; i < end; i++) {
            if (source[i] != '=') {
                return false;
            }
        }
        return true;
    }
}
