using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The meaning of the hub's refusals: their status, and the code in <c>X-Error-Code</c>.</summary>
internal static class HubFault
{
    private const int LongestReason = 200;

    public static UploadException Of(WebAnswer answer, HubModel model, Uri page)
    {
        var reason = Describe(answer, model, page);
        return reason is null
            ? WebStatus.FaultOf(answer)
            : UploadException.OfSource($"{answer.Name} cannot be read: {reason}{Quote(answer)}");
    }

    private static string? Describe(WebAnswer answer, HubModel model, Uri page) =>
        (answer.Status, answer.Header("X-Error-Code")) switch
        {
            (_, "GatedRepo") =>
                $"the model is gated; accept its terms at {page} and set HF_TOKEN to a token of that account",
            (_, "RevisionNotFound") => $"the model has no revision {model.Revision}; check its spelling",
            (_, "RepoNotFound") or (404, null) =>
                $"there is no model {model.Repository}, or it is private; "
                    + "check its spelling, or set HF_TOKEN to a token that may read it",
            (_, "EntryNotFound") => "the revision has no such file",
            (401, _) when answer.Call.Token is not null =>
                "the hub refuses the token; set HF_TOKEN to one that is valid and may read the model",
            (401, _) => "the model is private or does not exist; set HF_TOKEN to a token that may read it",
            (403, _) => "the token may not read the model; give it read access, or set HF_TOKEN to another",
            _ => null,
        };

    private static string Quote(WebAnswer answer) =>
        answer.Header("X-Error-Message") is { Length: > 0 } message ? $" (\"{Line.Of(message, LongestReason)}\")" : "";
}
