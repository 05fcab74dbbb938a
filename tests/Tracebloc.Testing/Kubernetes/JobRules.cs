using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Defaults and validation of Jobs and CronJobs.</summary>
internal static class JobRules
{
    private static readonly string[] Policies = ["Failed", "TerminatingOrFailed"];

    internal static void Apply(FakeServerVersion version, FakeResourceType type, JsonObject body)
    {
        if (body["spec"] is not JsonObject spec) return;
        if (type.Kind == "CronJob") ApplyToCronJob(spec);
        if (type != FakeResourceType.Jobs) return;
        Default(spec, "parallelism", 1);
        Default(spec, "completions", 1);
        Default(spec, "backoffLimit", 6);
        // A server drops the fields that it does not know.
        if (!version.HasPodReplacementPolicy) spec.Remove("podReplacementPolicy");
        else Default(spec, "podReplacementPolicy", spec["podFailurePolicy"] is null ? "TerminatingOrFailed" : "Failed");
        Validate(type, body, null);
    }

    internal static void Validate(FakeResourceType type, JsonObject body, FakeObject? before)
    {
        if (type != FakeResourceType.Jobs) return;
        var name = (string?)body["metadata"]?["name"] ?? "";
        var policy = (string?)body["spec"]?["podReplacementPolicy"];
        if (policy is not null && !Policies.Contains(policy))
            throw FakeStatusException.Invalid(type, name, "spec.podReplacementPolicy",
                $"Unsupported value: \"{policy}\": supported values: \"Failed\", \"TerminatingOrFailed\"");
        if (policy == "TerminatingOrFailed" && body["spec"]!["podFailurePolicy"] is not null)
            throw FakeStatusException.Invalid(type, name, "spec.podReplacementPolicy",
                "Unsupported value: \"TerminatingOrFailed\": supported values: \"Failed\"");
        if (before is not null && policy != (string?)before.Body["spec"]?["podReplacementPolicy"])
            throw FakeStatusException.Invalid(type, name, "spec.podReplacementPolicy",
                $"Invalid value: \"{policy}\": field is immutable");
        if ((string?)body["spec"]?["template"]?["spec"]?["restartPolicy"] is not ("Never" or "OnFailure"))
            throw FakeStatusException.Invalid(type, name, "spec.template.spec.restartPolicy",
                "Required value: valid values: \"OnFailure\", \"Never\"");
    }

    private static void ApplyToCronJob(JsonObject spec)
    {
        Default(spec, "concurrencyPolicy", "Allow");
        Default(spec, "suspend", false);
        Default(spec, "successfulJobsHistoryLimit", 3);
        Default(spec, "failedJobsHistoryLimit", 1);
    }

    private static void Default(JsonObject spec, string name, JsonNode value)
    {
        if (spec[name] is null) spec[name] = value;
    }
}
