using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Checks;

/// <summary>The reason in an answer of jobs-manager that is no success.</summary>
internal static class ServerFault
{
    public static string Of(HttpAnswer answer) => $"{Line.Of(Detail(answer.Text))} ({answer.Status})";

    // jobs-manager answers with a detail; a proxy before it with whatever it likes.
    private static string Detail(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject fault && fault["detail"] is JsonValue detail
                && detail.TryGetValue<string>(out var reason)
                    ? reason
                    : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
