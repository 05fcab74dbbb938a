using System.CommandLine;

namespace Tracebloc.CommandLine;

/// <summary>The two options that choose a cluster, as in kubectl.</summary>
public sealed class ClusterArguments
{
    /// <summary><c>--kubeconfig FILE</c>.</summary>
    public Option<string> Kubeconfig { get; } = new("--kubeconfig")
    {
        HelpName = "FILE",
        Description = "The kubeconfig to use. "
            + "Default: in a pod its service account, else $KUBECONFIG, else ~/.kube/config. "
            + "Example: --kubeconfig edge.yaml",
    };

    /// <summary><c>--context NAME</c>.</summary>
    public Option<string> Context { get; } = new("--context")
    {
        HelpName = "NAME",
        Description = "The kubeconfig's context to use. Default: its current-context. Example: --context edge-7",
    };

    /// <summary>Adds both to a verb.</summary>
    public void AddTo(Verb verb)
    {
        ArgumentNullException.ThrowIfNull(verb);
        verb.Add(Kubeconfig, Context);
    }

    /// <summary>The cluster that was chosen. As in kubectl, an empty value counts as absent.</summary>
    public ClusterOptions Of(ParseResult result) => new(Given(result, Kubeconfig), Given(result, Context));

    // Scripts pass on variables that are not set.
    private static string? Given(ParseResult result, Option<string> option) =>
        result.GetValue(option) is { Length: > 0 } value ? value : null;
}
