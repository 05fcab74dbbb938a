using Tracebloc.Configuration;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Examples;

/// <summary>
/// examples/ingest: sound data sets pass, faulty ones give the message beside them. To accept
/// messages, run this class with <c>APPROVE=1</c> in the environment.
/// </summary>
public sealed class ExampleTests : IDisposable
{
    private const long MostBytes = 1_000_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("example-");

    public static TheoryData<IngestExample> Sound => [.. IngestExample.Sound];

    public static TheoryData<IngestExample> Faulty => [.. IngestExample.WithFault];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_category_has_an_example() => Assert.Equal(
        Categories.All.Select(rules => rules.Name).Order(StringComparer.Ordinal),
        IngestExample.Sound.Select(example => example.Category));

    [Fact]
    public void Every_validator_has_an_example_that_it_refuses()
    {
        foreach (var rules in Categories.All)
        {
            var faults = IngestExample.WithFault.Where(example => example.Category == rules.Name);
            Assert.Equal(
                OfData(rules).Select(name => $"{name}").Order(StringComparer.Ordinal),
                faults.Select(example => example.Fault).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void All_examples_together_are_small() => Assert.InRange(
        Directory.GetFiles(IngestExample.Root, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length),
        1,
        MostBytes);

    [Theory]
    [MemberData(nameof(Sound))]
    public async Task A_sound_example_passes(IngestExample example) => Assert.Empty(await CheckAsync(example));

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task A_faulty_example_gives_the_message_beside_it(IngestExample example)
    {
        var text = string.Concat((await CheckAsync(example)).Select(line => line + "\n"));

        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            await File.WriteAllTextAsync(example.MessageFile, text, TestContext.Current.CancellationToken);
        Assert.StartsWith(example.Fault ?? "", text);
        Assert.Equal(await File.ReadAllTextAsync(example.MessageFile, TestContext.Current.CancellationToken), text);
    }

    /// <summary>The lines of all findings, each behind its validator.</summary>
    private async Task<IReadOnlyList<string>> CheckAsync(IngestExample example)
    {
        var token = TestContext.Current.CancellationToken;
        example.CopyTo(_folder.FullName);
        var errors = new ConfigurationErrors("ingest.yaml");
        var specification = IngestDocument.Read(Path.Combine(_folder.FullName, "ingest.yaml"), errors);
        Assert.True(errors.IsEmpty, string.Join('\n', errors.InOrder()));
        Assert.NotNull(specification);
        Assert.Empty(specification.Warnings);
        var data = DatasetFolder.Of(specification, _folder.FullName);
        var source = new SourceFile(data.Source, Path.GetFileName(data.Source));
        await using var records = await RecordSource.OpenAsync(source, specification, token);
        var files = FilesValidation.Of(specification, data);
        var scratch = _folder.CreateSubdirectory(".scratch").FullName;
        var result = await ValidationRun.RunAsync(
            new(specification, records, scratch, new ManualTimeProvider())
            {
                Rows = files.Rows,
                Folders = files.Folders,
            },
            null,
            token);
        return
        [
            .. result.Findings.SelectMany(
                findings => findings.First.Select(finding => $"{findings.Validator}: {finding}")),
        ];
    }

    // A label that is no number is a fault of Label. What Duplicate looks for is no part of a data set.
    private static IEnumerable<ValidatorName> OfData(CategoryRules rules) => rules.Validators.Where(name => name switch
    {
        ValidatorName.Duplicate or ValidatorName.NumericLabel => false,
        ValidatorName.Data => rules.NeedsSchema,
        ValidatorName.RecordShape => rules.Fields is { IsAdvice: false },
        _ => true,
    });
}
