using System.CommandLine;

namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>
/// Writes which methods a tick with nothing to do calls, for the compiler to prepare when the program is published.
/// </summary>
internal static class RecordCommand
{
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
        var list = stage.Write("called.txt", "");
        await meter.RunAsync(
            tick with { Environment = Recording.Variables(list).Union(tick.Environment).ToDictionary() },
            cancellationToken);
        var (profile, found, listed) = Recording.Profile(
            await File.ReadAllLinesAsync(list, cancellationToken), assemblies.FullName);
        await File.WriteAllBytesAsync(output.FullName, profile, cancellationToken);
        Console.WriteLine($"{output}: {found} of {listed} methods that a tick calls, {profile.Length / 1024} KiB");
    }
}
