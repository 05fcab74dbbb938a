using System.Globalization;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Two connections that write the same objects at once.</summary>
[Collection(RealDatabases.Collection)]
public sealed class StoreRaceTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_newer_version_wins_whichever_connection_is_first(ServerKind kind)
    {
        const int rounds = 15, count = 20;
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);

        for (var round = 0; round < rounds; round++)
        {
            var some = Enumerable.Range(0, count).Select(at => new SomeObject
            {
                Uid = string.Create(CultureInfo.InvariantCulture, $"uid-{round}-{at}"),
            }).ToList();
            await Task.WhenAll(
                leader.WriteAsync(Token, some.Select(each => Version(each, 5))),
                leader.WriteAsync(Token, some.AsEnumerable().Reverse().Select(each => Version(each, 7))),
                leader.WriteAsync(Token, some.Select(each => Version(each, 6))));
        }

        Assert.Equal(
            [$"{rounds * count}\t7\t7"],
            await scene.RunAsync("SELECT COUNT(*), MIN(res_version), MAX(res_version) FROM gadget", Token));
        Assert.Equal(
            [$"{rounds * count}\tv\t7\t7"],
            await scene.RunAsync(
                "SELECT COUNT(*), MAX(`key`), MIN(`value`), MAX(`value`) FROM gadget_labels", Token));
        Assert.Equal(["0"], await scene.RunAsync("SELECT COUNT(*) FROM sync_errors", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_batch_that_loses_a_deadlock_is_repeated(ServerKind kind)
    {
        await using var scene = await StoreScene.StartAsync(databases[kind], Token);
        var leader = await scene.LeadAsync("pod-1", Token);
        SomeObject a = new() { Uid = "a" }, b = new() { Uid = "b" };
        await leader.WriteAsync(Token, a, b);
        await using var rival = await scene.Server.OpenAsync(SessionUse.Sharing, Token);
        Task<IReadOnlyList<WriteOutcome>>? writing = null;

        await rival.InTransactionAsync(
            async token =>
            {
                // The server ends the transaction that has changed less.
                await rival.ExecuteAsync(
                    new($"INSERT INTO gadget_labels (obj_uid, `key`, `value`) VALUES {Rows(200)}"), token);
                await rival.ExecuteAsync(new("UPDATE gadget SET colour = 'b' WHERE uid = 'b'"), token);
                writing = leader.WriteAsync(token, Version(b, 200), Version(a, 200));
                await scene.SeeAsync("SELECT uid%FOR UPDATE", token);
                await rival.ExecuteAsync(new("UPDATE gadget SET colour = 'a' WHERE uid = 'a'"), token);
            },
            Token);

        Assert.Equal(
            [WriteOutcome.Written, WriteOutcome.Written], await (writing ?? throw new InvalidOperationException()));
        Assert.Contains(scene.Log.Lines, line => line.Contains("(error 1213)", StringComparison.Ordinal));
        Assert.Equal(
            ["a\t200\tred", "b\t200\tred"], await scene.RunAsync("SELECT uid, res_version, colour FROM gadget", Token));
    }

    private static SomeObject Version(SomeObject some, int version) => some with
    {
        Version = (ulong)version,
        Labels = new Dictionary<string, string> { ["v"] = version.ToString(CultureInfo.InvariantCulture) },
    };

    private static string Rows(int count) =>
        string.Join(',', Enumerable.Range(0, count).Select(at => $"('rival', 'k{at}', '')"));
}
