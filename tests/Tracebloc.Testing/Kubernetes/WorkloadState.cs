using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The controllers' state of one workload.</summary>
internal sealed class WorkloadState(JsonObject template)
{
    internal List<FakeRollout> Rollouts { get; } = [];

    internal RolloutBehaviour Stands { get; private set; } = RolloutBehaviour.Completes;

    internal int Revision { get; private set; } = 1;

    /// <summary>The template being rolled out, or rolled out.</summary>
    internal JsonObject Template { get; private set; } = template;

    /// <summary>The last template whose pods got ready; while a rollout is under way, its pods do the work.</summary>
    internal JsonObject Healthy { get; private set; } = template;

    /// <summary>Why the server refuses the pods of the template; null when it does not.</summary>
    internal string? Refusal { get; private set; }

    /// <summary>No pod was ever let in.</summary>
    internal bool HasNoPods => Refusal is not null && ReferenceEquals(Template, Healthy);

    internal string Hash => HashOf(Template);

    internal string HealthyHash => HashOf(Healthy);

    internal FakeRollout Begin(string workload, JsonObject template)
    {
        (Revision, Template) = (Revision + 1, template);
        var rollout = new FakeRollout(workload, Rollouts.Count + 1, template.DeepClone().AsObject());
        Rollouts.Add(rollout);
        return rollout;
    }

    /// <summary>The rollout stops before its first pod.</summary>
    internal void Refuse(string why) => (Refusal, Stands) = (why, RolloutBehaviour.Progresses);

    internal void Stand(RolloutBehaviour behaviour)
    {
        (Refusal, Stands) = (null, behaviour);
        if (behaviour.IsComplete) Healthy = Template;
    }

    private static string HashOf(JsonObject template) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template.ToJsonString())))[..10];
}
