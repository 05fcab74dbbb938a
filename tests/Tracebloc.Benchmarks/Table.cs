using System.Globalization;
using Spectre.Console;
using static System.FormattableString;

namespace Tracebloc.Benchmarks;

/// <summary>The results for people.</summary>
internal static class Table
{
    private const int WidthWithoutTerminal = 110;

    public static void Print(IReadOnlyList<Result> results)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthWithoutTerminal;
        foreach (var result in results)
        {
            console.WriteLine();
            console.WriteLine(
                $"{result.Scenario}: {result.Subject}: "
                + string.Join(", ", result.Counts.Select(one => Invariant($"{one.Key} {one.Value:#,0.##}"))));
            console.Write(Measurements(result));
            console.Write(Bars(result));
        }
    }

    private static Spectre.Console.Table Measurements(Result result)
    {
        var table = With("medians", "runs", "wall ms", "CPU ms", "peak MiB");
        foreach (var one in result.Measured)
            table.AddRow(
                one.Contender,
                Number(one.Runs.Count),
                Number(one.Median.WallMs),
                Number(one.Median.CpuMs),
                Number(one.Median.PeakMiB));
        return table;
    }

    private static Spectre.Console.Table Bars(Result result)
    {
        var table = With("bar", "limit", "found", "is");
        foreach (var bar in result.Bars)
            table.AddRow(
                new Text(bar.Name),
                new Text(bar.IsLeast ? $"≥ {Number(bar.Limit)}" : $"≤ {Ratio(bar.Limit)}"),
                new Text(bar.IsLeast || bar.IsAmount ? Number(bar.Found) : Ratio(bar.Found)),
                new Markup(bar.IsMet ? "[green]met[/]" : "[red]NOT MET[/]"));
        return table;
    }

    private static Spectre.Console.Table With(params string[] columns)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Rounded };
        foreach (var (index, column) in columns.Index())
            table.AddColumn(column, cell => cell.Alignment = index == 0 ? Justify.Left : Justify.Right);
        return table;
    }

    private static string Ratio(double value) =>
        value is > 0 and < 1 ? $"1/{(1 / value).ToString("0.#", CultureInfo.InvariantCulture)}" : Number(value);

    private static string Number(double value) =>
        value.ToString(value < 10 ? "0.##" : "0.#", CultureInfo.InvariantCulture);
}
