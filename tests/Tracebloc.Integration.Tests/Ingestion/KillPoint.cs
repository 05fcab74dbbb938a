using System.Collections.Concurrent;
using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The other end of the calls at which a run is killed.</summary>
public enum KillPlace
{
    Database,
    Volume,
    Backend,

    /// <summary>Kubernetes, which a run does not call.</summary>
    ApiServer,
}

/// <summary>A moment at which a run is killed.</summary>
/// <param name="Place">The other end of the call.</param>
/// <param name="Call">Counted from 1.</param>
/// <param name="IsAfter">True: the call was carried out, and the run has not seen its answer.</param>
public sealed record KillPoint(KillPlace Place, int Call, bool IsAfter)
{
    private const int Workers = 4;

    /// <summary>Both servers and all places that a run calls, for sweeps.</summary>
    public static TheoryData<ServerKind, KillPlace> Places => new(
        from kind in Enum.GetValues<ServerKind>()
        from place in (KillPlace[])[KillPlace.Database, KillPlace.Volume, KillPlace.Backend]
        select (kind, place));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A point that no run reaches: its calls are counted.</summary>
    public static KillPoint Never(KillPlace place) => new(place, int.MaxValue, IsAfter: false);

    /// <summary>
    /// Every point of a number of calls. The moment before a call of the volume is the one after the previous call.
    /// </summary>
    public static IEnumerable<KillPoint> Of(KillPlace place, int calls) =>
        from call in Enumerable.Range(1, calls)
        from isAfter in place == KillPlace.Volume ? new[] { true } : [false, true]
        select new KillPoint(place, call, isAfter);

    /// <summary>Has a program killed at this one of the calls that are counted.</summary>
    public void Arm(CallCounter counter, Task<ChildProgram> program) =>
        Arm(counter, async () => await (await program).KillAsync());

    /// <inheritdoc cref="Arm(CallCounter, Task{ChildProgram})"/>
    public void Arm(CallCounter counter, Func<Task> kill)
    {
        counter.BeforeAsync = call => KillAsync(call, isAfter: false);
        counter.AfterAsync = call => KillAsync(call, isAfter: true);

        async Task KillAsync(ProxiedCall call, bool isAfter)
        {
            if (call.Number != Call || isAfter != IsAfter) return;
            await kill();
            throw new IOException("the program is dead, and the call is not passed on");
        }
    }

    /// <summary>
    /// Kills at several points side by side: each has a database, a volume and a backend of its own. MySQL allows LOAD
    /// DATA LOCAL meanwhile.
    /// </summary>
    /// <param name="database">The server.</param>
    /// <param name="find">The points.</param>
    /// <param name="kill">True where the run was killed before it had ended: true at half of the points.</param>
    public static async Task SweepAsync(
        RealDatabase database, Func<Task<IReadOnlyList<KillPoint>>> find, Func<KillPoint, Task<bool>> kill)
    {
        await database.AllowLocalInfileAsync(database.Kind == ServerKind.MySql, Token);
        try
        {
            var (points, kills) = (await find(), 0);
            var queue = new ConcurrentQueue<KillPoint>(points);
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(queue, async point =>
            {
                if (await kill(point)) Interlocked.Increment(ref kills);
            })));
            TestContext.Current.SendDiagnosticMessage($"{database.Kind}: {kills} kills at {points.Count} points");
            Assert.True(kills > 1 && kills * 2 >= points.Count, $"{kills} kills at {points.Count} points");
        }
        finally
        {
            await database.AllowLocalInfileAsync(false, CancellationToken.None);
        }
    }

    private static async Task WorkAsync(ConcurrentQueue<KillPoint> queue, Func<KillPoint, Task> kill)
    {
        while (queue.TryDequeue(out var point))
            try
            {
                await kill(point);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new InvalidOperationException($"{point}: {failure.Message}", failure);
            }
    }
}
