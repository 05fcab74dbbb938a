using System.Text.Json.Nodes;

namespace Tracebloc.EndToEnd;

/// <summary>Everything of the release runs where the restricted profile is enforced.</summary>
internal static class PodSecurityStory
{
    public static async Task RunAsync(Release release, CancellationToken cancellationToken)
    {
        release.Reporter.Scene(11, "The namespace enforces the restricted profile, as far as this version can");
        var answer = await TryAsync(release, cancellationToken);
        release.Reporter.Claim("a privileged pod is refused", answer.Contains("forbidden"), answer);
        var pods = await release.Kubectl.ListAsync(Kind.Pods, cancellationToken);
        var strangers = pods.Where(pod => PolicyOf(pod) != "tracebloc-e2e-restricted").Select(NameOf).ToList();
        release.Reporter.Claim(
            $"all {pods.Count} pods were admitted by the restricted policy", strangers is [] && pods.Count > 3,
            string.Join(", ", strangers));
    }

    /// <summary>As a service account of the release: whoever set the cluster up may do anything.</summary>
    private static async Task<string> TryAsync(Release release, CancellationToken cancellationToken)
    {
        var space = release.Kubectl.Namespace;
        var account = $"system:serviceaccount:{space}:intruder";
        await release.Kubectl.RunAsync(
            ["create", "rolebinding", "intruder", "--clusterrole=edit", $"--serviceaccount={space}:intruder"],
            cancellationToken);
        try
        {
            return await release.Kubectl.RunAsync(
                ["create", "--filename=-", $"--as={account}", $"--as-group=system:serviceaccounts:{space}"],
                cancellationToken,
                Manifest.Read("privileged-pod", ("NAMESPACE", space)));
        }
        catch (InvalidOperationException refused)
        {
            return refused.Message;
        }
    }

    private static string? PolicyOf(JsonNode pod) => (string?)pod["metadata"]?["annotations"]?["kubernetes.io/psp"];

    private static string? NameOf(JsonNode pod) => (string?)pod["metadata"]?["name"];
}
