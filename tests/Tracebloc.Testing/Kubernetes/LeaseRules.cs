using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The server's validation of a Lease.</summary>
/// <seealso href="https://github.com/kubernetes/kubernetes/blob/v1.20.2/pkg/apis/coordination/validation/validation.go"/>
internal static class LeaseRules
{
    internal static void Check(FakeResourceType type, JsonObject body)
    {
        if (type != FakeResourceType.Leases || body["spec"] is not { } spec) return;
        Require(body, (int?)spec["leaseDurationSeconds"] is null or > 0, "leaseDurationSeconds");
        Require(body, (int?)spec["leaseTransitions"] is null or >= 0, "leaseTransitions");
        foreach (var time in (string[])["acquireTime", "renewTime"])
            if (spec[time] is { } value && !EventRules.IsMicroTime(value))
                throw FakeStatusException.BadRequest($"parsing time {value} as \"2006-01-02T15:04:05.000000Z07:00\"");
    }

    private static void Require(JsonObject body, bool holds, string field)
    {
        if (!holds)
            throw FakeStatusException.Invalid(
                FakeResourceType.Leases, (string?)body["metadata"]?["name"] ?? "", $"spec.{field}",
                $"Invalid value: {body["spec"]![field]}: must be greater than 0");
    }
}
