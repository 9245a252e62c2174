package dev.gatemend.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rooms of the house and what may not be in them, as ARCHITECTURE.md has it. */
class ArchitectureTest {
    private static final String ROOT = "dev.gatemend.";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.gatemend");

    /** Fewer would mean that the rules below look at nothing. */
    private static final Map<String, Integer> AT_LEAST =
            Map.of(
                    "model",
                    60,
                    "nginx",
                    40,
                    "host",
                    30,
                    "diagnosis",
                    30,
                    "watch",
                    20,
                    "lab",
                    20,
                    "cli",
                    20);

    @Test
    void sawTheWholeHouse() {
        AT_LEAST.forEach(
                (room, number) ->
                        assertThat(CLASSES.stream().filter(c -> inRoom(c, room)))
                                .as(room)
                                .hasSizeGreaterThanOrEqualTo(number));
    }

    @ParameterizedTest
    @CsvSource({
        "model,     nginx host diagnosis watch lab cli",
        "nginx,     host diagnosis watch lab cli",
        "host,      diagnosis watch lab cli",
        "diagnosis, host watch lab cli",
        "watch,     lab cli",
        "lab,       watch cli"
    })
    void aRoomUsesOnlyThoseBeforeIt(String room, String forbidden) {
        String[] packages =
                List.of(forbidden.split(" ")).stream()
                        .map(r -> ROOT + r + "..")
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        // Cause and its classes are one room: the list of causes is used by nobody else in it.
        slices().matching("dev.gatemend.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theModelKnowsNoLibraryAndTouchesNothing() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatemend.model..")
                .should()
                .dependOnClassesThat(
                        not(
                                resideInAnyPackage(
                                                "dev.gatemend.model..",
                                                "java.lang..",
                                                "java.math..",
                                                "java.util..",
                                                "java.time..",
                                                "org.jspecify..")
                                        .or(literalAddresses())))
                .check(CLASSES);
    }

    /** An address is read from its letters with {@code ofLiteral}; nothing is looked up. */
    private static DescribedPredicate<JavaClass> literalAddresses() {
        return equivalentTo(InetAddress.class);
    }

    @Test
    void namesAreResolvedOnTheHostOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.gatemend.model..", "dev.gatemend.nginx..", "dev.gatemend.diagnosis..")
                .should()
                .callMethod(InetAddress.class, "getByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getAllByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getCanonicalHostName")
                .orShould()
                .callMethod(InetAddress.class, "getHostName")
                .check(CLASSES);
    }

    @Test
    void aDiagnosisDependsOnNothingButTheSnapshot() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatemend.diagnosis..")
                // Reads tables that are part of the program, from its own jar.
                .and()
                .doNotHaveSimpleName("Catalogue")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.lang.foreign..")
                .orShould()
                .dependOnClassesThat(
                        resideInAPackage("java.io..").and(not(serializationOfLambdas())))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Clock.class,
                        InstantSource.class,
                        java.util.Random.class,
                        Thread.class,
                        ProcessBuilder.class,
                        Runtime.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    /**
     * When something is an incident, and when it is over, is tested at a time of the test's own.
     */
    @Test
    void whatTheWatchDecidesKnowsNoClockAndNoFile() {
        noClasses()
                .that()
                .haveNameMatching(
                        "dev\\.gatemend\\.watch\\."
                                + "(Concentration|Detection|Incident|IncidentIds|Incidents|Looks|Places|PlaceTraffic|Presence"
                                + "|RecentRequests|Rediagnosis|Severity|Story|Verdict|Verdicts)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio..", "java.sql..", "java.net..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, InstantSource.class, Thread.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> serializationOfLambdas() {
        return DescribedPredicate.describe(
                "Serializable", c -> c.getName().equals("java.io.Serializable"));
    }

    @Test
    void readingNginxTouchesNoHost() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatemend.nginx..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.nio\\.file\\.(Files|FileSystems|Paths)")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.lang.foreign..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Thread.class)
                .check(CLASSES);
    }

    /** The demonstration's application is a program of its own, in a process of its own. */
    @Test
    void onlyCommandsWriteToTheScreen() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.gatemend.cli..")
                .and()
                .doNotHaveSimpleName("DemoApplication")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void noShellAndNoStringBecomesACommand() {
        noClasses().should().callMethod(Runtime.class, "exec", String.class).check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(CLASSES);
    }

    private static boolean inRoom(JavaClass type, String room) {
        return type.getPackageName().equals(ROOT + room)
                || type.getPackageName().startsWith(ROOT + room + ".");
    }
}
