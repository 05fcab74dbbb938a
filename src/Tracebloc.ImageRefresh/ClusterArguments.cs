using System.CommandLine;

namespace Tracebloc.ImageRefresh;

/// <summary>The two options that choose a cluster, as in kubectl.</summary>
internal sealed class ClusterArguments
{
    public Option<string> Kubeconfig { get; } = new("--kubeconfig")
    {
        HelpName = "FILE",
        Description = "The kubeconfig to use. "
            + "Default: in a pod its service account, else $KUBECONFIG, else ~/.kube/config. "
            + "Example: --kubeconfig edge.yaml",
    };

    public Option<string> Context { get; } = new("--context")
    {
        HelpName = "NAME",
        Description = "The kubeconfig's context to use. Default: its current-context. Example: --context edge-7",
    };

    // As in kubectl, an empty value is none: scripts pass on a variable that nobody has set.
    public ClusterOptions Of(ParseResult result) => new(Given(result, Kubeconfig), Given(result, Context));

    private static string? Given(ParseResult result, Option<string> option) =>
        result.GetValue(option) is { Length: > 0 } value ? value : null;
}
