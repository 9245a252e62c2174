package dev.gatemend.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** Everything in a scene that needs an explanation. */
final class Matters {
    private Matters() {}

    static List<Matter> in(Scene scene) {
        List<Matter> traffic = new ArrayList<>(LoggedMatters.in(scene));
        traffic.addAll(StatusMatters.in(scene, List.copyOf(traffic)));
        traffic.addAll(AbortedMatters.in(scene, List.copyOf(traffic)));
        List<Matter> all = new ArrayList<>(traffic);
        all.addAll(StandingMatters.in(scene));
        all.addAll(LatentMatters.in(scene, traffic));
        all.addAll(GivenMatters.in(scene, all));
        return all;
    }
}
