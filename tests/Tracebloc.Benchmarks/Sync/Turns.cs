namespace Tracebloc.Benchmarks.Sync;

/// <summary>Contenders that measure themselves, in turns, so that other work of the machine meets all alike.</summary>
internal static class Turns
{
    public static async Task<Race> RaceAsync(
        IReadOnlyList<(string Name, Func<CancellationToken, Task<Measurement>> Run)> contenders, Rounds rounds,
        CancellationToken token)
    {
        var runs = contenders.ToDictionary(each => each.Name, _ => new List<Measurement>());
        for (var round = -rounds.WarmUps; round < rounds.Measured; round++)
            foreach (var (name, run) in round % 2 == 0 ? contenders : contenders.Reverse())
            {
                var measurement = await run(token);
                if (round >= 0) runs[name].Add(measurement);
            }

        return new Race([.. contenders.Select(each => new Measured(each.Name, runs[each.Name]))]);
    }
}
