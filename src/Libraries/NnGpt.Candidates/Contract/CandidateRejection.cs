namespace NnGpt.Candidates;

/// <summary>Why candidate code was rejected, in Python's words.</summary>
/// <param name="Reason">The closed reason.</param>
/// <param name="ErrorType">The Python error class, such as <c>RuntimeError</c>.</param>
/// <param name="Message">The error's message.</param>
/// <param name="Line">The candidate's own line nearest the error, from 1; 0 when unknown.</param>
public sealed record CandidateRejection(RejectionReason Reason, string ErrorType, string Message, int Line);
