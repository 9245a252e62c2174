package dev.gatemend.host.given;

import dev.gatemend.model.Fact;
import dev.gatemend.model.FileSystemSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The room on file systems that df(1) printed, in blocks, in units that people read ({@code -h}) or
 * in inodes ({@code -i}). Images that are full by their nature are left out.
 */
final class SpaceListing implements Block.Shape {
    private static final Pattern HEADER =
            Pattern.compile(
                    "^\\s*Filesystem\\s+(?:Type\\s+)?(?:Size|1[KM]-blocks|512-blocks|1024-blocks|Inodes|\\S{1,12})\\s.*\\bMounted on\\s*$");

    /** Name, perhaps type, all, used, available, use in percent, where it is mounted. */
    private static final Pattern ROW =
            Pattern.compile(
                    "^\\s*(?:(\\S{1,200})\\s+(?:([a-z][\\w.]{1,15})\\s+)?)?([\\d.,]{1,15})([KMGTPE]?)i?B?\\s+[\\d.,]{1,15}[KMGTPE]?i?B?\\s+(-?[\\d.,]{1,15})([KMGTPE]?)i?B?\\s+(\\d{1,3}|-)%?\\s+(/\\S{0,200})\\s*$");

    /** Read-only images that take what they need: snaps, discs, loops. */
    private static final Pattern IMAGE =
            Pattern.compile(
                    "^/dev/(?:loop|sr)\\d|squashfs|iso9660|^/(?:snap|var/lib/snapd/snap|media/cdrom|cdrom)/");

    private static final Pattern INODES = Pattern.compile("(?i)\\bInodes\\b|\\bIUse%");

    private static final int KIB = 1_024;

    @Override
    public boolean prints(Typed typed) {
        return typed.runs("df");
    }

    @Override
    public boolean isHeader(String line) {
        return HEADER.matcher(line).find();
    }

    @Override
    public boolean isRow(String line) {
        return line.indexOf('%') >= 0 && ROW.matcher(line).find();
    }

    /** A long name has a line of its own, and its numbers the next. */
    @Override
    public boolean belongs(String line) {
        return line.matches("/\\S{20,200}");
    }

    /** What a block says, one fact a mount point; without a header nobody knows what is counted. */
    static List<Fact> facts(Block block, List<String> lines) {
        Map<String, FileSystemSpace> spaces = new LinkedHashMap<>();
        if (block.header().isPresent()) {
            boolean inodes = INODES.matcher(block.header().get()).find();
            int unit = unit(block.header().get());
            for (int row : block.rows()) {
                space(lines.get(row), inodes, unit)
                        .ifPresent(s -> spaces.putIfAbsent(s.mountPoint(), s));
            }
        }
        return List.copyOf(spaces.values());
    }

    private static int unit(String header) {
        return header.contains("512-blocks") ? 512 : header.contains("1M-blocks") ? KIB * KIB : KIB;
    }

    private static Optional<FileSystemSpace> space(String line, boolean inodes, int unit) {
        Matcher row = ROW.matcher(line);
        if (!row.find()
                || IMAGE.matcher(line.strip()).find()
                || IMAGE.matcher(row.group(8)).find()) {
            return Optional.empty();
        }
        String mount = row.group(8);
        String type = row.group(2) == null ? "file system" : row.group(2);
        long all = number(row.group(3), row.group(4), inodes ? 1 : unit);
        long free = Math.max(0, number(row.group(5), row.group(6), inodes ? 1 : unit));
        return all == 0
                ? Optional.empty()
                : Optional.of(
                        inodes
                                ? new FileSystemSpace(mount, type, mount, 0, 0, all, free, false)
                                : new FileSystemSpace(mount, type, mount, all, free, 0, 0, false));
    }

    /** With a letter a multiple of 1,024; without one of the header's unit. */
    private static long number(String digits, String letter, int unit) {
        String plain = digits.replace(",", digits.indexOf('.') >= 0 ? "" : ".");
        if (!plain.matches("-?\\d{1,14}(?:\\.\\d{1,6})?")) {
            return 0;
        }
        double value = Double.parseDouble(plain);
        int power = letter.isEmpty() ? 0 : "KMGTPE".indexOf(letter) + 1;
        return (long) (letter.isEmpty() ? value * unit : value * Math.pow(KIB, power));
    }
}
