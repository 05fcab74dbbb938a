using System.CommandLine;
using Tracebloc.CommandLine;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Finding;

/// <summary>The three options that choose a release, as in kubectl: kubeconfig, context and namespace.</summary>
internal sealed class ReleaseArguments
{
    private readonly ClusterArguments _cluster = new();

    private readonly Option<string?> _namespace = new("--namespace", "-n")
    {
        HelpName = "NAME",
        Description = "The namespace of the release. "
            + "Default: the context's, else the only one that has a release. Example: --namespace tracebloc",
        CustomParser = result => Parsing.Value(result) switch
        {
            // Scripts pass on variables that are not set.
            "" => null,
            var name when KubernetesName.IsLabel(name) => name,
            var name => Parsing.Reject<string>(
                result, $"\"{name}\" is no name of a namespace; use small letters, digits and dashes."),
        },
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Verb verb)
    {
        _cluster.AddTo(verb);
        verb.Add(_namespace);
    }

    public ReleaseOptions Of(ParseResult result) => new(_cluster.Of(result), result.GetValue(_namespace));
}

/// <summary>The choice of a release; null where the command line does not choose.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Namespace">The namespace.</param>
internal sealed record ReleaseOptions(ClusterOptions Cluster, string? Namespace);
