namespace Tracebloc.EndToEnd;

/// <summary>What the worker's service account may do, by the API server's own word and by trying.</summary>
internal static class PermissionStory
{
    private const string Forbidden = "forbidden";

    /// <summary>Every account may ask what it may do and look at the API's own documents.</summary>
    private static readonly string[] Everybodys = ["selfsubject", "[/"];

    public static async Task TellAsync(Release release, CancellationToken cancellationToken)
    {
        release.Teller.Scene(9, "The worker's service account can do nothing beyond its Role");
        var account = $"system:serviceaccount:{release.Kubectl.Namespace}:{release.Name}-image-refresh";
        var list = await release.Kubectl.RunAsync(
            ["auth", "can-i", "--list", $"--as={account}", "--no-headers"], cancellationToken);
        var own = list.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !Everybodys.Any(line.Contains))
            .ToList();
        release.Teller.Say(string.Join('\n', own));
        release.Teller.Claim(
            "the list is two verbs on two Deployments",
            own is [var only] && only.StartsWith("deployments.apps ", StringComparison.Ordinal)
            && only.Contains($"[{release.Name}-jobs-manager {release.Name}-requests-proxy]")
            && only.TrimEnd().EndsWith("[get patch]", StringComparison.Ordinal),
            list);
        foreach (var attempt in Attempts(release.Name))
            await RefuseAsync(release, account, attempt, cancellationToken);
        await release.Kubectl.RunAsync(
            ["get", "deployment", $"{release.Name}-jobs-manager", $"--as={account}"], cancellationToken);
    }

    private static IEnumerable<string> Attempts(string release) =>
    [
        "get secrets",
        "get pods",
        "get deployments",
        "get deployment mysql-client",
        "delete pods --all",
        $"delete deployment {release}-jobs-manager",
        $"scale deployment mysql-client --replicas=0",
        "create configmap intruder",
        "get deployments --namespace=default",
        "get nodes",
    ];

    private static async Task RefuseAsync(
        Release release, string account, string attempt, CancellationToken cancellationToken)
    {
        var answer = "done";
        try
        {
            await release.Kubectl.RunAsync([.. attempt.Split(' '), $"--as={account}"], cancellationToken);
        }
        catch (InvalidOperationException refused)
        {
            answer = refused.Message;
        }

        release.Teller.Claim(
            $"kubectl {attempt} is refused", answer.Contains(Forbidden, StringComparison.OrdinalIgnoreCase), answer);
    }
}
