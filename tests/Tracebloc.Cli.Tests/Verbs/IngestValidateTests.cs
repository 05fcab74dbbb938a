using Tracebloc.Hosting;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Verbs;

/// <summary>Every example through this program and through the ingestor: one verdict, in the same words.</summary>
public sealed class IngestValidateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("validate-");
    private readonly FakeTerminal _terminal = new();

    public static TheoryData<IngestExample> Examples => [.. IngestExample.Sound, .. IngestExample.WithFault];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Specification => Path.Combine(_folder.FullName, "ingest.yaml");

    public void Dispose()
    {
        _terminal.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task A_laptop_and_the_cluster_give_one_verdict(IngestExample example)
    {
        example.CopyTo(_folder.FullName);

        var code = await _terminal.RunAsync("ingest", "validate", Specification, "--data", _folder.FullName);
        var (codeThere, there) = await IngestorAsync(Specification, _folder.FullName);

        Assert.Equal(example.Fault is null ? (CliExit.Done, 0) : (CliExit.Local, 1), (code, codeThere));
        Assert.Equal(there, _terminal.Output);
    }

    [Fact]
    public async Task The_report_for_programs_has_every_finding()
    {
        IngestExample.WithFault.First(example => example.Fault == "Data").CopyTo(_folder.FullName);

        Assert.Equal(CliExit.Local, await _terminal.RunAsync(
            "ingest", "validate", Specification, Specification, "--data", _folder.FullName, "-o", "json"));

        Assert.Equal(2, _terminal.Json["files"]!.AsArray().Count);
        var file = _terminal.Json["files"]![0]!;
        Assert.False((bool)file["valid"]!);
        Assert.Contains(file["findings"]!.AsArray(), finding => (long)finding!["total"]! > 0);
        Assert.NotEmpty(_terminal.Error);
    }

    [Fact]
    public async Task Several_files_are_judged_each_and_the_gravest_gives_the_exit_code()
    {
        IngestExample.Sound[0].CopyTo(_folder.FullName);
        var other = Path.Combine(_folder.FullName, "other.yaml");
        await File.WriteAllTextAsync(other, "kind: X\n", Cancelled);

        Assert.Equal(CliExit.Usage, await _terminal.RunAsync("ingest", "validate", Specification, other));

        Assert.StartsWith($"{Specification}: valid: ", _terminal.Output);
        Assert.Contains($"{other}:1: kind: \"X\" is not supported; write IngestConfig\n", _terminal.Error);
        Assert.Contains($"warning: {other}: not valid: ", _terminal.Error);
    }

    [Fact]
    public async Task Processors_are_not_run_here_and_a_note_states_it()
    {
        await File.WriteAllTextAsync(
            Specification,
            "{apiVersion: tracebloc.io/v1, kind: IngestConfig, category: tabular_classification, table: t, "
            + "intent: train, csv: a.csv, label: kind, schema: {size: INT, kind: INT}, "
            + "spec: {processors: [{script: p.py, class: P}]}}",
            Cancelled);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "a.csv"), "raw\n1\n", Cancelled);

        Assert.Equal(0, await _terminal.RunAsync("ingest", "validate", Specification, "--data", _folder.FullName));

        Assert.StartsWith("Processors: note: spec.processors are not run on this machine", _terminal.Output);
        Assert.Contains(": valid with its data, columns not validated: ", _terminal.Output);
    }

    internal static async Task<(int Code, string Output)> IngestorAsync(string file, string folder)
    {
        using var stream = new MemoryStream();
        var verb = new ValidateVerb(_ => new ProgramContext(
            new ManualTimeProvider(), _ => null, new RecordingLogger(), new ResultWriter(() => stream)));
        var code = await verb.ExecuteAsync(new(file, folder, default, default), Cancelled);
        return (code, System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
