namespace NnGpt.Candidates;

/// <summary>How a candidate's network is made and tried.</summary>
public enum CandidateContract
{
    /// <summary>
    /// <c>Net(in_shape, out_shape, prm, device)</c> with <c>train_setup(prm)</c> and <c>learn(train_data)</c>, and a module
    /// function <c>supported_hyperparameters()</c>.
    /// </summary>
    Lemur,

    /// <summary>The class Net, or else the last nn.Module class, made without arguments; forward only.</summary>
    Plain,
}
