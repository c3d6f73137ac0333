namespace NnGpt.Experiments.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>
    /// The value that a t variable stays below with the given probability, by bisection of the distribution
    /// function; exact to about 1e-12.
    /// </summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double Quantile(double probability, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        if (!(probability > 0 && probability < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "must lie between 0 and 1");
        if (probability < 0.5)
            return -Quantile(1 - probability, degreesOfFreedom);
        double low = 0;
        double high = 1;
        while (Cumulative(high, degreesOfFreedom) < probability)
            (low, high) = (high, high * 2);
        while (high - low > 1e-13 * high)
        {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
                break;
            if (Cumulative(middle, degreesOfFreedom) < probability)
                low = middle;
            else
                high = middle;
        }
        return low + (high - low) / 2;
    }

    /// <summary>
    /// Probability of a value of at most <paramref name="t"/>, by the finite series for whole degrees of freedom
    /// (Abramowitz and Stegun, 26.7.3 and 26.7.4).
    /// </summary>
    public static double Cumulative(double t, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        double angle = Math.Atan(t / Math.Sqrt(degreesOfFreedom));
        double cos = Math.Cos(angle);
        double central = degreesOfFreedom % 2 == 0
            ? Math.Sin(angle) * Series(1, 1, cos * cos, degreesOfFreedom - 2)
            : 2 / Math.PI * (angle + (degreesOfFreedom == 1 ? 0 : Math.Sin(angle) * Series(cos, 2, cos * cos, degreesOfFreedom - 2)));
        return 0.5 + central / 2;
    }

    // first + first * a/(a+1) * cos^2 + ... up to the power of cos that `last` gives.
    private static double Series(double first, int numerator, double cosSquared, int last)
    {
        double term = first;
        double sum = first;
        for (int power = numerator == 1 ? 2 : 3; power <= last; power += 2, numerator += 2)
        {
            term *= cosSquared * numerator / (numerator + 1);
            sum += term;
        }
        return sum;
    }
}
