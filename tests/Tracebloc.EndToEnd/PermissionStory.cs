namespace Tracebloc.EndToEnd;

/// <summary>The rights of the worker's service account, by SelfSubjectAccessReview and by trying.</summary>
internal static class PermissionStory
{
    private const string Forbidden = "forbidden";

    public static async Task RunAsync(Release release, CancellationToken cancellationToken)
    {
        release.Reporter.Scene(9, "The worker's service account can do nothing beyond its Role");
        var account = $"{Accounts(release)}:{release.Name}-image-refresh";
        var own = (await ListAsync(release, account, cancellationToken))
            .Except(await ListAsync(release, $"{Accounts(release)}:anybody", cancellationToken));
        release.Reporter.Equal(
            "beyond what every account of the namespace may, it may get and patch two Deployments",
            $"""
            deployments.apps [] [{release.Name}-jobs-manager] [get patch]
            deployments.apps [] [{release.Name}-requests-proxy] [get patch]
            """,
            string.Join('\n', own.Order(StringComparer.Ordinal)));
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

    private static string Accounts(Release release) => $"system:serviceaccount:{release.Kubectl.Namespace}";

    private static async Task<IEnumerable<string>> ListAsync(
        Release release, string account, CancellationToken cancellationToken) =>
        (await release.Kubectl.RunAsync(
            ["auth", "can-i", "--list", $"--as={account}", "--no-headers"], cancellationToken))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

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

        release.Reporter.Claim(
            $"kubectl {attempt} is refused", answer.Contains(Forbidden, StringComparison.OrdinalIgnoreCase), answer);
    }
}
