using System.CommandLine;

namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>
/// Writes which methods a tick with nothing to do calls, for the compiler to prepare when the program is published.
/// </summary>
internal static class RecordCommand
{
    /// <summary>Of 1. Below it the list has another form than is read here, or is of another program.</summary>
    private const double FewestFound = 0.9;

    private const int MostAttempts = 5;

    public static Command Create()
    {
        var assemblies = new Option<DirectoryInfo>("--assemblies")
        {
            Description = "What the published program is made of, as trimmed.",
            Required = true,
        };
        var output = new Option<FileInfo>("--output") { Description = "The profile to write.", Required = true };
        var command = new Command("record", "Records the methods that a tick with nothing to do calls.")
        {
            assemblies.AcceptExistingOnly(), output,
        };
        command.SetAction((arguments, cancellationToken) => RecordAsync(
            arguments.GetRequiredValue(assemblies), arguments.GetRequiredValue(output), cancellationToken));
        return command;
    }

    private static async Task RecordAsync(
        DirectoryInfo assemblies, FileInfo output, CancellationToken cancellationToken)
    {
        var parts = Parts.FromEnvironment();
        var scenario = Scenario.All.Single(one => one.IsUsual);
        await using var stage = await Stage.SetUpAsync(parts.KubeConfig, cancellationToken);
        var records = await stage.ArrangeAsync(scenario, cancellationToken);
        var meter = new Meter(parts.Meter);
        var tick = new Contenders(parts, stage, scenario).ImageRefresh(parts.KubeConfig);
        await meter.RunAsync(tick, cancellationToken);
        await stage.CheckAsync(records, cancellationToken);
        var list = await ListAsync(stage, meter, tick, cancellationToken);
        var (profile, found, listed) = Recording.Profile(list, assemblies.FullName);
        if (found < FewestFound * listed || listed == 0)
            throw new InvalidOperationException($"Only {found} of {listed} methods are known; nothing is written.");
        await File.WriteAllBytesAsync(output.FullName, profile, cancellationToken);
        Console.WriteLine($"{output}: {found} of {listed} methods that a tick calls, {profile.Length / 1024} KiB");
    }

    /// <summary>
    /// What the tick's JIT compiler lists. Threads write to that list without a lock, so that lines are torn, and about
    /// one program in ten is aborted as it ends, by a heap that the list has spoilt (.NET 10.0.12).
    /// </summary>
    private static async Task<IReadOnlyList<string>> ListAsync(
        Stage stage, Meter meter, Contender tick, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var list = stage.Write("called.txt", "");
            var recorded = tick with { Environment = Recording.Variables(list).Union(tick.Environment).ToDictionary() };
            try
            {
                await meter.RunAsync(recorded, cancellationToken);
                return await File.ReadAllLinesAsync(list, cancellationToken);
            }
            catch (InvalidOperationException) when (attempt < MostAttempts)
            {
                // The next one is as likely to come to its end.
            }
        }
    }
}
