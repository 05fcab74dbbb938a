using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Tests.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Docs;

/// <summary>docs/ingest-v1.md: the faults of rows that cannot be read.</summary>
public sealed class ReadingPageTests : IDisposable
{
    private static readonly MarkedPage Page = MarkedPage.IngestV1;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reading-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_documented_faults_are_those_of_the_readers() => Page.VerifyBlock(
        "ingest-reading",
        [
            .. await CheckAsync(
                "rows.csv", "petals,length,species\n3,1.5\n4,2.5,\"a\"b\n5,3.5,a\0b\n6,4.5,a,b\n"u8.ToArray()),
            .. await CheckAsync("latin.csv", [.. "petals,length,species\n3,1.5,"u8, 0xe9, .. "\n"u8]),
            .. await CheckAsync("twice.csv", "petals,length,petals\n3,1.5,a\n"u8.ToArray()),
            .. await CheckAsync("open.csv", "petals,length,species\n3,1.5,\"a\n4,2.5,b\n"u8.ToArray()),
            .. await CheckAsync(
                "rows.json",
                """
                [
                  {"petals": 3, "length": 1.5, "species": "a"},
                  {"petals": 4, "length": [2.5], "species": "b"},
                  {"petals": 5, "species": "c"}
                ]
                """u8.ToArray()),
        ]);

    private async Task<IReadOnlyList<string>> CheckAsync(string name, byte[] content)
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllBytesAsync(path, content, token);
        var text = SpecificationText.Of("tabular_classification");
        if (name.EndsWith(".json", StringComparison.Ordinal)) text = text.Replace("csv: ", "json: ");
        var specification = SpecificationText.Read(text);
        try
        {
            await using var records = await RecordSource.OpenAsync(new(path, name), specification, token);
            var result = await ValidationRun.RunAsync(
                new(specification, records, _folder.FullName, new ManualTimeProvider()), null, token);
            return
            [
                .. result.Findings.SelectMany(each => each.First.Select(finding => $"{each.Validator}: {finding}")),
            ];
        }
        catch (ReadingException exception)
        {
            return [$"Reading: {exception.Message}"];
        }
    }
}
