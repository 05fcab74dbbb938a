using System.CommandLine;
using System.Runtime.InteropServices;
using Tracebloc.Benchmarks;

var runs = new Option<int>("--runs")
{
    Description = "How often each contender runs, at least once; medians of fewer than 21 say little.",
    DefaultValueFactory = _ => 21,
};
runs.Validators.Add(given =>
{
    if (given.GetValueOrDefault<int>() < 1)
        given.AddError("--runs must be 1 or more.");
});
var only = new Option<string>("--only") { Description = "One scenario instead of all." };
only.AcceptOnlyFromAmong([.. Scenario.All.Select(scenario => scenario.Name)]);
var strict = new Option<bool>("--strict")
{
    Description = "Fail on every bar; else only on those that are counted, since a busy machine spoils the others.",
};
var command = new RootCommand("Measures the published image-refresh against the real servers.")
{
    runs, only, strict,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var name = arguments.GetValue(only);
    var benchmark = new Benchmark(Parts.FromEnvironment(), arguments.GetValue(runs), Console.Error.WriteLine);
    var results = await benchmark.RunAsync(
        [.. Scenario.All.Where(scenario => name is null || scenario.Name == name)], cancellationToken);
    var report = new ReportJson(
        TimeProvider.System.GetUtcNow(), Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, results);
    Table.Print(results);
    Console.WriteLine(report.Write(Path.Combine("artifacts", "benchmark")));
    var failed = results.SelectMany(result => result.Bars)
        .Where(bar => !bar.IsMet && (bar.IsCount || arguments.GetValue(strict)));
    return failed.Any() ? 1 : 0;
});
return await command.Parse(args).InvokeAsync();
