namespace NnGpt.Curation.Contract;

/// <summary>Why a source cannot be a candidate, as its text tells.</summary>
public enum ContractBreach
{
    /// <summary>It is no Python.</summary>
    Syntax,

    /// <summary>There is no class Net.</summary>
    NoNet,

    /// <summary>Net cannot be made with (in_shape, out_shape, prm, device).</summary>
    Constructor,

    /// <summary>Net has no forward(x).</summary>
    NoForward,

    /// <summary>Net has no train_setup(prm).</summary>
    NoTrainSetup,

    /// <summary>Net has no learn(train_data).</summary>
    NoLearn,

    /// <summary>There is no supported_hyperparameters().</summary>
    NoHyperparameters,
}
