using Tracebloc.Configuration;

namespace Tracebloc.ChartUpgrade.Helm;

/// <summary>The differences between helm versions.</summary>
internal sealed record HelmVersion(ChartVersion Number)
{
    // --reset-then-reuse-values came with it.
    private const string Oldest = "3.14.0";

    private bool IsThree => Number.Major == "3";

    /// <summary>The flag by which a failed upgrade rolls back.</summary>
    public string RollbackOnFailure => IsThree ? "--atomic" : "--rollback-on-failure";

    /// <summary>The flag by which a failed fetch of an index fails the command: Helm 3 only mentions it.</summary>
    public IReadOnlyList<string> FailOnFailedFetch => IsThree ? ["--fail-on-repo-update-fail"] : [];

    /// <summary>The options by which an upgrade or a rollback writes and waits.</summary>
    /// <remarks>
    /// <para>
    /// Helm 4 applies on the server's side where the release was made so. Then a digest that image refresh has set
    /// is a conflict; forced, it is refused for releases of Helm 3 ("forceConflicts enabled when serverSideApply
    /// disabled"), and a field that the API server defaulted is never removed, so that a Deployment that becomes
    /// <c>Recreate</c> is refused ("rollingUpdate: Forbidden"). The three-way merge of Helm 3 does right by both.
    /// </para>
    /// <para>
    /// Helm 4's watcher lists and watches every kind of the manifest, which no Role can narrow to names. The legacy one
    /// gets what it waits for by name and lists ReplicaSets.
    /// </para>
    /// </remarks>
    /// <seealso href="https://helm.sh/docs/overview/"/>
    public IReadOnlyList<string> Writing => IsThree ? ["--wait"] : ["--wait=legacy", "--server-side=false"];

    /// <exception cref="ConfigurationException">It does not run, or is too old.</exception>
    public static async Task<HelmVersion> AskAsync(HelmProcess helm, TimeSpan deadline, CancellationToken token)
    {
        var result = await helm.RunAsync(["version", "--short"], deadline, token);
        if (!result.Succeeded)
            throw new ConfigurationException($"helm version fails: {result.ErrorMessage(Redaction.None)}");
        // v4.1.4+g05fa379
        return ChartVersion.Parse(result.Output.Trim()) is { } number
            && number.CompareTo(ChartVersion.Parse(Oldest)) >= 0
            ? new(number)
            : throw new ConfigurationException($"helm {result.Output.Trim()} is not {Oldest} or newer; install that");
    }
}
