using System.Globalization;
using System.Security;
using System.Text;
using Tracebloc.Telemetry;

namespace Tracebloc.Charts.Tests.Monitoring;

/// <summary>The panels of the dashboard as SVG, drawn from the metrics of some ticks.</summary>
internal sealed class Picture(IReadOnlyList<IReadOnlyList<Metric>> ticks)
{
    private const int Column = 40, Row = 24, Gap = 6, Head = 26, Foot = 20, Left = 46;

    /// <summary>Seconds between the last tick and the moment of the picture.</summary>
    private const int SinceTheLastTick = 300;

    private static readonly string[] Colours = ["#5794f2", "#73bf69", "#ff9830", "#f2495c", "#b877d9", "#8ab8ff"];

    private readonly StringBuilder _svg = new();

    public string Draw(IReadOnlyList<Panel> panels)
    {
        var (width, height) = (24 * Column, panels.Max(panel => panel.Place.Y + panel.Place.Height) * Row);
        _svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" "));
        _svg.Append("font-family=\"sans-serif\" font-size=\"11\" fill=\"#444\">\n");
        _svg.Append("<title>Panels of the dashboard Image refresh, eight hours of a demo run</title>\n");
        foreach (var panel in panels)
            Draw(panel);
        return _svg.Append("</svg>\n").ToString();
    }

    private void Draw(Panel panel)
    {
        var box = new Box(
            panel.Place.X * Column, panel.Place.Y * Row,
            (panel.Place.Width * Column) - Gap, (panel.Place.Height * Row) - Gap);
        _svg.Append(Invariant($"<g transform=\"translate({box.X} {box.Y})\">\n"));
        _svg.Append(Invariant($"<rect width=\"{box.Width}\" height=\"{box.Height}\" "));
        _svg.Append("fill=\"#fff\" stroke=\"#ccc\"/>\n");
        Text(8, 17, panel.Title, "font-weight=\"bold\"");
        var series = Series.Of(panel, ticks);
        if (panel.ShowsAge)
            Text(
                box.Width / 2, (box.Height / 2) + 12, Format(panel, SinceTheLastTick),
                "font-size=\"28\" text-anchor=\"middle\"");
        else if (panel.Kind == "state-timeline")
            DrawStates(box, series[0].Values);
        else
            DrawLines(panel, box, series);
        _svg.Append("</g>\n");
    }

    /// <summary>A cell per tick, green or red, with the value where it changes.</summary>
    private void DrawStates(Box box, IReadOnlyList<double?> values)
    {
        foreach (var (tick, value) in values.Index())
        {
            var (x, end) = (Cell(tick), Cell(tick + 1));
            Fill(new(x, Head + 8, end - x, box.Height - Head - Foot - 8), value > 0 ? Colours[3] : Colours[1]);
            if (tick == 0 || values[tick - 1] != value)
                Text(x + 4, (box.Height / 2) + 8, Invariant($"{value}"), "fill=\"#fff\"");
        }
        Text(8, box.Height - 6, "8 h ago", "");
        Text(box.Width - 8, box.Height - 6, "now", "text-anchor=\"end\"");

        int Cell(int tick) => 8 + Round(tick * (box.Width - 16.0) / values.Count);
    }

    private void DrawLines(Panel panel, Box box, IReadOnlyList<Series> series)
    {
        var most = Math.Max(1, panel.Stacks
            ? ticks.Index().Max(tick => series.Sum(one => one.Values[tick.Index] ?? 0))
            : series.SelectMany(one => one.Values).Max() ?? 1);
        var plot = new Box(Left, Head, box.Width - Left - 10, box.Height - Head - Foot - 6);
        Text(Left - 4, Head + 8, Format(panel, most), "text-anchor=\"end\"");
        Text(Left - 4, Head + plot.Height, "0", "text-anchor=\"end\"");
        _svg.Append(Invariant($"<path d=\"M{Left} {Head}v{plot.Height}h{plot.Width}\" "));
        _svg.Append("fill=\"none\" stroke=\"#ccc\"/>\n");
        if (panel.Stacks)
            DrawBars(plot, series, most);
        else
            foreach (var (index, one) in series.Index())
                DrawLine(plot, one.Values, most, Colours[index % Colours.Length]);
        var x = Left;
        foreach (var (index, one) in series.Index())
        {
            Text(x, box.Height - 6, one.Legend, Invariant($"fill=\"{Colours[index % Colours.Length]}\""));
            x += 12 + (one.Legend.Length * 6);
        }
    }

    /// <summary>A bar per tick, of all series on top of each other.</summary>
    private void DrawBars(Box plot, IReadOnlyList<Series> series, double most)
    {
        foreach (var tick in Enumerable.Range(0, ticks.Count))
        {
            var (x, end) = (Cell(tick), Cell(tick + 1));
            var top = plot.Y + plot.Height;
            foreach (var (index, one) in series.Index())
            {
                var height = Round((one.Values[tick] ?? 0) * plot.Height / most);
                top -= height;
                if (height > 0)
                    Fill(new(x, top, end - x, height), Colours[index % Colours.Length]);
            }
        }

        int Cell(int tick) => plot.X + Round(tick * (double)plot.Width / ticks.Count);
    }

    private void DrawLine(Box plot, IReadOnlyList<double?> values, double most, string colour)
    {
        _svg.Append(Invariant($"<path d=\"{PathOf(values, plot, most)}\" fill=\"none\" stroke=\"{colour}\" "));
        _svg.Append("stroke-width=\"2\" stroke-linecap=\"round\"/>\n");
    }

    /// <summary>A line through the ticks that have a value; a tick without one breaks it.</summary>
    private static string PathOf(IReadOnlyList<double?> values, Box plot, double most)
    {
        var path = new StringBuilder();
        var isDrawing = false;
        foreach (var (tick, value) in values.Index())
        {
            if (value is { } height)
            {
                var (x, y) = (tick * (double)plot.Width / (values.Count - 1), plot.Height * (1 - (height / most)));
                path.Append(Invariant($"{(isDrawing ? 'L' : 'M')}{plot.X + Round(x)} {plot.Y + Round(y)}"));
                path.Append(isDrawing ? "" : "h0"); // A line of one tick is a dot.
            }
            isDrawing = value is not null;
        }
        return path.ToString();
    }

    private void Fill(Box box, string colour) => _svg.Append(Invariant(
        $"<rect x=\"{box.X}\" y=\"{box.Y}\" width=\"{box.Width}\" height=\"{box.Height}\" fill=\"{colour}\"/>\n"));

    private void Text(int x, int y, string text, string attributes)
    {
        var tag = Invariant($"text x=\"{x}\" y=\"{y}\" {attributes}").TrimEnd();
        _svg.Append(Invariant($"<{tag}>{SecurityElement.Escape(text)}</text>\n"));
    }

    private static string Format(Panel panel, double value) => panel.Unit != "s" ? Invariant($"{value}")
        : value < 3600 ? Invariant($"{value / 60} min") : Invariant($"{Math.Round(value / 3600, 1)} h");

    private static int Round(double value) => (int)Math.Round(value);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Box(int X, int Y, int Width, int Height);
}
