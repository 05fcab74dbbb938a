using System.Collections.Concurrent;

namespace Tracebloc.Net.Tests;

public sealed class ThrottledTests
{
    private readonly Dictionary<int, TaskCompletionSource<int>> _work = Enumerable.Range(0, 5)
        .ToDictionary(item => item, _ => new TaskCompletionSource<int>());

    private readonly List<int> _begun = [];

    [Fact]
    public async Task So_many_run_at_a_time_and_the_results_keep_the_order()
    {
        var results = RunAsync(limit: 2);
        Assert.Equal([0, 1], _begun);

        foreach (var item in new[] { 1, 2, 3, 4, 0 }) _work[item].SetResult(item * 10);

        Assert.Equal([0, 10, 20, 30, 40], await results);
    }

    [Fact]
    public async Task Less_than_one_at_a_time_is_one_at_a_time()
    {
        foreach (var work in _work.Values) work.SetResult(1);

        await RunAsync(limit: 0);

        Assert.Equal(_work.Keys, _begun);
    }

    [Fact]
    public async Task A_fault_leaves_the_others_running()
    {
        var results = RunAsync(limit: 1);
        _work[0].SetException(new InvalidOperationException("first"));
        foreach (var item in new[] { 1, 2, 3, 4 }) _work[item].SetResult(item);

        Assert.Equal("first", (await Assert.ThrowsAsync<InvalidOperationException>(() => results)).Message);
        Assert.Equal(_work.Keys, _begun);
    }

    [Fact]
    public async Task A_fault_ends_the_others_where_they_belong_together()
    {
        var token = TestContext.Current.CancellationToken;
        var (first, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var begun = new ConcurrentBag<int>();
        var results = Throttled.SelectUntilFaultAsync(
            [1, 2, 3],
            2,
            async (item, stop) =>
            {
                begun.Add(item);
                if (item == 1)
                {
                    await first.Task;
                    throw new InvalidOperationException("first");
                }

                await using var registration = stop.Register(ended.SetResult);
                first.SetResult();
                await ended.Task;
                return item;
            },
            token);

        Assert.Equal("first", (await Assert.ThrowsAsync<InvalidOperationException>(() => results)).Message);
        Assert.Equal([1, 2], begun.Order());
    }

    [Fact]
    public async Task Results_are_in_the_order_of_the_items()
    {
        var results = await Throttled.SelectUntilFaultAsync(
            [3, 1, 2], 2, (item, _) => Task.FromResult(item * 2), TestContext.Current.CancellationToken);
        Assert.Equal([6, 2, 4], results);
    }

    private Task<IReadOnlyList<int>> RunAsync(int limit) => Throttled.SelectAsync(
        [.. _work.Keys],
        limit,
        (item, _) =>
        {
            _begun.Add(item);
            return _work[item].Task;
        },
        TestContext.Current.CancellationToken);
}
