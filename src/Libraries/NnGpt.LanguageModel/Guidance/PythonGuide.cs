using NnGpt.LanguageModel.Sampling;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Guidance;

/// <summary>
/// Keeps a completion the beginning of a Python module (3.12, without match statements): a token that no module could go on with is
/// refused, and the completion may end only where a module may, with the contract met. A completion whose class Net has ended without its
/// methods is abandoned at once.
/// </summary>
/// <remarks>
/// Only tokens that are drawn are looked at, so a step costs one look and not one for each token of the vocabulary. An answer that begins
/// with a code fence is guided inside it; its end is the closing fence.
/// </remarks>
public sealed class PythonGuide : ICompletionGuide
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _contract;
    private Answer _answer;
    private (int Token, Answer Next)? _allowed;

    /// <summary>Guides one completion.</summary>
    /// <param name="tokenizer">Of the model.</param>
    /// <param name="contract">Whether the module has to define supported_hyperparameters and Net with its four methods before it ends.</param>
    public PythonGuide(Tokenizer tokenizer, bool contract)
    {
        (_tokenizer, _contract, _answer) = (tokenizer, contract, new Answer());
    }

    /// <summary>Guides a completion of a prompt: when the prompt begins a module the completion goes on with it, else it is one by itself.</summary>
    public static PythonGuide After(IReadOnlyList<int> prompt, Tokenizer tokenizer)
    {
        PythonGuide guide = new(tokenizer, contract: false);
        Answer answer = new();
        if (prompt.Where(token => !tokenizer.IsSpecial(token) && tokenizer.TokenOf(token) is not null).All(token => answer.Append(tokenizer.BytesOf(token))))
        {
            guide._answer = answer;
        }
        return guide;
    }

    /// <summary>Tokens that were refused.</summary>
    public int Refused { get; private set; }

    /// <inheritdoc/>
    public bool Allows(int token)
    {
        bool allowed;
        if (_tokenizer.IsSpecial(token))
        {
            allowed = _answer.MayEnd(_contract);
        }
        else if (_tokenizer.TokenOf(token) is null)
        {
            allowed = false; // a padded vocabulary: no text
        }
        else
        {
            Answer next = _answer.Copy();
            allowed = next.Append(_tokenizer.BytesOf(token)) && (!next.IsClosed || next.MayEnd(_contract));
            _allowed = allowed ? (token, next) : _allowed;
        }
        Refused += allowed ? 0 : 1;
        return allowed;
    }

    /// <inheritdoc/>
    public FinishReason? Accept(int token)
    {
        if (_allowed is { } allowed && allowed.Token == token)
        {
            _answer = allowed.Next;
        }
        else if (!_answer.Append(_tokenizer.BytesOf(token)))
        {
            return FinishReason.Abandoned;
        }
        _allowed = null;
        return _answer.IsClosed ? FinishReason.Stop : _contract && _answer.IsHopeless ? FinishReason.Abandoned : null;
    }
}
