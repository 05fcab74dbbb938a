using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The published program is ended by SIGTERM, as a pod is, and the next start completes its run.</summary>
[Collection(RealDatabases.Collection)]
public sealed class EndedRunTests(RealDatabases databases)
{
    private const string Texts = "text_classification";
    private const int Terminated = 143, Never = int.MaxValue, Files = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task A_run_that_is_terminated_in_a_load_completes_with_the_next_start(
        ServerKind kind, LoadMethod method)
    {
        await databases[kind].AllowLocalInfileAsync(method == LoadMethod.LocalInfile, Token);
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        var (counter, started) = (new CallCounter(), new TaskCompletionSource<ChildProgram>());
        var cancelled = new TaskCompletionSource();
        counter.BeforeAsync = async call =>
        {
            if (call.Target.StartsWith("KILL QUERY", StringComparison.Ordinal)) cancelled.TrySetResult();
            if (!IsLoad(call, method)) return;
            var child = await started.Task;
            await child.TerminateAsync();
            await Task.WhenAny(cancelled.Task, child.Result);
        };
        var (proxy, variables) = await scene.ProxyAsync(counter, Token);
        await using (proxy)
        {
            var child = scene.Start("tabular_regression", "key", variables);
            started.SetResult(child);
            (await child.Result).AssertExit(Terminated);
        }

        Assert.Equal(["loading"], await scene.QueryAsync("SELECT phase FROM tracebloc_ingest_v1_runs", Token));
        await scene.RunAsync("tabular_regression", "key");
        await AssertRowsAsync(scene, "houses_train", 120);
        await databases[kind].AllowLocalInfileAsync(false, Token);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_run_that_is_terminated_while_it_places_files_goes_on_with_them(ServerKind kind)
    {
        await using var whole = await RunScene.StartAsync(databases[kind], Token);
        await WriteFilesAsync(whole);
        var calls = (await whole.Trace(Texts, "key", "TERM", Never).Result).AssertExit(0).Output.Split('\n').ToList();
        var first = calls.FindIndex(call => call.StartsWith("close", StringComparison.Ordinal)
            && call.Contains("/data/file_", StringComparison.Ordinal)) + 1;
        Assert.InRange(first, 1, calls.Count - Files);
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await WriteFilesAsync(scene);

        (await scene.Trace(Texts, "key", "TERM", first).Result).AssertExit(Terminated);

        Assert.Equal(["placing"], await scene.QueryAsync("SELECT phase FROM tracebloc_ingest_v1_runs", Token));
        Assert.Empty(scene.FilesOf("letters_train"));
        Assert.Single(scene.Hidden());
        var result = await scene.RunAsync(Texts, "key");
        Assert.DoesNotContain("taking it back", result.Error, StringComparison.Ordinal);
        Assert.Equal(Files, scene.FilesOf("letters_train").Count(name => name != "tokenizer.json"));
        Assert.Empty(scene.Hidden());
        await AssertRowsAsync(scene, "letters_train", Files);
    }

    // So many that placing is not over when the program has seen the signal.
    private static async Task WriteFilesAsync(RunScene scene)
    {
        var names = Enumerable.Range(1, Files).Select(file => $"file_{file:d3}.txt").ToList();
        await scene.WriteAsync(
            Texts, "rows.csv", _ => $"filename,topic\n{string.Concat(names.Select((name, i) => $"{name},{i % 2}\n"))}");
        var texts = Path.Combine(scene.Example(Texts), "texts");
        Directory.Delete(texts, recursive: true);
        Directory.CreateDirectory(texts);
        foreach (var name in names) await scene.WriteAsync(Texts, $"texts/{name}", _ => "a letter");
    }

    private static async Task AssertRowsAsync(RunScene scene, string table, int rows)
    {
        Assert.Equal([$"{rows}\t{rows}\t1"], await scene.QueryAsync(
            $"SELECT COUNT(*), COUNT(DISTINCT data_id), COUNT(DISTINCT ingestor_id) FROM {table}", Token));
        Assert.Equal(rows, scene.Backend.Labels.Count);
        Assert.Single(scene.Backend.Datasets);
    }

    private static bool IsLoad(ProxiedCall call, LoadMethod method) => method == LoadMethod.LocalInfile
        ? call.Method == "FILE"
        : call.Target.StartsWith("INSERT INTO `houses_train`", StringComparison.Ordinal);
}
