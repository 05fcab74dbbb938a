using Tracebloc.Ingestor.Staging;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Staging;

public sealed class StageIdlenessTests : IDisposable
{
    private readonly StagingScene _scene = new();
    private readonly ManualTimeProvider _time = new();

    public StageIdlenessTests() => Directory.CreateDirectory(_scene.Place.Area);

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_folder_that_no_transfer_writes_to_is_left_after_ten_minutes()
    {
        var waiting = WaitAsync();

        Assert.Equal(StageIdleness.Longest, await PassAsync(waiting));
    }

    [Fact]
    public async Task A_beat_of_the_lock_keeps_the_pod()
    {
        var waiting = WaitAsync();
        await PassAsync(waiting, TimeSpan.FromMinutes(9));
        Beat(1);

        Assert.Equal(StageIdleness.Longest, await PassAsync(waiting) - TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_lock_whose_holder_is_gone_keeps_nothing()
    {
        Beat(1);

        Assert.Equal(StageIdleness.Longest, await PassAsync(WaitAsync()));
    }

    [Fact]
    public async Task A_signal_ends_it()
    {
        using var signal = new CancellationTokenSource();
        var waiting = new StageIdleness(_scene.Place, _time).WaitAsync(signal.Token);

        await signal.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private Task WaitAsync() => new StageIdleness(_scene.Place, _time).WaitAsync(StagingScene.Cancelled);

    private void Beat(int minute)
    {
        File.WriteAllText(_scene.Place.LockFile, "");
        File.SetLastWriteTimeUtc(_scene.Place.LockFile, DateTime.UnixEpoch.AddMinutes(minute));
    }

    /// <summary>Moves the clock until the wait has ended, or the limit has passed.</summary>
    private async Task<TimeSpan> PassAsync(Task waiting, TimeSpan? limit = null)
    {
        var passed = TimeSpan.Zero;
        while (passed < (limit ?? TimeSpan.FromHours(1)))
        {
            var timer = _time.WaitForTimerAsync(null, StagingScene.Cancelled);
            if (await Task.WhenAny(waiting, timer) == waiting) return passed;
            var due = await timer;
            _time.Advance(due);
            passed += due;
        }

        return passed;
    }
}
