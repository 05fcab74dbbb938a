using System.Text.RegularExpressions;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The published <c>ingestor validate --data</c> on examples/ingest.</summary>
public sealed partial class ExampleValidationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("validate-");

    public static TheoryData<IngestExample> Sound => [.. IngestExample.Sound];

    public static TheoryData<IngestExample> Faulty => [.. IngestExample.WithFault];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Sound))]
    public async Task A_sound_example_is_valid_with_its_data(IngestExample example)
    {
        var result = (await ValidateAsync(example)).AssertExit(0);

        Assert.Contains($": valid with its data: {example.Category}, train rows of table ", result.Output);
        Assert.Empty(Faults(result));
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task A_faulty_example_gives_the_message_beside_it(IngestExample example)
    {
        var expected = await File.ReadAllLinesAsync(example.MessageFile, TestContext.Current.CancellationToken);

        var result = (await ValidateAsync(example)).AssertExit(1);

        Assert.Equal(expected.Select(WithoutToday), Faults(result).Select(WithoutToday));
        Assert.Contains(" is not valid: ", result.Output);
    }

    private Task<ProgramResult> ValidateAsync(IngestExample example)
    {
        RealParts.SkipWithout(RealParts.PublishedIngestor);
        example.CopyTo(_folder.FullName);
        var specification = Path.Combine(_folder.FullName, "ingest.yaml");
        return PublishedProgram.StartFile(
            RealParts.Ingestor, ["validate", specification, "--data", _folder.FullName]).Result;
    }

    // Notes and remarks about columns are no faults, and the verdict is the last line.
    private static IEnumerable<string> Faults(ProgramResult result) => result.Output.TrimEnd().Split('\n')
        .SkipLast(1)
        .Where(line => Fault().IsMatch(line));

    // The expected text has the date of a clock that stands still.
    private static string WithoutToday(string line) => Today().Replace(line, "is not before today, DATE;");

    [GeneratedRegex("^[A-Za-z]+: (?!note: )")]
    private static partial Regex Fault();

    [GeneratedRegex(@"is not before today, \d{4}-\d\d-\d\d;")]
    private static partial Regex Today();
}
