package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Change;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * An application, or nginx itself, with the places it was put at. For one thread.
 *
 * @param peers it serves
 * @param units that run it
 * @param masters of nginx that it is
 * @param definitions files that say how it is run, absolute
 * @param directories that hold its files, absolute, as they are named; links in them are not
 *     followed
 * @param programs files that it runs or maps, absolute
 */
record Deployment(
        Set<Address> peers,
        Set<String> units,
        Set<Integer> masters,
        Set<String> definitions,
        Set<String> directories,
        Set<String> programs) {
    Deployment() {
        this(
                new TreeSet<>(Comparator.comparing(Address::toString)),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    Change.Part part() {
        return new Change.Part(
                peers.stream().toList(), units.stream().toList(), masters.stream().toList());
    }
}
