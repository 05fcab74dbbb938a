using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

public sealed class PushKillTests
{
    private const int Length = 50_000;
    private const int Calls = 9;

    public static TheoryData<int, string> Kills =>
        new(from call in Enumerable.Range(1, Calls) from kind in (string[])["known", "sized"] select (call, kind));

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task After_a_kill_at_any_call_a_second_process_comes_to_the_same_end(int call, string kind)
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(Length);
        var options = new PushOptions { ChunkBytes = 10_000 };
        string? location = null;
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(PushFixture.Cancellation);
        var calls = 0;
        fixture.Registry.When(_ => ++calls == call, request => Kill(kill));
        var first = fixture.Client.PushBlobAsync(
            fixture.Repository, blob.ContentOf(kind), options with { OnLocation = at => location = at }, kill.Token);
        await Task.WhenAny(first);
        fixture.NewClient();

        var pushed = await fixture.PushAsync(blob.ContentOf(kind), options with { ResumeLocation = location });

        fixture.AssertPushed(blob.Bytes, pushed);
    }

    private static FakeReply Kill(CancellationTokenSource process)
    {
        process.Cancel();
        return FakeReply.Abort;
    }
}
