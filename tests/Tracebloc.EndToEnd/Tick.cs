using System.Text.Json.Nodes;

namespace Tracebloc.EndToEnd;

/// <summary>One Job of a CronJob that has come to its end.</summary>
internal sealed record Tick(string Job, bool Succeeded, int? ExitCode, string Log)
{
    public static bool IsOver(JsonNode job) => Verdict(job) is not null;

    /// <summary>The condition that ends a Job; null while it runs.</summary>
    public static string? Verdict(JsonNode job) => (job["status"]?["conditions"]?.AsArray() ?? [])
        .Where(condition => (string?)condition?["status"] == "True")
        .Select(condition => (string?)condition?["type"])
        .FirstOrDefault(type => type is "Complete" or "Failed");
}
