using Microsoft.AspNetCore.Http;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>A request that is rejected, as Kubernetes words it.</summary>
/// <param name="code">The HTTP status.</param>
/// <param name="reason">Kubernetes' word for programs: <c>BadRequest</c>.</param>
/// <param name="message">The subject, the fault and the remedy.</param>
internal sealed class QueryException(int code, string reason, string message) : Exception(message)
{
    public int Code => code;

    public string Reason => reason;

    /// <summary>The object that the answer is about; null where it is about none.</summary>
    public StatusSubject? Subject { get; init; }

    /// <summary>There is no object of the name.</summary>
    public static QueryException NotFound(Kind kind, string name) =>
        new(StatusCodes.Status404NotFound, "NotFound", $"{kind.Type} \"{name}\" not found")
        {
            Subject = new StatusSubject { Name = name, Group = kind.Group, Kind = kind.Plural },
        };

    public static QueryException MethodNotAllowed(string message) =>
        new(StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", message);

    public static QueryException BadRequest(string message) =>
        new(StatusCodes.Status400BadRequest, "BadRequest", message);
}
