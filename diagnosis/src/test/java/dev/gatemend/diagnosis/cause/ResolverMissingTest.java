package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Written.setting;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.SocketTable;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResolverMissingTest {
    private static final ResolverMissing CAUSE = new ResolverMissing();

    @Test
    void speaksWithThePlaceOfThePass() {
        Judgement judgement = CAUSE.judge(missing("app.internal", List.of()).build());

        assertThat(told(judgement))
                .contains(
                        "proxy_pass (/etc/nginx/conf.d/shop.conf:12) comes to app.internal, and no resolver is set")
                .contains("resolver ADDRESS");
    }

    @Test
    void namesTheNameServerOfThisHost() {
        Judgement judgement =
                CAUSE.judge(
                        missing("app.internal", List.of())
                                .seen(resolved(), "sockets", "ss -ltn")
                                .build());

        assertThat(told(judgement)).contains("write: resolver 127.0.0.53 valid=30s;");
    }

    @Test
    void pointsAtTheUpstreamBlockThatWasMeant() {
        Judgement judgement = CAUSE.judge(missing("bakcend", List.of("backend")).build());

        assertThat(told(judgement)).contains("write backend instead of bakcend");
    }

    @Test
    void doubtsWhenTheFilesHaveAResolverByNow() {
        MatterBuilder matter =
                logged("app.internal")
                        .seen(
                                Written.variablePass(
                                        "http://$backend",
                                        "app.internal",
                                        List.of(),
                                        setting(3, "resolver", "127.0.0.53")),
                                "configuration",
                                "nginx.conf");

        assertThat(told(CAUSE.judge(matter.build())))
                .contains("AGAINST the files have 'resolver 127.0.0.53'");
    }

    @Test
    void speaksWithoutAnyConfiguration() {
        assertThat(told(CAUSE.judge(logged("app.internal").build()))).contains("app.internal");
    }

    @Test
    void staysSilentWhenTheResolverWasAsked() {
        Judgement judgement =
                CAUSE.judge(
                        new MatterBuilder()
                                .trouble(Trouble.RESOLVE)
                                .name("app")
                                .logged(
                                        "upstream-name-could-not-be-resolved-host-not-found",
                                        "app could not be resolved (3: Host not found)",
                                        0,
                                        "")
                                .build());

        assertThat(judgement).isInstanceOf(Judgement.NotConcerned.class);
    }

    private static MatterBuilder missing(String name, List<String> blocks) {
        return logged(name)
                .seen(
                        Written.variablePass("http://$backend", name, blocks),
                        "configuration",
                        "nginx.conf");
    }

    private static MatterBuilder logged(String name) {
        return new MatterBuilder()
                .trouble(Trouble.RESOLVE)
                .name(name)
                .logged("no-resolver-defined", "no resolver defined to resolve " + name, 0, "");
    }

    private static SocketTable resolved() {
        return new SocketTable(
                MatterBuilder.NETWORK,
                List.of(
                        new Listener(
                                Address.parse("127.0.0.53:53", 53).orElseThrow(),
                                9,
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                List.of(),
                                101,
                                false,
                                OptionalLong.empty())),
                true);
    }
}
