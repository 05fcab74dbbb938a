using System.CommandLine;
using System.Globalization;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Ingestor.Submitting;
using Tracebloc.Kubernetes;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>The options of <c>ingestor submit</c> that no other verb has.</summary>
internal static class SubmitArguments
{
    public static Option<Uri?> To() => new("--to")
    {
        HelpName = "URL",
        Description = "The address of jobs-manager; the token is sent to no other. Without TLS a name inside the "
            + "cluster only. Default: http://jobs-manager.NAMESPACE.svc:8080. Example: --to http://127.0.0.1:8080",
        CustomParser = result => JobsManagerAddress.Parse(Parsing.Value(result)) is (null, var fault)
            ? Parsing.Reject<Uri?>(result, $"--to \"{Parsing.Value(result)}\" {fault}.")
            : JobsManagerAddress.Parse(Parsing.Value(result)).Address,
    };

    public static Option<string> TokenFile() => new("--token-file")
    {
        HelpName = "FILE",
        Description = "The file of a service account's token, read for each attempt. Default: that of the pod. "
            + "Example: --token-file /var/run/secrets/tracebloc/token",
    };

    public static Option<string?> Key() => Parsing.Checked(
        "--key",
        "KEY",
        "The key of the run: submitted again with it, the same file is the same run. Default: it follows the file, the "
        + "image and the number of pods. Example: --key houses-2026",
        SubmissionRules.IsKey,
        "has other letters than A-Z a-z 0-9 . _ - or is longer than 64; choose another");

    public static Option<string?> ConfigMap() => Parsing.Checked(
        "--config-map",
        "NAME",
        "A ConfigMap whose uid becomes a part of the key: uninstalled and installed again is a new run. Default: none. "
        + "Example: --config-map my-dataset",
        name => KubernetesName.IsSubdomain(name),
        "is no name of a ConfigMap; write it as kubectl shows it");

    public static Option<string?> ImageDigest() => Parsing.Checked(
        "--image-digest",
        "DIGEST",
        "The digest of the ingestor's image. Default: that of the installation. Example: --image-digest sha256:4f53…",
        SubmissionRules.IsImageDigest,
        "is no digest; write sha256: and 64 digits of 0-9 a-f");

    public static Option<int?> Parallelism() => new("--parallelism")
    {
        HelpName = "NUMBER",
        Description = "The number of pods that load the data set. Default: 1. Example: --parallelism 4",
        CustomParser = result =>
            int.TryParse(Parsing.Value(result), NumberStyles.None, CultureInfo.InvariantCulture, out var pods)
            && pods is > 0 and <= SubmissionRules.MostPods
                ? pods
                : Parsing.Reject<int?>(
                    result,
                    $"--parallelism \"{Parsing.Value(result)}\" is no number from 1 to {SubmissionRules.MostPods}."),
    };

    public static Option<TimeSpan?> Timeout() => CommonOptions.OfDuration(
        "--timeout",
        "The longest time in which jobs-manager is away, as in a rollout. Default: 2m. Example: --timeout 5m");

    public static Option<bool> Wait() => new("--wait")
    {
        Description = "Wait for the end of the run: the exit code is 1 where it does not succeed. Default: off. "
            + "Example: --wait",
    };

    public static Option<TimeSpan?> WaitTimeout() => CommonOptions.OfDuration(
        "--wait-timeout",
        "The longest wait for the end of the run, which goes on after it. Default: 1h. Example: --wait-timeout 6h");

    public static Option<string?> Namespace() => Parsing.Checked(
        "--namespace",
        "NAMESPACE",
        "The namespace of jobs-manager and of the ConfigMap. Default: that of the pod, else of the kubeconfig's "
        + "context. Example: --namespace tracebloc",
        name => KubernetesName.IsLabel(name),
        "is no name of a namespace; write it as kubectl shows it");
}
