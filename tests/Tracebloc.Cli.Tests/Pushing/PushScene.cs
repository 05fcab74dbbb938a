using System.Text.Json.Nodes;
using Tracebloc.Cli.Terminal;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Net;
using Tracebloc.Testing;
using Tracebloc.Testing.JobsManager;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Cli.Tests.Pushing;

/// <summary>
/// A release whose staging pods start at once, and whose commands are the real receiver on a folder of this machine.
/// </summary>
internal sealed class PushScene : IAsyncDisposable
{
    // A call of jobs-manager that is repeated waits so long at most.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo _volume = Directory.CreateTempSubdirectory("volume-");

    private PushScene(Scene scene) => Scene = scene;

    public Scene Scene { get; }

    public FakeKubernetesApi Api => Scene.Api;

    public FakeJobsManager Manager => Scene.Manager;

    public string Volume => _volume.FullName;

    /// <summary>False: the creation of a pod is left to the faults of a test.</summary>
    public bool HasPods { get; set; } = true;

    /// <summary>The status that staging pods get at once.</summary>
    public string PodStatus { get; set; } =
        """{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}""";

    /// <summary>Called when a command has read so many bytes; null: never.</summary>
    public (long Bytes, Action<FakeExecSession> Do)? When { get; set; }

    public static async Task<PushScene> StartAsync(CancellationToken token)
    {
        var scene = new PushScene((await Scene.StartAsync(token)).With());
        scene.Api.Fail(
            call => scene.HasPods && call is { Verb: "create", Resource: "pods" },
            FakeFault.Then(call =>
            {
                if (!call.Query.ContainsKey("dryRun")) scene.Become((string)call.Json!["metadata"]!["name"]!);
                return Task.CompletedTask;
            }),
            times: 100);
        scene.Api.OnExec(scene.StageAsync);
        return scene;
    }

    /// <summary>Runs the program to its exit code.</summary>
    public async Task<Ran> RunAsync(CancellationToken token, params IReadOnlyList<string> args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        IReadOnlyList<string> all = [.. args, "--kubeconfig", Scene.Kubeconfig];
        var setup = new TerminalSetup
        {
            Input = new StringReader(""),
            Output = output,
            Error = error,
            Time = Scene.Time,
        };
        var code = await RunAsync(setup, all, token);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs the program by a clock that passes over its pauses.</summary>
    public async Task<Ran> RunWithPausesAsync(CancellationToken token, params IReadOnlyList<string> args)
    {
        var time = new ManualTimeProvider();
        Scene.Time = time;
        var running = RunAsync(token, args);
        while (!running.IsCompleted)
        {
            var pause = time.WaitForTimerAsync(due => due <= LongestPause, token);
            if (await Task.WhenAny(running, pause) == pause) time.Advance(await pause);
        }

        return await running;
    }

    /// <summary>Runs the program on a terminal to its exit code.</summary>
    public static async Task<int> RunAsync(TerminalSetup setup, IReadOnlyList<string> args, CancellationToken token)
    {
        try
        {
            return await App.CommandLine(options => new Screen(setup, options))
                .InvokeAsync(args, setup.Output, setup.Error, token)
                .WaitAsync(Bound.OfWaits, TestContext.Current.CancellationToken);
        }
        catch (Exception fault)
        {
            var code = fault is OperationCanceledException ? ExitCodes.Interrupted : Fault.ExitCodeOf(fault);
            App.Report(args, fault, code, setup.Output);
            if (fault is not OperationCanceledException) await setup.Error.WriteLineAsync(fault.Message);
            return code;
        }
    }

    /// <summary>Adds the pod of a run that has succeeded.</summary>
    /// <param name="job">Its Job.</param>
    /// <param name="log">The lines of its log.</param>
    public void AddRunPod(string job, params string[] log)
    {
        var pod = $"{job}-x";
        Api.Add(Manifests.Parse($$"""
            {
              "apiVersion": "v1", "kind": "Pod",
              "metadata": { "name": "{{pod}}", "labels": { "job-name": "{{job}}" } },
              "spec": { "containers": [{ "name": "ingestor", "image": "i" }] },
              "status": { "phase": "Succeeded" }
            }
            """));
        foreach (var line in log) Api.Log(pod, line);
    }

    /// <summary>The files of the only staging folder, by their paths.</summary>
    public IReadOnlyDictionary<string, byte[]> Staged()
    {
        var folder = Directory.EnumerateDirectories(Path.Combine(Volume, ".tracebloc-staging"))
            .Single(path => !path.Contains(".work-", StringComparison.Ordinal));
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes);
    }

    public async ValueTask DisposeAsync()
    {
        await Scene.DisposeAsync();
        _volume.Delete(recursive: true);
    }

    private void Become(string pod) =>
        Api.Edit($"pod/{pod}", body => body["status"] = Manifests.Parse(PodStatus));

    private async Task<int?> StageAsync(FakeExecSession session, CancellationToken token)
    {
        var verb = new StageVerb(
            _ => new ProgramContext(
                TimeProvider.System, _ => null, new RecordingLogger(), new ResultWriter(() => new MemoryStream())),
            () => new StagingStreams(new Counting(session, this), session.Output));
        var isSweep = session.Command[^1] == "--sweep";
        return await verb.ExecuteAsync(
            new StageOptions(isSweep ? null : session.Command[^1], Volume, false, isSweep, default), token);
    }

    /// <summary>The program's end and its two outputs.</summary>
    internal sealed record Ran(int Code, string Output, string Error)
    {
        public JsonNode Json => JsonNode.Parse(Output) ?? throw new InvalidOperationException("null");
    }

    /// <summary>The input of a command, which counts its bytes.</summary>
    private sealed class Counting(FakeExecSession session, PushScene scene) : AsyncStream
    {
        private long _read;

        public override bool CanRead => true;

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await session.Input.ReadAsync(buffer, cancellationToken);
            _read += count;
            if (scene.When is not { } when || _read < when.Bytes) return count;
            scene.When = null;
            when.Do(session);
            return count;
        }
    }
}
