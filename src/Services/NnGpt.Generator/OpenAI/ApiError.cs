using System.Text.Json.Serialization;

namespace NnGpt.Generator.OpenAI;

/// <summary>An error as the OpenAI API words it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Message">For people.</param>
/// <param name="Type">"invalid_request_error", "server_error", ...</param>
/// <param name="Param">The field that is wrong, or null.</param>
/// <param name="Code">For programs, or null.</param>
internal sealed record ApiError([property: JsonIgnore] int Status, string Message, string Type, string? Param = null, string? Code = null)
{
    public const string InvalidRequest = "invalid_request_error";

    public static ApiError Invalid(string message, string? param = null, string? code = null) => new(StatusCodes.Status400BadRequest, message, InvalidRequest, param, code);

    public static ApiError UnknownModel(string model) => new(
        StatusCodes.Status404NotFound, $"The model '{model}' does not exist.", InvalidRequest, "model", "model_not_found");

    public static ApiError Server(string message) => new(StatusCodes.Status500InternalServerError, message, "server_error");

    /// <summary>{"error": {"message", "type", "param", "code"}}</summary>
    public object ToBody() => new { error = this };

    public IResult ToResult() => Results.Json(ToBody(), ApiJson.Options, statusCode: Status);
}
