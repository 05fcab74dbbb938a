using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>
/// The published program is killed at the calls that it makes to the API server and to the database while it starts and
/// accepts a submission. Started again and sent the same submission again, it has one run. MariaDB, whose calls are the
/// same, takes each third of the points.
/// </summary>
/// <remarks>
/// The watch and the probes make their calls at any time, so the call of a number is not the same one in each run; the
/// calls that write are found by what they are as well.
/// </remarks>
[Collection(RealDatabases.Collection)]
public sealed class CrashTests(RealCluster cluster, RealDatabases databases) : IClassFixture<RealCluster>
{
    private const int Third = 3;

    // The loop must have something to look at: the migrations, a review of a token, a row, three objects, the uid.
    private const int FewestCalls = 15, MostCalls = 200;

    public static TheoryData<ServerKind> Kinds => RealDatabases.Kinds;

    /// <summary>The calls of a submission that write, by method and a part of path or statement.</summary>
    public static TheoryData<string, string> Writes => new()
    {
        { "QUERY", "CREATE TABLE IF NOT EXISTS ingestion_runs" },
        { "QUERY", "INSERT INTO ingestion_runs" },
        { "POST", "/jobs" },
        { "POST", "/configmaps" },
        { "POST", "/secrets" },
        { "QUERY", "UPDATE ingestion_runs" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Killed_at_any_call_and_started_again_it_has_one_run(ServerKind kind)
    {
        await using var scene = await CrashScene.StartAsync(cluster, databases[kind]);
        var calls = await scene.CountAsync();
        Assert.InRange(calls, FewestCalls, MostCalls);
        var points =
            from number in Enumerable.Range(1, calls)
            from isAfter in new[] { false, true }
            select (Number: number, IsAfter: isAfter);
        var taken = points.Where((_, index) => index % (kind == ServerKind.MySql ? 1 : Third) == 0).ToList();
        var killed = new List<string>();
        foreach (var (number, isAfter) in taken)
            if (await scene.KillAtAsync(call => call.Number == number, isAfter) is { } call)
                killed.Add($"{number} {(isAfter ? "answered" : "unheard")}: {call}");
        TestContext.Current.SendDiagnosticMessage(
            $"{kind}: {calls} calls, killed at\n{string.Join('\n', killed)}");
        Assert.Equal(taken.Count, killed.Count);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Killed_at_a_call_that_writes_and_started_again_it_has_one_run(string method, string part)
    {
        await using var scene = await CrashScene.StartAsync(cluster, databases[ServerKind.MySql]);
        foreach (var isAfter in new[] { false, true })
            Assert.NotNull(await scene.KillAtAsync(
                call => call.Method == method && call.Target.Split('?')[0].Contains(part, StringComparison.Ordinal),
                isAfter));
    }
}
