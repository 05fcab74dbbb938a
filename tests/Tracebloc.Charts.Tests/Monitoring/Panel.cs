using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Monitoring;

/// <summary>One panel of the dashboard, with its place on a grid of 24 columns.</summary>
internal sealed record Panel(string Kind, string Title, string Unit, string Expression, string Legend, GridPlace Place)
{
    /// <summary>True when the panel stacks its series.</summary>
    public bool Stacks { get; private init; }

    public string Metric => PromQl.MetricsOf(Expression)[0];

    /// <summary>True when the panel shows the time since a moment that the metric holds.</summary>
    public bool ShowsAge => Expression.StartsWith("time() - ", StringComparison.Ordinal);

    /// <summary>True when the panel leaves out what is zero.</summary>
    public bool DropsZeros => Expression.EndsWith("> 0", StringComparison.Ordinal);

    public static IReadOnlyList<Panel> ReadAll(Manifest dashboard) =>
    [
        .. Node.Parse(dashboard["data"]["image-refresh.json"].Text)["panels"].Items.Select(panel => new Panel(
            panel["type"].Text,
            panel["title"].Text,
            panel.At("fieldConfig.defaults.unit").Text,
            panel["targets"].Items[0]["expr"].Text,
            panel["targets"].Items[0]["legendFormat"].Text,
            GridPlace.Of(panel["gridPos"]))
        {
            Stacks = panel.At("fieldConfig.defaults.custom.stacking.mode").Text == "normal",
        }),
    ];
}

/// <summary>Columns and rows of Grafana's grid.</summary>
internal sealed record GridPlace(int X, int Y, int Width, int Height)
{
    public static GridPlace Of(Node node) =>
        new(Number(node["x"]), Number(node["y"]), Number(node["w"]), Number(node["h"]));

    private static int Number(Node node) => int.Parse(node.Text, System.Globalization.CultureInfo.InvariantCulture);
}
