using System.Text;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.ChartUpgrade.Verbs;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Testing;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>
/// Release <c>acme</c>, revision 1 of client-1.0.0, a repository that offers 1.1.0, and a helm by which all goes well.
/// A test answers otherwise where it matters.
/// </summary>
internal sealed class UpgradeFixture : IDisposable
{
    public static ChartUpgradeOptions Acme { get; } = new()
    {
        Release = "acme",
        Namespace = "tracebloc",
        Source = new ChartSource { Chart = "client", Repository = new Uri("https://charts.example.com/") },
        Cluster = new ClusterOptions(null, null),
    };

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public FakeHelm Helm { get; } = new();

    public ManualTimeProvider Time { get; } = new(Some.Now);

    public RecordingLogger Logger { get; } = new();

    public ChartUpgradeOptions Options { get; set; } = Acme;

    /// <summary>The program's standard output.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Gives the verbs that nobody has answered yet what a good day brings.</summary>
    public UpgradeFixture WithoutTrouble(params string[] except)
    {
        var earlier = Some.Now - TimeSpan.FromDays(1);
        foreach (var verb in new[] { "version", "history", "repo", "pull", "verify", "get", "rollback", "upgrade" }
            .Except(except))
            _ = verb switch
            {
                "version" => Helm.Says(verb, "v4.1.4+g05fa379"),
                "history" => Helm.Remembers(earlier, "deployed:client-1.0.0"),
                "repo" => Helm.Offers("1.0.0", "1.1.0"),
                "pull" => Helm.Does(verb, "echo chart > \"$6/client-$4.tgz\""),
                "get" => Helm.Says(verb, """{"clientPassword": "hunter2"}"""),
                _ => Helm.Does(verb, ""),
            };
        return this;
    }

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken? token = null)
    {
        using var output = new MemoryStream();
        var context = new ProgramContext(
            Time, name => name == "HELM" ? Helm.Program : null, Logger, new ResultWriter(() => output));
        try
        {
            return await ChartUpgradeCommand.ExecuteAsync(Options, context, token ?? Cancelled);
        }
        finally
        {
            Output = Encoding.UTF8.GetString(output.ToArray());
        }
    }

    public void Dispose() => Helm.Dispose();
}
