using System.Text.Json;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Tests;

/// <summary>Good defaults, so that a test changes one thing.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly RefreshPolicy Policy = new(
        FailureThreshold: 3, MaxRefreshAttempts: 3, RolloutTimeout: TimeSpan.FromMinutes(10));

    public static readonly Digest A = DigestOf('a');
    public static readonly Digest B = DigestOf('b');
    public static readonly Digest C = DigestOf('c');

    public static Digest DigestOf(char digit) => Digest.Parse("sha256:" + new string(digit, 64));

    public static TrackedImage Restarted(string name = "jobs-manager") => new()
    {
        Name = name,
        Image = ImageReference.Parse($"docker.io/tracebloc/{name}:prod"),
        Workload = new WorkloadReference(WorkloadKind.Deployment, "acme"),
        Action = new RefreshAction.Restart(),
    };

    public static TrackedImage EnvSet(string name = "ingestor") => new()
    {
        Name = name,
        Image = ImageReference.Parse($"ghcr.io/tracebloc/{name}:prod"),
        Workload = new WorkloadReference(WorkloadKind.Deployment, "acme"),
        Action = new RefreshAction.SetEnv("api", "INGESTOR_IMAGE_DIGEST"),
    };

    public static TrackedImage ImageSet(string name = "web") => new()
    {
        Name = name,
        Image = ImageReference.Parse($"registry.example.com/{name}:stable"),
        Workload = new WorkloadReference(WorkloadKind.Deployment, "acme"),
        Action = new RefreshAction.SetImage("web"),
    };

    /// <summary>With <c>onFailure: rollback</c>; a restart pins the container <c>api</c>.</summary>
    public static TrackedImage RollingBack(this TrackedImage image) => image with
    {
        OnFailure = OnFailure.Rollback,
        Action = image.Action is RefreshAction.Restart ? new RefreshAction.Restart("api") : image.Action,
    };

    /// <summary>The workload as it is observed for these images.</summary>
    public static WorkloadState Seen(
        Workload workload, RolloutStatus rollout, params IEnumerable<TrackedImage> images) =>
        WorkloadState.Of(workload, rollout, images);

    public static Fetched<Digest> Ok(Digest digest) => new() { Verdict = Verdict.Ok, Value = digest };

    public static Fetched<Digest> Away(string message = "ghcr.io is away") => new()
    {
        Verdict = Verdict.Transient,
        Message = message,
    };

    /// <summary>A settled Deployment with containers <c>api</c> and <c>web</c>.</summary>
    public static Workload Workload(params (string Key, string Value)[] annotations) => new()
    {
        Metadata = new WorkloadMetadata
        {
            ResourceVersion = "1",
            Generation = 1,
            Annotations = annotations.ToDictionary(pair => pair.Key, pair => pair.Value),
        },
        Spec = new WorkloadSpec
        {
            Replicas = 1,
            Template = new PodTemplate
            {
                Spec = new PodSpec
                {
                    Containers =
                    [
                        new Container { Name = "api", Image = "docker.io/tracebloc/jobs-manager:prod" },
                        new Container { Name = "web", Image = "registry.example.com/web:stable" },
                    ],
                },
            },
        },
        Status = new WorkloadStatus
        {
            ObservedGeneration = 1,
            Replicas = 1,
            UpdatedReplicas = 1,
            AvailableReplicas = 1,
        },
    };

    public static Workload WithEnv(this Workload workload, string? value, string container = "api") =>
        workload.Change(container, found => found with
        {
            Env = value is null ? null : [new EnvironmentVariable { Name = "INGESTOR_IMAGE_DIGEST", Value = value }],
        });

    public static Workload Change(this Workload workload, string name, Func<Container, Container> change)
    {
        var spec = workload.Spec.Template.Spec;
        var changed = spec.Containers.Select(container => container.Name == name ? change(container) : container);
        return workload.WithTemplate(workload.Spec.Template with { Spec = spec with { Containers = [.. changed] } });
    }

    public static Workload WithTemplate(this Workload workload, PodTemplate template) =>
        workload with { Spec = workload.Spec with { Template = template } };

    /// <summary>A change of the pod template by another manager.</summary>
    public static Workload WithManager(this Workload workload, string manager, DateTimeOffset time) => workload with
    {
        Metadata = workload.Metadata with
        {
            ManagedFields = JsonElement.Parse($$$"""
                [{"manager": "{{{manager}}}", "time": "{{{RefreshAnnotations.Time(time)}}}",
                  "fieldsV1": {"f:spec": {"f:template": {} } } }]
                """),
        },
    };

    public static Workload WithRestartMark(this Workload workload, DateTimeOffset at) =>
        workload.WithTemplate(workload.Spec.Template with
        {
            Metadata = new TemplateMetadata
            {
                Annotations = new Dictionary<string, string>
                {
                    [WorkloadPatch.RestartedAt] = RefreshAnnotations.Time(at),
                },
            },
        });
}
