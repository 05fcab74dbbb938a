using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestor.Staging;

namespace Tracebloc.Ingestor.Tests.Staging;

public sealed class StagingLockTests : IDisposable
{
    private readonly StagingScene _scene = new();

    public StagingLockTests() => _scene.Receiver = _scene.Receiver with
    {
        Lock = new LockTimes { Beat = TimeSpan.FromMilliseconds(20), Look = TimeSpan.FromMilliseconds(20) },
    };

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_second_transfer_of_a_folder_is_refused_with_the_age_of_the_first()
    {
        await using var first = await HoldAsync(Guid.NewGuid());

        var fault = await Assert.ThrowsAsync<StagingException>(() => _scene.SendOnlyAsync());

        Assert.Equal((StagingFailure.Busy, true), (fault.Failure, fault.IsTransient));
        Assert.Matches(
            @"^Folder cats_train-1f3a5c is being written by another transfer, which began \d+ s ago; wait for its end",
            fault.Message);
    }

    [Fact]
    public async Task A_connection_of_the_same_transfer_joins_it()
    {
        var session = Guid.NewGuid();
        var content = "four"u8.ToArray();
        var file = new StagedFile("a", 4);
        await using var whole = await HoldAsync(session, file);
        await using var share = await RawSender.OfferAsync(_scene, session, StagingRole.Share, file);
        await share.ReadAsync(FrameType.Ready);
        await share.BeginFileAsync(0, content);
        await share.EndFileAsync(content);
        var part = StagingMessages.Done(await share.ReadAsync(FrameType.Done));

        await whole.EndAsync();

        Assert.Equal(part, StagingMessages.Done(await whole.ReadAsync(FrameType.Done)));
        Assert.Equal(
            "four", await File.ReadAllTextAsync(Path.Combine(_scene.Place.Files, "a"), StagingScene.Cancelled));
    }

    [Fact]
    public async Task A_connection_of_another_transfer_does_not_join_it()
    {
        await using var whole = await HoldAsync(Guid.NewGuid());

        await using var share = await RawSender.OfferAsync(_scene, Guid.NewGuid(), StagingRole.Share);

        Assert.Equal(StagingFailure.TakenOver, (await share.RefusalAsync()).Failure);
    }

    [Fact]
    public async Task A_lock_of_a_dead_transfer_is_taken_over()
    {
        _scene.Write("a", 10);
        Directory.CreateDirectory(_scene.Place.Area);
        await File.WriteAllTextAsync(_scene.Place.LockFile, "", StagingScene.Cancelled);
        File.SetLastWriteTimeUtc(_scene.Place.LockFile, DateTime.UnixEpoch);

        await _scene.SendAsync();

        _scene.RequireSame();
    }

    [Fact]
    public async Task A_transfer_that_was_stalled_changes_nothing_after_another_has_taken_over()
    {
        var times = _scene.Receiver.Lock;
        _scene.Receiver = _scene.Receiver with { Lock = times with { Beat = TimeSpan.FromHours(1) } };
        var (old, file) = (new byte[4], new StagedFile("a", 4));
        await using var stalled = await HoldAsync(Guid.NewGuid(), file);
        await stalled.BeginFileAsync(0, old[..2]);
        await _scene.ArrivedAsync(2);
        File.SetLastWriteTimeUtc(_scene.Place.LockFile, DateTime.UnixEpoch);
        _scene.Write("a", "four"u8);

        await _scene.SendOnlyAsync();
        await stalled.DataAsync(old[2..]);
        await stalled.EndFileAsync(old);

        Assert.Equal(StagingFailure.TakenOver, (await stalled.RefusalAsync()).Failure);
        Assert.Single(await _scene.FaultsAsync());
        _scene.RequireSame();
    }

    [Fact]
    public async Task A_stalled_transfer_does_not_write_to_the_part_that_another_continues()
    {
        var times = _scene.Receiver.Lock;
        _scene.Receiver = _scene.Receiver with { Lock = times with { Beat = TimeSpan.FromHours(1) } };
        var (content, file) = (new byte[1000], new StagedFile("a", 1000));
        await using var stalled = await HoldAsync(Guid.NewGuid(), file);
        await stalled.BeginFileAsync(0, content[..500]);
        await _scene.ArrivedAsync(500);
        File.SetLastWriteTimeUtc(_scene.Place.LockFile, DateTime.UnixEpoch);

        await using var next = await HoldAsync(Guid.NewGuid(), file);
        await stalled.DataAsync([.. Enumerable.Repeat((byte)9, 400)]);
        await stalled.EndAsync();
        await stalled.RefusalAsync();

        Assert.Equal(500, _scene.PartLength());
    }

    [Fact]
    public async Task A_transfer_that_has_lost_its_lock_ends()
    {
        await using var first = await HoldAsync(Guid.NewGuid());

        await File.WriteAllTextAsync(_scene.Place.LockFile, "another", StagingScene.Cancelled);

        Assert.Equal(StagingFailure.TakenOver, (await first.RefusalAsync()).Failure);
        await _scene.FaultsAsync();
        Assert.True(File.Exists(_scene.Place.LockFile));
    }

    private async Task<RawSender> HoldAsync(Guid session, params StagedFile[] files)
    {
        var sender = await RawSender.OfferAsync(_scene, session, StagingRole.Whole, files);
        await sender.ReadAsync(FrameType.Ready);
        return sender;
    }
}
