package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficEvent;
import dev.gatemend.nginx.traffic.TrafficEvent.Attempt;
import dev.gatemend.nginx.traffic.TrafficEvent.Said;
import java.util.function.UnaryOperator;

/** An event with every text in it rewritten: secrets taken out, controls shown. */
final class EventRewriting {
    private EventRewriting() {}

    static TrafficEvent of(TrafficEvent event, UnaryOperator<String> text) {
        return new TrafficEvent(
                event.kind(),
                event.at(),
                event.status(),
                event.maker(),
                event.attempts().stream()
                        .map(attempt -> new Attempt(text.apply(attempt.peer()), attempt.status()))
                        .toList(),
                event.upstream().map(text),
                event.site().map(text),
                event.method().map(text),
                event.uri().map(text),
                event.client().map(text),
                event.took(),
                event.said()
                        .map(said -> new Said(said.id(), said.level(), text.apply(said.message()))),
                text.apply(event.log()));
    }
}
