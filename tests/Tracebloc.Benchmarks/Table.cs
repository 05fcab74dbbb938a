using System.Globalization;
using Spectre.Console;

namespace Tracebloc.Benchmarks;

/// <summary>The results for people.</summary>
internal static class Table
{
    private const int WidthWithoutTerminal = 110;

    public static void Print(IReadOnlyList<Result> results)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
        foreach (var result in results)
        {
            AnsiConsole.WriteLine();
            AnsiConsole.Write(Measurements(result));
            AnsiConsole.Write(Bars(result));
        }
    }

    private static Spectre.Console.Table Measurements(Result result)
    {
        var (scenario, traffic) = (result.Scenario, result.Traffic);
        var table = With(
            $"{scenario.Name}: {scenario.ImageCount} images, {scenario.Workloads.Count} workloads, "
            + "nothing to do; medians",
            ["", "runs", "wall ms", "CPU ms", "peak MiB"]);
        foreach (var one in result.Measured)
            table.AddRow(
                one.Contender,
                Number(one.Runs.Count),
                Number(one.Median.WallMs),
                Number(one.Median.CpuMs),
                Number(one.Median.PeakMiB));
        return table.Caption(
            $"{traffic.ApiReads} GETs and {traffic.ApiWrites} writes to the API server; "
            + $"{traffic.RegistryRequests} requests to registries, {traffic.TokenRequests} for tokens");
    }

    private static Spectre.Console.Table Bars(Result result)
    {
        var table = With(null, ["bar", "at most", "found", ""]);
        foreach (var bar in result.Bars)
            table.AddRow(
                new Text(bar.Name),
                new Text(Number(bar.Limit)),
                new Text(Number(bar.Actual)),
                new Markup(bar.Passes ? "[green]pass[/]" : "[red]FAIL[/]"));
        return table;
    }

    private static Spectre.Console.Table With(string? title, string[] columns)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Rounded };
        if (title is not null)
            table.Title(title);
        foreach (var (index, column) in columns.Index())
            table.AddColumn(column, cell => cell.Alignment = index == 0 ? Justify.Left : Justify.Right);
        return table;
    }

    private static string Number(double value) =>
        value.ToString(value < 10 ? "0.##" : "0.#", CultureInfo.InvariantCulture);
}
