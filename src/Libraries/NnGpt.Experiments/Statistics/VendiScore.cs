using MathNet.Numerics.LinearAlgebra;

namespace NnGpt.Experiments.Statistics;

/// <summary>
/// How many different items a sample amounts to: the exponential of the entropy of the eigenvalues of K / n, where K holds the
/// similarities of its n items (D. Friedman and A. B. Dieng, "The Vendi Score", TMLR 2023). n when all are dissimilar, 1 when all
/// are the same; a mean of similarities hardly sees a few items repeated many times, this does.
/// </summary>
public static class VendiScore
{
    /// <summary>The score of a sample.</summary>
    /// <param name="similarity">
    /// n x n, symmetric, positive semidefinite, 1 on the diagonal; Jaccard similarities of sets are (J. C. Gower, Biometrics 27, 1971).
    /// </param>
    /// <returns>Between 1 and n; 0 of no items.</returns>
    public static double Of(double[,] similarity)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(similarity.GetLength(1), similarity.GetLength(0));
        int n = similarity.GetLength(0);
        if (n == 0)
            return 0;
        var eigenvalues = Matrix<double>.Build.DenseOfArray(similarity).Divide(n).Evd(Symmetricity.Symmetric).EigenValues;
        // Those that are zero come out as +-1e-17.
        return Math.Exp(-eigenvalues.Select(value => value.Real).Where(value => value > 0).Sum(value => value * Math.Log(value)));
    }
}
