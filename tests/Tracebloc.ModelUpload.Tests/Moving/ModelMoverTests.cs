using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Moving;

namespace Tracebloc.ModelUpload.Tests.Moving;

public sealed class ModelMoverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_files_come_back_in_the_order_of_their_paths()
    {
        var files = Enumerable.Range(0, 100).Select(i => ($"f{i:000}", new byte[i])).ToArray();
        var (source, story) = (new SomeSource(files), new Story());
        var destination = new SomeDestination(story);
        var plan = await destination.PlanAsync(source, await source.ListAsync(Token), Token);
        var counter = new TransferCounter(4950, TimeProvider.System);

        var moved = await ModelMover.MoveAsync(source, destination, plan, TransferOf(counter), Token);

        Assert.Equal(files.Select(file => file.Item1), moved.Select(file => file.Path.Text));
        Assert.Equal(4950, counter.State.Bytes);
        Assert.Equal(100, story.Calls.Count);
    }

    [Fact]
    public async Task A_part_that_fails_ends_the_move()
    {
        var source = new SomeSource(("a", [1]), ("b", [2]));
        var destination = new SomeDestination(new Story { Fails = "move b" });
        var plan = await destination.PlanAsync(source, await source.ListAsync(Token), Token);

        var fault = await Assert.ThrowsAsync<UploadException>(() => ModelMover.MoveAsync(
            source, destination, plan, TransferOf(new TransferCounter(2, TimeProvider.System)), Token));

        Assert.Equal("move b failed", fault.Message);
    }

    private static Transfer TransferOf(TransferCounter counter) => new(
        new MemoryBudget(1 << 20),
        new RateLimit(null, TimeProvider.System),
        counter,
        new RetryRule(TimeProvider.System, new Random(1)),
        TimeProvider.System);
}
