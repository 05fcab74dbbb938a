using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Tests.Staging;

public sealed class SpaceTests : IDisposable
{
    private const int NoSpace = 28;

    private readonly StagingScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Space_is_checked_before_the_first_byte()
    {
        _scene.Write("a.bin", 1000);
        _scene.Receiver = _scene.Receiver with { Free = _ => 16 << 20 };

        var fault = await Assert.ThrowsAsync<StagingException>(() => _scene.SendAsync());

        Assert.Equal(
            (StagingFailure.NoSpace,
                "Volume has 16,777,216 bytes free, and 16,782,312 are needed: free space on it, or enlarge it"),
            (fault.Failure, fault.Message));
        Assert.DoesNotContain(_scene.Progress, state => state.Bytes > 0);
    }

    [Fact]
    public async Task Files_that_are_there_need_no_space()
    {
        _scene.Write("a.bin", 1000);
        await _scene.SendAsync();
        _scene.Receiver = _scene.Receiver with { Free = _ => 0 };

        await _scene.SendAsync();

        _scene.RequireSame();
    }

    [Fact]
    public async Task A_volume_that_is_full_in_the_middle_is_named_and_what_has_arrived_stays()
    {
        _scene.Write("a.bin", 5 << 20);
        var written = 0L;
        var normal = _scene.Receiver;
        _scene.Receiver = normal with
        {
            Write = (file, bytes, offset) =>
            {
                written += bytes.Length;
                if (written > 2 << 20) throw new IOException("No space left on device", NoSpace);
                RandomAccess.Write(file, bytes, offset);
            },
        };

        var fault = await Assert.ThrowsAsync<StagingException>(() => _scene.SendAsync());
        _scene.Receiver = normal;
        var result = await _scene.SendAsync();

        Assert.Equal(
            (StagingFailure.NoSpace,
                "Volume is full: No space left on device; free space on it and start again: what has arrived stays"),
            (fault.Failure, fault.Message));
        _scene.RequireSame();
        Assert.True(result.SentBytes < 4 << 20);
    }

    [Fact]
    public async Task Another_fault_of_the_volume_is_named()
    {
        _scene.Write("a.bin", 10);
        _scene.Receiver = _scene.Receiver with { Write = (_, _, _) => throw new IOException("Input/output error", 5) };

        var fault = await Assert.ThrowsAsync<StagingException>(() => _scene.SendAsync());

        Assert.Equal(
            (StagingFailure.Refused, "Transfer was refused by the volume: Input/output error"),
            (fault.Failure, fault.Message));
    }
}
