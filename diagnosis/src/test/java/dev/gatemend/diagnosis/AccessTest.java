package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.AclEntry;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Identity;
import dev.gatemend.model.PathStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final int DEPLOY = 1000;
    private static final int WWW_DATA = 33;
    private static final int ADM = 4;
    private static final Identity WORKER =
            new Identity("www-data", WWW_DATA, WWW_DATA, List.of(ADM));
    private static final Identity ROOT = new Identity("root", 0, 0, List.of());

    @Test
    void rootMayConnectWhateverTheModeSays() {
        assertThat(Access.mayConnect(socket(0000, DEPLOY), ROOT)).isTrue();
    }

    @Test
    void connectingNeedsWritePermissionForTheClassTheUserIsIn() {
        assertThat(Access.mayConnect(socket(0660, DEPLOY), WORKER)).isFalse();
        assertThat(Access.mayConnect(socket(0660, WWW_DATA), WORKER)).isTrue();
        assertThat(Access.mayConnect(socket(0660, ADM), WORKER)).isTrue();
        assertThat(Access.mayConnect(socket(0662, DEPLOY), WORKER)).isTrue();
    }

    @Test
    void aMemberOfTheOwningGroupIsNotHelpedByWhatOthersMay() {
        assertThat(Access.mayConnect(socket(0606, WWW_DATA), WORKER)).isFalse();
    }

    @Test
    void aNamedUserEntryAdmitsWithinTheMask() {
        AclEntry user = new AclEntry(AclEntry.Kind.USER, WWW_DATA, 6);

        assertThat(Access.mayConnect(socket(0660, DEPLOY, user, mask(6)), WORKER)).isTrue();
        assertThat(Access.mayConnect(socket(0640, DEPLOY, user, mask(4)), WORKER)).isFalse();
    }

    @Test
    void withAnAclTheGroupDigitIsTheMaskAndGrantsNothingByItself() {
        AclEntry owningGroup = new AclEntry(AclEntry.Kind.GROUP, WWW_DATA, 4);
        AclEntry otherUser = new AclEntry(AclEntry.Kind.USER, 77, 6);

        assertThat(
                        Access.mayConnect(
                                socket(0660, WWW_DATA, owningGroup, otherUser, mask(6)), WORKER))
                .isFalse();
    }

    @Test
    void oneGroupEntryMustGrantAllThatIsWanted() {
        AclEntry writes = new AclEntry(AclEntry.Kind.GROUP, WWW_DATA, 2);
        AclEntry searches = new AclEntry(AclEntry.Kind.GROUP, ADM, 1);
        PathStep directory =
                new PathStep(
                        "/tmp/x",
                        FileKind.DIRECTORY,
                        0770,
                        0,
                        0,
                        "root",
                        "root",
                        List.of(writes, searches, mask(7)),
                        1,
                        1,
                        Optional.empty());

        assertThat(Access.mayCreateIn(directory, WORKER)).isFalse();
    }

    private static AclEntry mask(int permissions) {
        return new AclEntry(AclEntry.Kind.MASK, -1, permissions);
    }

    private static PathStep socket(int mode, int group, AclEntry... acl) {
        return new PathStep(
                "/run/app.sock",
                FileKind.SOCKET,
                mode,
                DEPLOY,
                group,
                "deploy",
                "g",
                List.of(acl),
                1,
                1,
                Optional.empty());
    }
}
