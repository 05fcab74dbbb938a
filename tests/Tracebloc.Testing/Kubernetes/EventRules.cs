using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The server's validation of an Event of <c>events.k8s.io/v1</c>.</summary>
/// <seealso href="https://github.com/kubernetes/kubernetes/blob/v1.20.2/pkg/apis/core/validation/events.go"/>
internal static class EventRules
{
    // Go's time layout: six decimals, no fewer and no more, and Z or an offset.
    private const string MicroTime = "yyyy-MM-dd'T'HH:mm:ss.ffffffK";

    internal static void CheckNew(FakeResourceType type, string ns, JsonObject body)
    {
        if (type != FakeResourceType.Events) return;
        Require(body, Text(body["regarding"]?["namespace"]) is var at && (at == ns || (at == "" && ns == "default")),
            "involvedObject.namespace", "does not match");
        Require(body, IsMicroTime(body["eventTime"]), "eventTime", "Required value");
        Require(body, IsText(body["reportingController"], 63 + 253), "reportingController", "Required value");
        Require(body, IsText(body["reportingInstance"], 128), "reportingInstance", "can have at most 128 characters");
        Require(body, IsText(body["action"], 128), "action", "can have at most 128 characters");
        Require(body, IsText(body["reason"], 128), "reason", "can have at most 128 characters");
        Require(body, Encoding.UTF8.GetByteCount(Text(body["note"])) <= 1024, "message", "can have at most 1024 bytes");
        Require(body, Text(body["type"]) is "Normal" or "Warning", "type", "has invalid value");
        CheckSeries(body);
    }

    private static void CheckSeries(JsonObject body)
    {
        if (body["series"] is not { } series) return;
        Require(body, (int?)series["count"] >= 2, "series.count", "should be at least 2");
        Require(body, IsMicroTime(series["lastObservedTime"]), "series.lastObservedTime", "Required value");
    }

    private static void Require(JsonObject body, bool holds, string field, string message)
    {
        if (!holds)
            throw FakeStatusException.Invalid(FakeResourceType.Events, Text(body["metadata"]?["name"]), field, message);
    }

    private static bool IsText(JsonNode? value, int most) => Text(value) is { Length: > 0 } text && text.Length <= most;

    internal static bool IsMicroTime(JsonNode? value) => DateTimeOffset.TryParseExact(
        Text(value), MicroTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static string Text(JsonNode? value) => (string?)value ?? "";
}
