using Tracebloc.Hosting;
using Tracebloc.ModelUpload.Credentials;
using Tracebloc.ModelUpload.Verbs;
using Tracebloc.Testing;
using Tracebloc.Testing.ModelRegistry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ModelUpload.Tests.Verbs;

/// <summary>The program with a registry, a Model Registry with one artifact, and a volume with a model.</summary>
internal sealed class UploadScene : IAsyncDisposable
{
    private readonly RecordingLogger _log = new();
    private readonly MemoryStream _output = new();

    private UploadScene(FakeRegistry images, FakeModelRegistry models) =>
        (Images, Models, Folder) = (images, models, Directory.CreateTempSubdirectory());

    public FakeRegistry Images { get; }

    public FakeModelRegistry Models { get; }

    public DirectoryInfo Folder { get; }

    public string ArtifactId { get; private set; } = "";

    public Dictionary<string, string> Variables { get; } = [];

    public IReadOnlyList<string> Log => _log.Lines;

    public string Output => System.Text.Encoding.UTF8.GetString(_output.ToArray());

    public string Error { get; private set; } = "";

    public string TerminationMessage => File.ReadAllText(In("termination-log"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<UploadScene> StartAsync()
    {
        var images = await FakeRegistry.StartAsync(
            new FakeRegistryOptions
            {
                Authentication = FakeAuthentication.None,
                ListsReferrers = true,
                Uploads = new FakeUploadOptions(),
            },
            Token);
        var scene = new UploadScene(images, await FakeModelRegistry.StartAsync(cancellationToken: Token));
        var model = scene.Models.AddModel("""{"name":"m"}""");
        var version = scene.Models.AddVersion(model, """{"name":"1"}""");
        scene.ArtifactId = scene.Models.AddArtifact(version, """{"name":"weights","state":"UNKNOWN"}""");
        scene.Write("model/config.json", "{}");
        scene.Write("model/tok/config.json", "{ }");
        scene.Write("model/.gitattributes", "*");
        foreach (var (name, value) in scene.Defaults())
            scene.Variables[name] = value;
        return scene;
    }

    public string In(string path) => Path.Combine(Folder.FullName, path);

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path)) ?? "");
        File.WriteAllText(In(path), content);
    }

    public async Task<int> RunAsync(params IReadOnlyList<string> args)
    {
        _output.SetLength(0);
        using var console = new StringConsole((given, output, error, token) =>
            UploadCommands.RunAsync(Process(error), given, output, error, token));
        var code = await console.InvokeAsync(args, Token);
        Error = console.Error;
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await Images.DisposeAsync();
        await Models.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    private Dictionary<string, string> Defaults() => new()
    {
        ["MODEL_SYNC_SOURCE_TYPE"] = "pvc",
        ["MODEL_SYNC_SOURCE_PVC_PATH"] = In("model"),
        ["MODEL_SYNC_DESTINATION_OCI_URI"] = $"{Images.Host}/org/model:1.0",
        ["MODEL_SYNC_DESTINATION_OCI_FORMAT"] = "artifact",
        ["MODEL_SYNC_MODEL_ARTIFACT_ID"] = ArtifactId,
        ["MODEL_SYNC_REGISTRY_SERVER_ADDRESS"] = Models.Address.AbsoluteUri,
        ["MODEL_SYNC_REGISTRY_IS_SECURE"] = "false",
        ["MODEL_SYNC_STORAGE_PATH"] = In("scratch"),
        ["TERMINATION_MESSAGE_PATH"] = In("termination-log"),
    };

    private UploadProcess Process(TextWriter progress) => new(
        _ => new ProgramContext(
            TimeProvider.System,
            Variables.GetValueOrDefault,
            _log,
            new ResultWriter(() => new UnclosedStream(_output))),
        Variables,
        new MountedFiles(null),
        progress,
        null);

    private sealed class UnclosedStream(MemoryStream inner) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Write(ToArray());
            base.Dispose(disposing);
        }
    }
}
