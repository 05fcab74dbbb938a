using Tracebloc.Hosting;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Cli.Tests.Pushing;

/// <summary>A push that is interrupted leaves no pod, and the next one sends the rest.</summary>
public sealed class InterruptionTests : IAsyncLifetime
{
    private const int FileSize = 4 << 20;

    private readonly DataFolder _folder = DataFolder.OfImages();
    private PushScene _scene = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await PushScene.StartAsync(Cancelled);
        _scene.Manager.Report(PushTests.Succeeded());
        // Of an image its header and its end are looked at.
        foreach (var (at, name) in ((string[])["a", "b", "c"]).Index())
        {
            var noise = new byte[FileSize];
            new Random(at).NextBytes(noise);
            _folder.Add($"images/{name}.jpg", [.. SampleImages.Jpeg(64, 48), .. noise, 0xFF, 0xD9]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_interruption_in_staging_deletes_the_pod_and_the_next_push_sends_the_rest()
    {
        using var interruption = new CancellationTokenSource();
        _scene.When = (FileSize * 2, _ => interruption.Cancel());

        var interrupted = await PushAsync(interruption.Token, "--output", "json");
        Assert.Equal(
            (ExitCodes.Interrupted, "interrupted"), (interrupted.Code, (string)interrupted.Json["status"]!));
        Assert.EndsWith(
            "note: The push was interrupted before its submission; the same command sends what is missing\n",
            interrupted.Error);
        Assert.Empty(Staging.StagePodTests.Staged(_scene.Scene));
        Assert.Empty(_scene.Manager.Started);

        var second = await PushAsync(Cancelled, "--output", "json");

        Assert.Equal((CliExit.Done, "succeeded"), (second.Code, (string)second.Json["status"]!));
        var staged = second.Json["staged"]!;
        Assert.InRange((long)staged["sent_bytes"]!, 1, (long)staged["bytes"]! - FileSize);
        Assert.Equal(await File.ReadAllBytesAsync(_folder["images/c.jpg"], Cancelled), _scene.Staged()["images/c.jpg"]);
    }

    [Fact]
    public async Task A_stream_that_is_lost_goes_on_where_it_ended()
    {
        _scene.When = (FileSize * 2, session => session.Cut());

        var ran = await PushAsync(Cancelled, "--output", "json");

        Assert.Equal((CliExit.Done, null), (ran.Code, (string?)ran.Json["error"]));
        Assert.Contains("; going on where it ended\n", ran.Error);
        // The second is of the same pod; the third sweeps.
        Assert.Equal(3, _scene.Api.Count("get", "pods/exec"));
        Assert.Equal(1, _scene.Api.Count("create", "pods"));
        var staged = ran.Json["staged"]!;
        Assert.InRange((long)staged["sent_bytes"]!, 1, (long)staged["bytes"]! - FileSize);
    }

    [Fact]
    public async Task A_server_that_has_just_restarted_and_knows_no_roles_yet_is_asked_again()
    {
        _scene.When = (FileSize * 2, Restart);

        var ran = await PushAsync(Cancelled, "--output", "json");

        Assert.Equal((CliExit.Done, null), (ran.Code, (string?)ran.Json["error"]));

        void Restart(FakeExecSession session)
        {
            _scene.Api.Fail("get", "pods/exec", FakeFault.Status(403, "Forbidden", "is forbidden"));
            session.Cut();
        }
    }

    [Fact]
    public async Task A_pod_that_is_deleted_in_the_middle_is_an_error_with_the_remedy()
    {
        _scene.When = (FileSize, Delete);

        var ran = await PushAsync(Cancelled);

        Assert.Contains("has ended in the middle of the transfer: it was deleted; push again: what has", ran.Error);
        Assert.Equal(CliExit.Staging, ran.Code);
        Assert.Empty(_scene.Manager.Started);

        void Delete(FakeExecSession session)
        {
            _scene.Api.Delete($"pod/{session.Pod}");
            session.Cut();
        }
    }

    [Fact]
    public async Task A_program_that_ends_by_itself_is_described_by_its_own_words()
    {
        _scene.Api.OnExec(async (session, token) =>
        {
            await session.Errors.WriteAsync("10:15:00 ERR the volume is away\n"u8.ToArray(), token);
            return 1;
        });

        var ran = await PushAsync(Cancelled);

        Assert.Contains("exit status 1: 10:15:00 ERR the volume is away; push again", ran.Error);
        Assert.Empty(Staging.StagePodTests.Staged(_scene.Scene));
    }

    [Fact]
    public async Task An_interruption_while_the_run_is_followed_names_the_command_that_goes_on()
    {
        using var interruption = new CancellationTokenSource();
        await using var scene = await PushScene.StartAsync(Cancelled);
        scene.Manager.Accepted = _ => scene.Manager.Answer(_ =>
        {
            interruption.Cancel();
            return FakeReply.Never;
        });

        var ran = await scene.RunAsync(
            interruption.Token, "dataset", "push", _folder.Path, "--table", "cats_train", "--category",
            "image_classification", "--label-column", "label", "--output", "json");

        var key = Assert.Single(scene.Manager.Started);
        var message = $"Run {key} goes on by itself; follow it: tracebloc dataset watch {key}";
        Assert.Equal(
            (ExitCodes.Interrupted, "interrupted", message),
            (ran.Code, (string)ran.Json["status"]!, (string)ran.Json["error"]!));
        Assert.Contains($"note: {message}\n", ran.Error);
        Assert.Empty(Staging.StagePodTests.Staged(scene.Scene));
    }

    [Fact]
    public async Task An_interruption_of_the_submission_names_the_run_that_may_have_begun()
    {
        using var interruption = new CancellationTokenSource();
        _scene.Manager.AnswerSubmission(_ =>
        {
            interruption.Cancel();
            return FakeReply.Never;
        });

        var ran = await PushAsync(interruption.Token, "--output", "json");

        var key = (string)ran.Json["run"]!;
        Assert.Equal(
            (ExitCodes.Interrupted, $"The submission of run {key} was interrupted, and may have arrived; tracebloc "
                + $"dataset status {key} shows it"),
            (ran.Code, (string)ran.Json["error"]!));
    }

    [Fact]
    public async Task An_interruption_of_watch_names_the_command_that_goes_on()
    {
        using var interruption = new CancellationTokenSource();
        await using var scene = await PushScene.StartAsync(Cancelled);
        await scene.RunAsync(
            Cancelled, "dataset", "push", _folder.Path, "--table", "cats_train", "--category", "image_classification",
            "--label-column", "label", "--detach");
        var key = Assert.Single(scene.Manager.Started);
        var asked = 0;
        scene.Manager.Answer(
            _ =>
            {
                if (++asked == 1)
                    return FakeReply.Of(
                        200, $$"""{"state":"running","idempotency_key":"{{key}}","job_name":"j","namespace":"n"}""");
                interruption.Cancel();
                return FakeReply.Never;
            },
            times: 2);

        var ran = await scene.RunAsync(interruption.Token, "dataset", "watch", key);

        Assert.Equal(ExitCodes.Interrupted, ran.Code);
        Assert.EndsWith($"note: Run {key} goes on by itself; follow it: tracebloc dataset watch {key}\n", ran.Error);
    }

    [Fact]
    public async Task Two_pushes_of_one_data_set_do_not_mix()
    {
        var (second, isBusy) = (Task.FromResult<PushScene.Ran?>(null), new TaskCompletionSource());
        _scene.When = (FileSize, _ => StartSecond());

        var first = await PushAsync(Cancelled);
        await isBusy.Task.WaitAsync(Cancelled);
        var other = await second;

        Assert.Equal(CliExit.Done, first.Code);
        Assert.NotNull(other);
        // It met the transfer of the first, its run, or its data set; it never loaded anything again.
        Assert.Single(_scene.Manager.Started);
        Assert.Contains(other.Code, (int[])[CliExit.Done, CliExit.Staging]);
        Assert.Empty(Staging.StagePodTests.Staged(_scene.Scene));

        void StartSecond()
        {
            second = SecondAsync();
            isBusy.SetResult();
        }

        async Task<PushScene.Ran?> SecondAsync() => await PushAsync(Cancelled);
    }

    private Task<PushScene.Ran> PushAsync(CancellationToken token, params string[] args) => _scene.RunAsync(
        token,
        [
            "dataset", "push", _folder.Path, "--table", "cats_train", "--category", "image_classification",
            "--label-column", "label", "--compress", "never", .. args,
        ]);
}
