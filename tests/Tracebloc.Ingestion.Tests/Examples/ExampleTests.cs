using Tracebloc.Configuration;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Examples;

/// <summary>
/// examples/ingest: sound data sets pass the validators of files, faulty ones give the message beside them. To accept
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
    public void Every_validator_of_files_has_an_example_that_it_refuses()
    {
        foreach (var rules in Categories.All)
        {
            var faults = IngestExample.WithFault.Where(example => example.Category == rules.Name);
            Assert.Equal(
                OfFiles(rules).Select(name => $"{name}").Order(StringComparer.Ordinal),
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
        var specification = IngestDocument.Read(example.Specification, errors);
        Assert.True(errors.IsEmpty, string.Join('\n', errors.InOrder()));
        Assert.NotNull(specification);
        Assert.Empty(specification.Warnings);
        var data = DatasetFolder.Of(specification, _folder.FullName);
        var all = new List<Findings>();
        foreach (var validator in FilesValidation.Of(specification, data).Folders)
        {
            all.Add(new(validator.Name));
            await validator.CheckAsync(all[^1], token);
        }

        all.AddRange(await ReadAsync(specification, data, token));
        return [.. all.SelectMany(findings => findings.First.Select(finding => $"{findings.Validator}: {finding}"))];
    }

    private static async Task<IReadOnlyList<Findings>> ReadAsync(
        IngestSpecification specification, DatasetFolder data, CancellationToken token)
    {
        var validators = FilesValidation.Of(specification, data).Rows;
        var findings = validators.Select(validator => new Findings(validator.Name)).ToList();
        var source = new SourceFile(data.Source, Path.GetFileName(data.Source));
        await using var reader = await RecordSource.OpenAsync(source, specification, token);
        foreach (var (at, validator) in validators.Index()) validator.Begin(reader.Header, findings[at]);
        while (await reader.ReadAsync(token) is { } batch)
        {
            using (batch)
            {
                Assert.Empty(batch.Faults);
                foreach (var (at, validator) in validators.Index()) validator.Look(batch, findings[at]);
            }
        }

        foreach (var (at, validator) in validators.Index()) validator.End(findings[at]);
        return findings;
    }

    private static IEnumerable<ValidatorName> OfFiles(CategoryRules rules) => rules.Validators.Where(name =>
        name is ValidatorName.FileType or ValidatorName.ImageResolution or ValidatorName.PascalVoc
            or ValidatorName.FilePairing or ValidatorName.KeypointAnnotation or ValidatorName.KeypointVisibility
            or ValidatorName.BioLabel or ValidatorName.Tokenizer or ValidatorName.FilesExist
        || (name == ValidatorName.RecordShape && rules.Fields is { IsAdvice: false }));
}
