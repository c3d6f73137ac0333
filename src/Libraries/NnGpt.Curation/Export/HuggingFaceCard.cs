namespace NnGpt.Curation.Export;

/// <summary>What the card of a data set says that the data do not.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="License">Licence of the networks, by Hugging Face's identifiers; <c>unknown</c> when it is not known.</param>
/// <param name="ValidationShare">Share of the networks in the validation split, 0..1; 0: no such split.</param>
public sealed record HuggingFaceCard(string Name, string License, double ValidationShare);
