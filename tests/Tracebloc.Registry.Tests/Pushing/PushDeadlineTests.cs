using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

public sealed class PushDeadlineTests
{
    [Fact]
    public async Task The_time_for_an_answer_grows_with_the_blob()
    {
        await using var fixture = await PushFixture.StartAsync(profile: new RegistryProfile { Name = "OCI" });
        fixture.Registry.When(request => request.Method == "PUT", FakeReply.Never, times: 1);
        var options = new PushOptions { BytesPerSecond = 100 };
        var blob = new SampleBlob(5000);
        var pushing = fixture.Client.PushBlobAsync(
            fixture.Repository, blob.Known, options, PushFixture.Cancellation);

        await fixture.Time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(60), PushFixture.Cancellation);
        fixture.Time.Advance(TimeSpan.FromSeconds(60));

        fixture.AssertPushed(blob.Bytes, await fixture.ThroughPausesAsync(pushing));
    }

    [Fact]
    public async Task A_slow_source_is_not_bounded_by_the_registrys_deadlines()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(5000);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource<Stream>());
        var content = blob.Sized with
        {
            Open = (_, token) =>
            {
                asked.SetResult();
                return answer.Task.WaitAsync(token);
            },
        };
        var pushing = fixture.Client.PushBlobAsync(
            fixture.Repository, content, new PushOptions(), PushFixture.Cancellation);

        await asked.Task.WaitAsync(PushFixture.Cancellation);
        fixture.Time.Advance(TimeSpan.FromHours(5));
        answer.SetResult(new MemoryStream(blob.Bytes));

        fixture.AssertPushed(blob.Bytes, await pushing);
    }

    [Fact]
    public async Task Attempts_without_progress_end()
    {
        await using var fixture = await PushFixture.StartAsync();
        fixture.Registry.When(request => request.Method == "PATCH", FakeReply.Of(503));

        var pushed = await fixture.PushAsync(new SampleBlob(100).Sized, new PushOptions { Attempts = 3 });

        Assert.Equal(Verdict.Transient, pushed.Verdict);
        // An attempt whose connection broke is one, too, and the registry may not have seen it.
        Assert.InRange(fixture.Registry.Requests.Count(request => request.Method == "PATCH"), 1, 3);
    }
}
