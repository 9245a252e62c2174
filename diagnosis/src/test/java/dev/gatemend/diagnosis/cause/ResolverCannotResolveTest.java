package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Written.setting;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.DnsLookup.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverCannotResolveTest {
    private static final ResolverCannotResolve CAUSE = new ResolverCannotResolve();
    private static final String NAME = "app";

    @Test
    void speaksWhenOnlyLibcKnowsTheName() {
        Judgement judgement =
                CAUSE.judge(
                        notFound()
                                .seen(
                                        libc(Outcome.FOUND, "10.10.10.12"),
                                        "dns",
                                        "getent ahosts app")
                                .seen(resolver(Outcome.NO_SUCH_NAME), "dns", "dig @127.0.0.11 app")
                                .build());

        assertThat(told(judgement))
                .contains("nginx's resolver does not know app, though libc does")
                .contains("10.10.10.12")
                .contains("write the fully qualified name or the address")
                .contains("FOR app has no dot");
    }

    @Test
    void namesTheResolverThatDoesNotAnswer() {
        Judgement judgement =
                CAUSE.judge(
                        new MatterBuilder()
                                .trouble(Trouble.RESOLVE)
                                .name(NAME)
                                .logged(
                                        "upstream-name-could-not-be-resolved-operation-timed-out",
                                        "app could not be resolved (110: Operation timed out)",
                                        110,
                                        "")
                                .seen(configuration(), "configuration", "nginx.conf")
                                .seen(resolver(Outcome.UNREACHABLE), "dns", "dig @127.0.0.11 app")
                                .build());

        assertThat(told(judgement))
                .contains("nginx's resolver 127.0.0.11:53 does not answer; app stays unresolved")
                .contains("in /etc/nginx/conf.d/shop.conf:3 write the address of a name server")
                .contains("Docker's name server answers only inside a container");
    }

    @Test
    void saysThatItWasTransientWhenTheResolverFindsItNow() {
        Judgement judgement =
                CAUSE.judge(
                        notFound()
                                .seen(
                                        new DnsLookup(
                                                NAME,
                                                "127.0.0.53:53",
                                                Outcome.FOUND,
                                                List.of("10.0.0.9")),
                                        "dns",
                                        "dig @127.0.0.53 app")
                                .build());

        assertThat(told(judgement)).contains("(Host not found); now it can");
    }

    @Test
    void theNameThatExistsNowhereIsMisspelt() {
        Judgement judgement =
                CAUSE.judge(
                        notFound()
                                .seen(libc(Outcome.NO_SUCH_NAME), "dns", "getent ahosts app")
                                .seen(resolver(Outcome.NO_SUCH_NAME), "dns", "dig @127.0.0.11 app")
                                .build());

        assertThat(told(judgement)).contains("misspelt").doesNotContain("though libc does");
    }

    @Test
    void asksForALookWhenNobodyAsked() {
        assertThat(told(CAUSE.judge(notFound().build())))
                .contains("MISSING")
                .contains("getent ahosts app");
    }

    @Test
    void staysSilentWhenNoResolverIsSet() {
        Judgement judgement =
                CAUSE.judge(
                        new MatterBuilder()
                                .trouble(Trouble.RESOLVE)
                                .name(NAME)
                                .logged(
                                        "no-resolver-defined",
                                        "no resolver defined to resolve app",
                                        0,
                                        "")
                                .build());

        assertThat(judgement).isInstanceOf(Judgement.NotConcerned.class);
    }

    private static MatterBuilder notFound() {
        return new MatterBuilder()
                .trouble(Trouble.RESOLVE)
                .name(NAME)
                .logged(
                        "upstream-name-could-not-be-resolved-host-not-found",
                        "app could not be resolved (3: Host not found)",
                        0,
                        "");
    }

    private static dev.gatemend.model.NginxConfiguration configuration() {
        return Written.variablePass(
                "http://$backend", NAME, List.of(), setting(3, "resolver", "127.0.0.11"));
    }

    private static DnsLookup libc(Outcome outcome, String... addresses) {
        return new DnsLookup(NAME, DnsLookup.LIBC, outcome, List.of(addresses));
    }

    private static DnsLookup resolver(Outcome outcome) {
        return new DnsLookup(NAME, "127.0.0.11:53", outcome, List.of());
    }
}
