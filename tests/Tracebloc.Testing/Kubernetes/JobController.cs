using System.Globalization;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// Plays the Job controller: keeps as many pods as the Job wants, and counts them. Its user holds the store's gate.
/// </summary>
internal sealed class JobController(FakeStore store, FakeServerVersion version, TimeProvider time)
{
    private int _pods;

    internal void Created(FakeObject job)
    {
        if (job.Type == FakeResourceType.Jobs) Settle(job);
    }

    /// <summary>The Job's own controller changes its status only, which settles nothing anew.</summary>
    internal void Changed(FakeObject before, FakeObject job)
    {
        if (job.Type == FakeResourceType.Jobs && !JsonNode.DeepEquals(before.Body["spec"], job.Body["spec"]))
            Settle(job);
    }

    internal void Deleted(FakeObject item)
    {
        if (item.Type != FakeResourceType.Jobs) return;
        foreach (var pod in Pods(item).ToList()) store.Delete(pod);
    }

    /// <summary>A pod is asked to end: it stays, with a time of deletion, until it has ended.</summary>
    internal void Terminate(FakeObject pod)
    {
        var body = pod.Body.DeepClone().AsObject();
        body["metadata"]!["deletionTimestamp"] = Now();
        store.Replace(pod, body, FakeWriter.Controller);
        Settle(JobOf(pod));
    }

    /// <summary>A pod has ended; with <c>Failed</c> or <c>Succeeded</c>.</summary>
    internal void Finish(FakeObject pod, string phase)
    {
        var body = pod.Body.DeepClone().AsObject();
        body["status"]!["phase"] = phase;
        store.Replace(pod, body, FakeWriter.Controller);
        if (FindJob(pod) is { } job) Settle(job);
    }

    private void Settle(FakeObject job)
    {
        var spec = job.Body["spec"]!;
        var counts = Count(job);
        var missing = Math.Min((int)spec["parallelism"]!, (int)spec["completions"]! - counts.Succeeded) - counts.Active;
        if ((string?)spec["podReplacementPolicy"] == "Failed") missing -= counts.Terminating;
        if (counts.Failed > (int)spec["backoffLimit"]!)
        {
            missing = 0;
            foreach (var pod in Pods(job).Where(IsRunning).ToList()) store.Delete(pod);
        }

        for (var i = 0; i < missing; i++) AddPod(job);
        var body = job.Body.DeepClone().AsObject();
        body["status"] = Status(job, Count(job));
        store.Replace(job, body, FakeWriter.Controller);
    }

    private JsonObject Status(FakeObject job, Counts counts)
    {
        var status = new JsonObject { ["startTime"] = (string?)job.Body["metadata"]!["creationTimestamp"] };
        foreach (var (name, count) in ((string, int)[])
            [("active", counts.Active), ("succeeded", counts.Succeeded), ("failed", counts.Failed)])
            if (count > 0) status[name] = count;
        if (version.HasPodReplacementPolicy) status["terminating"] = counts.Terminating;
        if (counts.Succeeded >= (int)job.Body["spec"]!["completions"]!)
            (status["conditions"], status["completionTime"]) = (Condition("Complete", null), Now());
        else if (counts.Failed > (int)job.Body["spec"]!["backoffLimit"]!)
            status["conditions"] = Condition("Failed", "BackoffLimitExceeded");
        return status;
    }

    private static JsonArray Condition(string type, string? reason)
    {
        var condition = new JsonObject { ["type"] = type, ["status"] = "True" };
        if (reason is not null) condition["reason"] = reason;
        return new(condition);
    }

    private Counts Count(FakeObject job)
    {
        var pods = Pods(job).ToList();
        int Of(Func<FakeObject, bool> condition) => pods.Count(condition);
        return new(
            Of(pod => IsRunning(pod) && !IsTerminating(pod)), Of(pod => IsRunning(pod) && IsTerminating(pod)),
            Of(pod => Phase(pod) == "Succeeded"), Of(pod => Phase(pod) == "Failed"));
    }

    private void AddPod(FakeObject job)
    {
        var template = job.Body["spec"]!["template"]!.DeepClone();
        var labels = template["metadata"]?["labels"]?.DeepClone().AsObject() ?? [];
        foreach (var prefix in (string[])(version.Minor >= 27 ? ["", "batch.kubernetes.io/"] : [""]))
            (labels[prefix + "controller-uid"], labels[prefix + "job-name"]) = (job.Uid, job.Name);
        store.Create(FakeResourceType.Pods, job.Namespace, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{job.Name}-{(++_pods).ToString("x5", CultureInfo.InvariantCulture)}",
                ["labels"] = labels,
                ["annotations"] = template["metadata"]?["annotations"]?.DeepClone() ?? new JsonObject(),
                ["ownerReferences"] = FakeOwner.ReferenceTo(job),
            },
            ["spec"] = template["spec"]!.DeepClone(),
            ["status"] = new JsonObject { ["phase"] = "Running" },
        }, FakeWriter.Controller);
    }

    private FakeObject JobOf(FakeObject pod) =>
        FindJob(pod) ?? throw new ArgumentException($"{pod.Name} is of no Job");

    private FakeObject? FindJob(FakeObject pod) =>
        store.Find(FakeResourceType.Jobs, pod.Namespace, Owner(pod, "name"));

    private IEnumerable<FakeObject> Pods(FakeObject job) =>
        store.List(FakeResourceType.Pods, job.Namespace).Where(pod => Owner(pod, "uid") == job.Uid);

    private static string Owner(FakeObject pod, string field) =>
        (string?)pod.Body["metadata"]?["ownerReferences"]?[0]?[field] ?? "";

    private static bool IsRunning(FakeObject pod) => Phase(pod) is "Pending" or "Running";

    private static bool IsTerminating(FakeObject pod) => pod.Body["metadata"]!["deletionTimestamp"] is not null;

    private static string? Phase(FakeObject pod) => (string?)pod.Body["status"]?["phase"];

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private sealed record Counts(int Active, int Terminating, int Succeeded, int Failed);
}
