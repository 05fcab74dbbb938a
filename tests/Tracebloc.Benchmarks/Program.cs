using System.CommandLine;
using System.Runtime.InteropServices;
using Tracebloc.Benchmarks;
using Tracebloc.Benchmarks.Ingest;
using Tracebloc.Benchmarks.Push;
using Tracebloc.Benchmarks.Submit;
using Tracebloc.Benchmarks.Sync;
using Tracebloc.Benchmarks.Ticks;

var runs = new Option<int?>("--runs")
{
    Description = "How often each contender runs, at least once. Default: 21, 5 of ingest, 3 of submit-shards "
        + "of push and sync; push-version and the rest of submit have fixed counts. Medians of fewer mean little.",
};
runs.Validators.Add(given =>
{
    if (given.GetValueOrDefault<int?>() < 1)
        given.AddError("--runs must be 1 or more.");
});
var only = new Option<string>("--only")
{
    Description = "One scenario, or ingest, submit, push or sync for all of a group. "
        + "Default: all but push, which needs a node, and sync.",
};
only.AcceptOnlyFromAmong(
[
    .. Scenario.All.Select(scenario => scenario.Name),
    IngestScenario.Group,
    .. IngestScenario.All.Select(scenario => scenario.Name),
    SubmitScenario.Group,
    .. SubmitScenario.All.Select(scenario => scenario.Name),
    PushScenario.Group,
    .. PushScenario.All.Select(scenario => scenario.Name),
    SyncScenario.Group,
    .. SyncScenario.All.Select(scenario => scenario.Name),
]);
var small = new Option<bool>("--small")
{
    Description = "Few rows, files and calls, to show that ingest, submit, push and sync work; "
        + "their ratios mean nothing.",
};
var objects = new Option<int?>("--objects")
{
    Description = "The objects of sync, which lists ten times as many rows. Default: 100,000.",
};
var minutes = new Option<double?>("--minutes") { Description = "The minutes of sync-load. Default: 5." };
var strict = new Option<bool>("--strict")
{
    Description = "Fail on every bar; else only on those that are counted, since a busy machine spoils the others.",
};
var command = new RootCommand("Measures the published programs against the real servers.")
{
    runs, only, small, objects, minutes, strict,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var name = arguments.GetValue(only);
    var results = new List<Result>();
    if (Scenario.All.Where(scenario => name is null || scenario.Name == name).ToList() is { Count: > 0 } ticks)
    {
        var rounds = new Rounds(arguments.GetValue(runs) ?? 21, WarmUps: 3);
        results.AddRange(await new TickBenchmark(TickParts.FromEnvironment(), rounds, Console.Error.WriteLine)
            .RunAsync(ticks, cancellationToken));
    }

    if (IngestScenario.All.Where(scenario => name is null or IngestScenario.Group || scenario.Name == name).ToList()
        is { Count: > 0 } ingests)
    {
        var rounds = new Rounds(arguments.GetValue(runs) ?? 5, WarmUps: 1);
        var size = arguments.GetValue(small) ? IngestSize.Small : IngestSize.Full;
        results.AddRange(await new IngestBenchmark(IngestParts.FromEnvironment(), rounds, Console.Error.WriteLine)
            .RunAsync(ingests, size, cancellationToken));
    }

    if (SubmitScenario.All.Where(scenario => name is null or SubmitScenario.Group || scenario.Name == name).ToList()
        is { Count: > 0 } submissions)
    {
        var rounds = new Rounds(arguments.GetValue(runs) ?? 3, WarmUps: 0);
        var size = arguments.GetValue(small) ? SubmitSize.Small : SubmitSize.Full;
        var benchmark = new SubmitBenchmark(
            SubmitParts.FromEnvironment(), IngestParts.FromEnvironment(), rounds, size, Console.Error.WriteLine);
        results.AddRange(await benchmark.RunAsync(submissions, cancellationToken));
    }

    if (PushScenario.All.Where(scenario => name == PushScenario.Group || scenario.Name == name).ToList()
        is { Count: > 0 } pushes)
    {
        var rounds = new Rounds(arguments.GetValue(runs) ?? 3, WarmUps: 0);
        var size = arguments.GetValue(small) ? PushSize.Small : PushSize.Full;
        results.AddRange(await new PushBenchmark(PushParts.FromEnvironment(), rounds, size, Console.Error.WriteLine)
            .RunAsync(pushes, cancellationToken));
    }

    if (SyncScenario.All.Where(scenario => name == SyncScenario.Group || scenario.Name == name).ToList()
        is { Count: > 0 } syncs)
    {
        var rounds = new Rounds(arguments.GetValue(runs) ?? 3, WarmUps: 0);
        var size = (arguments.GetValue(small) ? SyncSize.Small : SyncSize.Full)
            .With(arguments.GetValue(objects), arguments.GetValue(minutes));
        results.AddRange(await new SyncBenchmark(SyncParts.FromEnvironment(), rounds, size, Console.Error.WriteLine)
            .RunAsync(syncs, cancellationToken));
    }

    var report = new ReportJson(
        TimeProvider.System.GetUtcNow(), Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, results);
    Table.Print(results);
    Console.WriteLine(report.Write(Path.Combine("artifacts", "benchmark")));
    var failed = results.SelectMany(result => result.Bars)
        .Where(bar => !bar.IsMet && (bar.IsCount || arguments.GetValue(strict)));
    return failed.Any() ? 1 : 0;
});
return await command.Parse(args).InvokeAsync();
