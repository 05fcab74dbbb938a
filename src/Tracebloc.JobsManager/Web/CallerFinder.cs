using Microsoft.AspNetCore.Http;
using Tracebloc.JobsManager.Access;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Web;

/// <summary>Finds the caller of a request by its bearer token.</summary>
internal sealed class CallerFinder(TokenReviewer reviewer)
{
    private const string Remedy =
        $"send Authorization: Bearer with the token of a service account, audience {TokenReviewer.Audience}";

    /// <summary>A route for callers with a valid token only.</summary>
    public Func<Call, CancellationToken, Task<Answer>> Required(
        Func<Caller, Call, CancellationToken, Task<Answer>> answer) => async (call, token) =>
    {
        if (BearerToken.Of(call.Request) is not { } bearer)
            return Unauthorized($"The request has no bearer token; {Remedy}");
        return await reviewer.FindAsync(bearer, token) is { } caller
            ? await answer(caller, call, token)
            : Unauthorized($"The token is not valid here; {Remedy}");
    };

    private static Answer Unauthorized(string detail) => JsonAnswer.Fault(StatusCodes.Status401Unauthorized, detail);
}
