using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>How a rollout stands: what the controllers make of a new template.</summary>
/// <param name="WaitingReason">Why the new pods' container waits; null when all of them run.</param>
public sealed record RolloutBehaviour(string? WaitingReason)
{
    /// <summary>Every replica is updated and available at once.</summary>
    public static RolloutBehaviour Completes { get; } = new((string?)null);

    /// <summary>The first new pod starts and does not get ready.</summary>
    public static RolloutBehaviour Progresses { get; } = new("ContainerCreating");

    /// <summary>The controller has not looked yet: <c>observedGeneration</c> lags behind.</summary>
    public static RolloutBehaviour Unobserved { get; } = new("ContainerCreating") { IsObserved = false };

    /// <summary>The Deployment's controller gave up waiting (its condition says ProgressDeadlineExceeded).</summary>
    public static RolloutBehaviour ExceedsDeadline { get; } = new("ContainerCreating") { IsPastDeadline = true };

    /// <summary>The first new pod's image cannot be pulled.</summary>
    public static RolloutBehaviour CannotPull { get; } = new("ImagePullBackOff");

    /// <summary>The first new pod starts and dies, over and over.</summary>
    public static RolloutBehaviour Crashes { get; } = new("CrashLoopBackOff") { Restarts = 3 };

    public bool IsObserved { get; init; } = true;

    public bool IsPastDeadline { get; init; }

    public int Restarts { get; init; }

    /// <summary>Which container waits; null: the first.</summary>
    public string? Container { get; init; }

    public bool IsComplete => WaitingReason is null;
}

/// <summary>A new template on its way to the pods.</summary>
/// <param name="Workload">For example <c>deployment/web</c>.</param>
/// <param name="Number">Counted from 1; the workload's creation is not one.</param>
/// <param name="Template">The pod template.</param>
public sealed record FakeRollout(string Workload, int Number, JsonObject Template)
{
    /// <summary>A variable of a container in the template; null when it is not there.</summary>
    public string? Variable(string container, string name) =>
        (string?)Container(container)?["env"]?.AsArray().FirstOrDefault(e => (string?)e?["name"] == name)?["value"];

    /// <summary>The image of a container in the template; null when it is not there.</summary>
    public string? Image(string container) => (string?)Container(container)?["image"];

    private JsonNode? Container(string name) =>
        Template["spec"]?["containers"]?.AsArray().FirstOrDefault(c => (string?)c?["name"] == name);
}
