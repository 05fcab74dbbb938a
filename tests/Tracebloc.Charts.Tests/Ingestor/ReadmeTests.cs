using System.Text.RegularExpressions;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The README's example, its messages and its tables.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = IngestorChart.Chart.Read("README.md");

    [Fact]
    public async Task Its_ingest_yaml_is_accepted()
    {
        var chart = await IngestorChart.Chart.RenderAsync(IngestorChart.Bare(Example));

        Assert.Contains("\"table\": \"houses_train\"", IngestorChart.DocumentIn(chart));
    }

    [Fact]
    public async Task A_mistake_in_it_is_refused_as_the_readme_shows()
    {
        var refusal = await IngestorChart.Chart.RefusalAsync(
            IngestorChart.Bare(Example.Replace("intent: train", "intnet: train")));

        Assert.Contains(Lines(Readme).Single(line => line.StartsWith("- at ''", StringComparison.Ordinal)), refusal);
    }

    /// <summary>Those of 0.2.0, which had no schema.</summary>
    [Theory]
    [InlineData("image: {digest: ''}")]
    [InlineData("jobsManager: {endpoint: ''}")]
    [InlineData("serviceAccount: {create: false, name: ingestor}")]
    [InlineData("idempotencyKey: ''")]
    [InlineData("hookTimeoutSeconds: 30")]
    [InlineData("hookImage: {tag: 8.10.1}")]
    [InlineData("hookResources: {}")]
    public async Task A_value_of_an_earlier_version_is_refused_and_its_replacement_is_named(string values)
    {
        var key = values.Split(':')[0];

        Assert.Contains($"additional properties '{key}' not allowed", await IngestorChart.Chart.RefusalAsync(
            IngestorChart.Release(values)));
        Assert.Matches($@"\| .*`{key}[.`].* \| ", Readme);
    }

    [Fact]
    public async Task Its_table_of_timeouts_has_the_defaults()
    {
        var values = ValuesFile.Of(IngestorChart.Chart);
        var deadline = (await IngestorChart.HookAsync()).Spec["activeDeadlineSeconds"].Text;

        Assert.Contains(
            $"| `submit.timeout` | {values.Leaves.Single(key => key.Path == "submit.timeout").Default.Text} |", Readme);
        Assert.Contains($"| deadline of the hook's Job | {deadline}s |", Readme);
    }

    private static string Example => string.Join('\n', Lines(HereDocument().Match(Readme).Groups[1].Value));

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim());

    [GeneratedRegex(@"<<EOF\n([\s\S]*?)\n +EOF\n")]
    private static partial Regex HereDocument();
}
