using Tracebloc.Cli.Finding;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Checks;

/// <summary>
/// Makes every check, all side by side: one that fails keeps no other from its result. Nothing is changed.
/// </summary>
internal sealed class Doctor(ClusterSession session)
{
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<DoctorReport> RunAsync(CancellationToken token)
    {
        // Most checks need the release. One that cannot have it has no result; the release's own check has the reason.
        var release = new ReleaseFinder(session).FindAsync(token);
        var (server, volume) = (new ServerChecks(session), new VolumeChecks(session));
        var pods = new PodChecks(session);
        var checks = new (string Name, Func<CancellationToken, Task<CheckFinding>> Check)[]
        {
            ("api", server.ReachableAsync),
            ("clock", server.ClockAsync),
            ("release", async stop => Found(await release.WaitAsync(stop))),
            ("permissions", async stop => await server.PermissionsAsync(await NeedAsync(release, stop), stop)),
            ("jobs-manager", async stop => Ready(await NeedAsync(release, stop))),
            ("database", async stop => await server.DatabaseAsync(await NeedAsync(release, stop), stop)),
            ("schema", async stop => await server.SchemaAsync(await NeedAsync(release, stop), stop)),
            ("token", async stop => await server.TokenAsync(await NeedAsync(release, stop), stop)),
            ("volume", async stop => await volume.BoundAsync(await NeedAsync(release, stop), stop)),
            ("space", _ => Task.FromResult(VolumeChecks.Space())),
            ("image", async stop => await pods.ImageAsync(await NeedAsync(release, stop), stop)),
            ("staging", async stop => await pods.AdmissionAsync(await NeedAsync(release, stop), stop)),
        };
        return new DoctorReport(await Task.WhenAll(checks.Select(check => RunAsync(check.Name, check.Check, token))));
    }

    private static async Task<CheckResult> RunAsync(
        string name, Func<CancellationToken, Task<CheckFinding>> check, CancellationToken token)
    {
        var finding = await FindingOfAsync(check, token);
        return new CheckResult(name, finding.Status, finding.Message, finding.Remedy);
    }

    private static async Task<CheckFinding> FindingOfAsync(
        Func<CancellationToken, Task<CheckFinding>> check, CancellationToken token)
    {
        try
        {
            return await check(token);
        }
        catch (NoReleaseException)
        {
            return CheckFinding.Unknown("not checked, since the release is unknown", "see the check of the release");
        }
        catch (Exception e) when (IsForbidden(e))
        {
            return CheckFinding.Unknown(e.Message, "see the check of the permissions");
        }
        catch (KubernetesException e) when (ServerRemedy.For(e) is { } remedy)
        {
            return CheckFinding.Fail(e.Message, remedy);
        }
        catch (Exception e) when (e is CliException or KubernetesException)
        {
            return Split(e.Message);
        }
    }

    private static bool IsForbidden(Exception e) => e is KubernetesException { IsForbidden: true }
        or CliException { ExitCode: CliExit.NotPermitted, InnerException: KubernetesException { IsForbidden: true } };

    // An error ends with its remedy, after the last semicolon.
    private static CheckFinding Split(string message) =>
        message.LastIndexOf("; ", StringComparison.Ordinal) is > 0 and var at
        ? CheckFinding.Fail(message[..at], message[(at + 2)..])
        : CheckFinding.Fail(message, "see the message");

    private static async Task<Release> NeedAsync(Task<Release> release, CancellationToken token)
    {
        try
        {
            return await release.WaitAsync(token);
        }
        catch (Exception e) when (e is CliException or KubernetesException)
        {
            throw new NoReleaseException(e);
        }
    }

    private static CheckFinding Found(Release release) =>
        CheckFinding.Ok($"{release}, chart {release.ChartVersion ?? "unknown"}");

    private static CheckFinding Ready(Release release) => release.IsReady
        ? CheckFinding.Ok($"Deployment {release.Deployment} is ready")
        : CheckFinding.Fail(
            $"Deployment {release.Deployment} has no ready pod",
            $"kubectl describe deployment -n {release.Namespace} {release.Deployment} and the logs of its pods have "
            + "the reason");

    /// <summary>There is no release to check.</summary>
    private sealed class NoReleaseException(Exception cause) : Exception(cause.Message, cause);
}
