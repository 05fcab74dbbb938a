using Tracebloc.ModelUpload.Flow;

namespace Tracebloc.ModelUpload.Tests.Flow;

public sealed class MemoryBudgetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Buffers_wait_for_each_other_where_the_budget_is_used_up()
    {
        var budget = new MemoryBudget(100);
        var first = await budget.RentAsync(60, Token);
        var second = budget.RentAsync(60, Token);
        Assert.False(second.IsCompleted);

        first.Dispose();

        using var rented = await second;
        Assert.Equal(60, rented.Length);
    }

    [Fact]
    public async Task A_large_buffer_is_not_passed_by_for_small_ones()
    {
        var budget = new MemoryBudget(100);
        var first = await budget.RentAsync(50, Token);
        var large = budget.RentAsync(100, Token);
        var small = budget.RentAsync(10, Token);
        Assert.False(small.IsCompleted);

        first.Dispose();
        (await large).Dispose();

        using var last = await small;
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_takes_nothing_and_blocks_no_other()
    {
        var budget = new MemoryBudget(100);
        var first = await budget.RentAsync(100, Token);
        using var cancel = new CancellationTokenSource();
        var given = budget.RentAsync(100, cancel.Token);
        var next = budget.RentAsync(100, Token);

        await cancel.CancelAsync();
        first.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        using var rented = await next;
    }

    [Fact]
    public async Task A_buffer_is_given_back_once()
    {
        var budget = new MemoryBudget(100);
        var first = await budget.RentAsync(100, Token);
        first.Dispose();
        first.Dispose();

        using var second = await budget.RentAsync(100, Token);
        Assert.False(budget.RentAsync(1, Token).IsCompleted);
    }

    [Fact]
    public async Task More_than_the_whole_budget_is_a_mistake_of_the_caller() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new MemoryBudget(100).RentAsync(101, Token));
}
