package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final Offset<Double> EXACTLY = within(1e-12);

    @Test
    void findsNoErrorWhereAsManyAreRightAsWasSaid() {
        Calibration honest = Calibration.of(claims(0.75, 3, 4));

        assertThat(honest.expectedError()).isCloseTo(0, EXACTLY);
        assertThat(honest.sure()).isCloseTo(0.75, EXACTLY);
    }

    @Test
    void findsTheDistanceOfClaimsThatSayTooMuchAndOfThoseThatSayTooLittle() {
        assertThat(Calibration.of(claims(0.9, 1, 2)).expectedError()).isCloseTo(0.4, EXACTLY);
        assertThat(Calibration.of(claims(0.9, 2, 2)).expectedError()).isCloseTo(0.1, EXACTLY);
    }

    @Test
    void weighsBinsByTheirClaimsAndLetsNoneMakeGoodForAnother() {
        // Three sure of it by 0.95 and right, one by 0.55 and wrong: (3 * 0.05 + 1 * 0.55) / 4.
        List<Claim> claims =
                Stream.concat(claims(0.95, 3, 3).stream(), claims(0.55, 0, 1).stream()).toList();

        assertThat(Calibration.of(claims).expectedError()).isCloseTo(0.175, EXACTLY);
    }

    @Test
    void comparesWithTheMeanOfABinAndNotWithItsMiddle() {
        List<Claim> claims = DoubleStream.of(0.90, 0.98).mapToObj(p -> claim(p, true)).toList();

        Calibration.Bin last = Calibration.of(claims).bins().getLast();

        assertThat(last.sure()).isCloseTo(0.94, EXACTLY);
        assertThat(last.shareRight()).isCloseTo(1, EXACTLY);
    }

    @Test
    void hasTenBinsOfWhichEachBeginsWhereItSaysAndTheLastHoldsCertaintyAsWell() {
        List<Claim> claims =
                DoubleStream.of(0, 0.099, 0.1, 0.9, 1).mapToObj(p -> claim(p, false)).toList();

        List<Calibration.Bin> bins = Calibration.of(claims).bins();

        assertThat(bins)
                .extracting(Calibration.Bin::claims)
                .containsExactly(2, 1, 0, 0, 0, 0, 0, 0, 0, 2);
        assertThat(bins.get(3).from()).isEqualTo(0.3);
        assertThat(bins.get(3).to()).isEqualTo(0.4);
    }

    @Test
    void doesNotDependOnTheOrder() {
        List<Claim> claims = new ArrayList<>(claims(0.83, 2, 5));
        claims.addAll(claims(0.31, 1, 3));
        Calibration before = Calibration.of(claims);
        Collections.reverse(claims);

        assertThat(Calibration.of(claims).expectedError())
                .isCloseTo(before.expectedError(), EXACTLY);
    }

    @Test
    void isZeroOfNoClaims() {
        assertThat(Calibration.of(List.of()).expectedError()).isZero();
        assertThat(Calibration.of(List.of()).claims()).isZero();
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> claim(1.01, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> claim(Double.NaN, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Claim> claims(double probability, int right, int all) {
        return Stream.iterate(0, i -> i < all, i -> i + 1)
                .map(i -> claim(probability, i < right))
                .toList();
    }

    private static Claim claim(double probability, boolean right) {
        return new Claim("wrong-port", probability, right);
    }
}
