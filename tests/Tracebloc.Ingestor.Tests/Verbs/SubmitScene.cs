using System.Text;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing;
using Tracebloc.Testing.JobsManager;

namespace Tracebloc.Ingestor.Tests.Verbs;

/// <summary>A file, a token and a jobs-manager on loopback; the clock stands still.</summary>
internal sealed class SubmitScene : IAsyncDisposable
{
    public const string Houses =
        """
        apiVersion: tracebloc.io/v1
        kind: IngestConfig
        category: tabular_classification
        table: houses_train
        intent: train
        csv: /data/shared/in/houses.csv
        label: kind
        schema: {rooms: INT, kind: VARCHAR(10)}

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("submit-");
    private readonly Dictionary<string, string> _variables = [];

    private SubmitScene(FakeJobsManager manager) => Manager = manager;

    public FakeJobsManager Manager { get; }

    public ManualTimeProvider Time { get; } = new();

    public RecordingLogger Logger { get; } = new();

    public string File => At("ingest.yaml");

    public string TokenFile => At("token");

    public string TerminationLog => At("termination-log");

    public string Reason => System.IO.File.ReadAllText(TerminationLog);

    public SubmitOptions Options => new()
    {
        File = File,
        To = Manager.Address,
        TokenFile = TokenFile,
        Key = "houses-1",
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SubmitScene> StartAsync()
    {
        var scene = new SubmitScene(await FakeJobsManager.StartAsync(cancellationToken: Cancelled));
        await System.IO.File.WriteAllTextAsync(scene.File, Houses, Cancelled);
        await System.IO.File.WriteAllTextAsync(scene.TokenFile, $"{scene.Manager.Token}\n", Cancelled);
        await System.IO.File.WriteAllTextAsync(scene.TerminationLog, "", Cancelled);
        scene.Set("TERMINATION_LOG", scene.TerminationLog);
        return scene;
    }

    public string At(string name) => Path.Combine(_folder.FullName, name);

    public void Set(string name, string value) => _variables[name] = value;

    public async Task<(int Code, string Output)> SubmitAsync(SubmitOptions? options = null)
    {
        var written = new List<MemoryStream>();
        var verb = new SubmitVerb(_ => new ProgramContext(
            Time, _variables.GetValueOrDefault, Logger, new ResultWriter(Open)));
        // In real time, and only so that a test that would hang fails.
        var code = await verb.ExecuteAsync(options ?? Options, Cancelled).WaitAsync(Bound.OfWaits, Cancelled);
        return (code, string.Concat(written.Select(stream => Encoding.UTF8.GetString(stream.ToArray()))));

        MemoryStream Open()
        {
            written.Add(new MemoryStream());
            return written[^1];
        }
    }

    /// <summary>Ends the next pause: it is shorter than every deadline of a call.</summary>
    public async Task PassPauseAsync(TimeSpan longest)
    {
        var pause = await Time.WaitForTimerAsync(due => due <= longest, Cancelled);
        Time.Advance(pause);
    }

    public async ValueTask DisposeAsync()
    {
        await Manager.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
