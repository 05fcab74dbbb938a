using Tracebloc.Cli.Describing;
using Tracebloc.Cli.Looking;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Verbs;

/// <summary>
/// Every example with a CSV, described by flags alone: a sound one is staged and validates there by the ingestor, a
/// faulty one is refused before anything is sent.
/// </summary>
public sealed class DescribedExampleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("described-");
    private readonly FakeTerminal _terminal = new();

    public static TheoryData<IngestExample> Sound => [.. IngestExample.Sound.Where(HasCsv)];

    public static TheoryData<IngestExample> Faulty => [.. IngestExample.WithFault];

    /// <summary>Types that do not fit the rows are no fault where they are inferred.</summary>
    public static TheoryData<IngestExample> FaultyFiles =>
        [.. IngestExample.WithFault.Where(HasCsv).Where(example => example.Fault is not ("Data" or "NumericColumns"))];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Local => Directory.CreateDirectory(Path.Combine(_folder.FullName, "local")).FullName;

    private string Stage => Directory.CreateDirectory(Path.Combine(_folder.FullName, "stage")).FullName;

    public void Dispose()
    {
        _terminal.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public async Task A_described_example_validates_where_it_is_staged(IngestExample example)
    {
        example.CopyTo(Local);

        var (dataset, result) = await DescribeAsync(Options(example));

        Assert.True(result.IsValid, ValidationText.Of(result));
        var request = dataset.For($"{StagedPaths.Root}/run");
        foreach (var file in request.Files())
        {
            var target = Path.Combine(Stage, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file.LocalPath, target);
            Assert.Equal(file.Size, new FileInfo(target).Length);
        }

        var yaml = Path.Combine(_folder.FullName, "ingest.yaml");
        await File.WriteAllTextAsync(yaml, request.Yaml, Cancelled);
        var (code, output) = await IngestValidateTests.IngestorAsync(yaml, Stage);
        Assert.True(code == 0, output);
        Assert.Contains(": valid with its data: ", output);
    }

    [Theory]
    [MemberData(nameof(FaultyFiles))]
    public Task A_faulty_example_is_refused_before_anything_is_sent(IngestExample example) =>
        RefusedAsync(example, () => Options(example));

    [Theory]
    [MemberData(nameof(Faulty))]
    public Task A_faulty_example_is_refused_with_its_own_description(IngestExample example) =>
        RefusedAsync(example, () => new() { Config = Path.Combine(Local, "ingest.yaml") });

    private async Task RefusedAsync(IngestExample example, Func<DescriptionOptions> options)
    {
        example.CopyTo(Local);

        try
        {
            var (_, result) = await DescribeAsync(options());
            Assert.False(result.IsValid);
        }
        catch (Exception fault) when (fault is CliException or ConfigurationException)
        {
            Assert.Contains(Fault.ExitCodeOf(fault), new[] { CliExit.Usage, CliExit.Local });
        }
    }

    private static bool HasCsv(IngestExample example) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(example.Specification)!, "rows.csv"));

    private static DescriptionOptions Options(IngestExample example)
    {
        var published = IngestDocument.Read(example.Specification, new ConfigurationErrors("published"))!;
        return new()
        {
            Category = published.Rules,
            Table = published.Table,
            LabelColumn = published.Label?.Column,
            TimeColumn = published.TimeColumn,
            NumberOfKeypoints = published.Files.NumberOfKeypoints,
            LabelPolicy = published.Rules.Label == LabelRule.RequiredWithPolicy ? published.Label?.Policy : null,
        };
    }

    private async Task<(LocalDataset Dataset, ValidationResult Result)> DescribeAsync(DescriptionOptions options)
    {
        var screen = _terminal.Screen();
        var dataset = await new DatasetDescriber(screen).DescribeAsync(LocalOrigin.Of(Local), options, Cancelled);
        var result = await new LocalValidation(screen).RunAsync(dataset!.Specification, dataset.Places, Cancelled);
        return (dataset, result);
    }
}
